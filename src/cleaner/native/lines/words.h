/* The words of a line, and what they say of noise and of frame: as model/line_words.py
   finds them and model/scoring.py weighs them. */

#pragma once
#include "codes.h"
#include "lines.h"
#include "model.h"

static uint64_t
hash_of(uint64_t hash, const Py_UCS4 *units, Py_ssize_t size)
{
    for (Py_ssize_t i = 0; i < size; i++) hash = fnv(hash, units[i]);
    return hash;
}

/* The entry of prefix + word + suffix (0: none); NULL if it has no weights. */
static const Weighed *
weighed(const Model *self, Py_UCS4 prefix, const Py_UCS4 *units, const Word *word,
        Py_UCS4 suffix)
{
    uint64_t hash = word->hash;
    if (prefix) hash = hash_of(fnv(FNV_START, prefix), units, word->size);
    if (suffix) hash = fnv(hash, suffix);
    Py_ssize_t size = word->size + !!prefix + !!suffix;
    for (uint64_t place = place_of(self, hash);; place = (place + 1) & (self->room - 1)) {
        const Weighed *entry = self->table + place;
        if (!entry->size) return NULL;
        if (entry->hash != (uint32_t)hash || entry->size != (uint64_t)size) continue;
        const Py_UCS4 *known = self->characters + entry->start;
        if ((!prefix || known[0] == prefix) && (!suffix || known[size - 1] == suffix)
            && !memcmp(known + !!prefix, units, (size_t)word->size * sizeof *units))
            return entry;
    }
}

static int
make_room(Folded *folded, Py_ssize_t characters)
{
    if (characters <= folded->room) return 0;
    PyMem_Free(folded->units);
    PyMem_Free(folded->words);
    folded->room = 0;
    folded->units = PyMem_New(Py_UCS4, characters);
    folded->words = PyMem_New(Word, characters);
    if (!folded->units || !folded->words) return no_memory();
    folded->room = characters;
    return 0;
}

static void
free_folded(Folded *folded)
{
    PyMem_Free(folded->units);
    PyMem_Free(folded->words);
}

/* Writes `str.casefold` of a part of a line by Python itself; how many units there are
   then, up to it one a character. */
static Py_ssize_t
fold_rest(PyObject *line, Py_ssize_t from, Py_ssize_t to, Py_UCS4 *units)
{
    PyObject *rest = PyUnicode_Substring(line, from, to), *folded = NULL;
    if (rest)
        folded = PyObject_CallMethod((PyObject *)&PyUnicode_Type, "casefold", "O", rest);
    Py_XDECREF(rest);
    if (folded == NULL) return -1;
    Text text = text_of(folded);
    for (Py_ssize_t i = 0; i < text.size; i++) units[from + i] = char_at(text, i);
    Py_DECREF(folded);
    return from + text.size;
}

/* Writes `str.casefold` of a line's first characters; there is room for all of it. */
static Py_ssize_t
fold(const Model *self, PyObject *line, Py_ssize_t characters, Py_UCS4 *units)
{
    Text text = text_of(line);
    Py_ssize_t i = 0;
    for (; i < characters; i++) {
        Py_UCS4 c = char_at(text, i);
        if (c >= BMP || !self->folds[c]) break;
        units[i] = self->folds[c];
    }
    return i == characters ? i : fold_rest(line, i, characters, units);
}

static void
add_word(Folded *folded, Py_ssize_t start, Py_ssize_t size)
{
    uint64_t hash = hash_of(FNV_START, folded->units + start, size);
    folded->words[folded->word_count++] = (Word){hash, start, size};
}

static int
is_ascii(const Py_UCS4 *units, Py_ssize_t size)
{
    for (Py_ssize_t i = 0; i < size; i++)
        if (units[i] > 127) return 0;
    return 1;
}

/* Finds the words among the units; of scripts without spaces, pairs of characters. */
static void
split(const Model *self, Text text, Folded *folded)
{
    int is_paired = is_unspaced(self->classes, text, text.size);
    folded->word_count = 0;
    for (Py_ssize_t i = 0, end; i < folded->size; i = end + 1) {
        end = i;
        while (end < folded->size && class_of(self->classes, folded->units[end]) & WORD)
            end++;
        if (is_paired && end - i > 2 && !is_ascii(folded->units + i, end - i))
            for (; i < end - 1; i++) add_word(folded, i, 2);
        else if (end > i) add_word(folded, i, end - i);
    }
}

/* Folds a line and finds its words. */
static int
find_words(const Model *self, PyObject *line, Folded *folded)
{
    Text text = text_of(line);
    if (make_room(folded, MAX_FOLDED * text.size + 1) < 0) return -1;
    folded->size = fold(self, line, text.size, folded->units);
    if (folded->size < 0) return -1;
    split(self, text, folded);
    return 0;
}

/* Finds a line's words as they are written. */
static int
find_cased_words(const Model *self, PyObject *line, Folded *cased)
{
    Text text = text_of(line);
    if (make_room(cased, text.size + 1) < 0) return -1;
    cased->size = text.size;
    for (Py_ssize_t i = 0; i < text.size; i++) cased->units[i] = char_at(text, i);
    split(self, text, cased);
    return 0;
}

static void
add_weights(const Weighed *entry, int64_t sums[2])
{
    if (entry == NULL) return;
    sums[0] += entry->noise;
    sums[1] += entry->frame;
}

static uint8_t
verdict(const Model *self, int on, int64_t sum)
{
    return code_of(self->cuts[on], self->cut_count[on], sum);
}

/* What the words say of noise and of frame, as two codes. */
static void
word_codes(const Model *self, const Folded *line, uint8_t codes[2])
{
    int64_t sums[2] = {0, 0};
    const Py_UCS4 *units = line->units;
    for (const Word *w = line->words; w < line->words + line->word_count; w++)
        add_weights(weighed(self, 0, units + w->start, w, 0), sums);
    if (line->word_count) {
        const Word *first = line->words, *last = first + line->word_count - 1;
        add_weights(weighed(self, '^', units + first->start, first, 0), sums);
        add_weights(weighed(self, 0, units + last->start, last, '$'), sums);
    }
    codes[ON_NOISE] = verdict(self, ON_NOISE, sums[0]);
    codes[ON_FRAME] = verdict(self, ON_FRAME, sums[1]);
}

/* What the words as they are written say of an inset. */
static uint8_t
inset_code(const Model *self, const Folded *cased)
{
    int64_t sums[2] = {0, 0};
    for (const Word *w = cased->words; w < cased->words + cased->word_count; w++)
        add_weights(weighed(self, '=', cased->units + w->start, w, 0), sums);
    return verdict(self, ON_INSET, sums[0]);
}
