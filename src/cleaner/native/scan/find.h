/* The lines of a text in which a phrase or signature may stand; the same as `plain_gate`
   in patterns/gate.py. */

#pragma once
#include "lines.h"
#include "scanner.h"

typedef struct { Py_ssize_t slot, line; } Hit;

/* What was found; each slot once a line, of which `mark` is the number since ever, and
   `length` that of what is not blank. */
typedef struct {
    Hit *items;
    Py_ssize_t count, room, line, length;
    int64_t mark;
} Hits;

static int
add_hit(const Scanner *self, Hits *hits, Py_ssize_t slot)
{
    if (self->last_mark[slot] == hits->mark || hits->length > self->longest[slot])
        return 0;
    self->last_mark[slot] = hits->mark;
    if (hits->count == hits->room) {
        Hit *larger = grown(hits->items, &hits->room, sizeof *larger);
        if (larger == NULL) return -1;
        hits->items = larger;
    }
    hits->items[hits->count++] = (Hit){slot, hits->line};
    return 0;
}

/* ---- Signatures, while the line is folded ---- */

static int
add_signatures(const Scanner *self, uint32_t state, Hits *hits)
{
    Py_ssize_t row = (state - self->first_telling) / self->class_count;
    PyObject *slots = PyTuple_GET_ITEM(self->told, row);
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(slots); i++)
        if (add_hit(self, hits, PyLong_AsSsize_t(PyTuple_GET_ITEM(slots, i))) < 0)
            return -1;
    return 0;
}

/* Folds a line, a run of spaces to one, and looks for the signatures on the way. */
static inline int
fold_line(const Scanner *self, int width, const void *data, Line raw, Folded *line,
          Hits *hits)
{
    const Character *characters = self->characters;
    const uint32_t *next_state = self->next_state, first_telling = self->first_telling;
    uint32_t state = 0;
    uint16_t *unit = line->units;
    uint32_t *opening = line->openings;
    unsigned before = (OPENS | OPENS_ANYWHERE) << LETS;
    for (Py_ssize_t i = raw.from; i < raw.to; i++) {
        Py_UCS4 code = PyUnicode_READ(width, data, i);
        Character c = characters[in_table(code)];
        state = next_state[state + c.class];
        if (state >= first_telling && add_signatures(self, state, hits) < 0)
            return -1;
        unsigned is = c.flags & before >> LETS;
        *opening = (uint32_t)(unit - line->units);
        opening += (is & (OPENS | OPENS_ANYWHERE)) != 0;
        *unit = c.folded;
        unit += !(is & SPACE);
        before = c.flags;
    }
    memset(unit, 0, WIDE_GRAM * sizeof *unit); /* a gram may begin with the last */
    line->length = unit - line->units;
    line->opening_count = opening - line->openings;
    return 0;
}

static int
fold(const Scanner *self, Text text, Line raw, Folded *line, Hits *hits)
{
    switch (text.width) { /* so that the compiler makes a loop for each */
    case PyUnicode_1BYTE_KIND:
        return fold_line(self, PyUnicode_1BYTE_KIND, text.data, raw, line, hits);
    case PyUnicode_2BYTE_KIND:
        return fold_line(self, PyUnicode_2BYTE_KIND, text.data, raw, line, hits);
    default:
        return fold_line(self, PyUnicode_4BYTE_KIND, text.data, raw, line, hits);
    }
}

/* ---- Phrases, in the folded line ---- */

static int
stands(const Key *key, const Folded *line, Py_ssize_t start)
{
    Py_ssize_t end = start + key->length;
    if (start < 0 || end > line->length) return 0;
    if (memcmp(line->units + start, key->units, (size_t)key->length * 2)) return 0;
    uint16_t before = start ? line->units[start - 1] : 0, after = line->units[end];
    return !(key->asks & OPENS_WORD && is_of_word(before))
        && !(key->asks & ENDS_WORD && is_of_word(after))
        && !(key->asks & IS_GLUED && !is_letter(before));
}

/* Notes a place, which counts if a way begins with what stands there. */
static inline Place *
add_place(const Scanner *self, Place *place, uint32_t at, uint32_t hash)
{
    *place = (Place){at, hash};
    return place + is_seen(self->seen, hash);
}

static void
find_places(const Scanner *self, Folded *line)
{
    const uint16_t *units = line->units;
    Place *place = line->places;
    for (Py_ssize_t i = 0; i + GRAM <= line->length; i += STRIDE) {
        uint64_t gram = gram_at(units + i);
        place = add_place(self, place, (uint32_t)i, hash_of(gram));
        place = add_place(self, place, (uint32_t)i, wide_hash(units + i, gram));
    }
    for (Py_ssize_t o = 0; o < line->opening_count; o++) {
        uint32_t at = line->openings[o];
        uint64_t gram = gram_at(units + at);
        for (Py_ssize_t count = 1; count <= GRAM; count++)
            place = add_place(self, place, at, hash_of(gram & mask_of(count)));
    }
    line->place_count = place - line->places;
}

/* Whether a way leads on from a place: without a look at the key itself. */
static inline int
leads_on(const Way *way, const Folded *line, const Place *place, uint64_t gram)
{
    uint64_t mask = mask_of(way->units);
    if ((gram & mask) != way->gram) return 0;
    Py_ssize_t other = (Py_ssize_t)place->at + way->other_at;
    if (other < 0 || other > line->length) return 0;
    return (gram_at(line->units + other) & mask) == way->other;
}

/* Adds the keys to which there are ways from a place. */
static inline int
add_keys_at(const Scanner *self, const Folded *line, const Place *place, Hits *hits)
{
    uint64_t gram = gram_at(line->units + place->at);
    const uint32_t *first = self->first_way + place->hash;
    const Way *end = self->ways + first[1];
    for (const Way *way = self->ways + first[0]; way < end; way++) {
        if (!leads_on(way, line, place, gram)) continue;
        const Key *key = self->keys + way->key;
        if (stands(key, line, (Py_ssize_t)place->at - way->gram_at)
            && add_hit(self, hits, key->slot) < 0)
            return -1;
    }
    return 0;
}

/* Adds the keys to which the places are ways, which are fetched ahead all at once. */
static int
add_keys(const Scanner *self, const Folded *line, Hits *hits)
{
    const Place *end = line->places + line->place_count;
    for (Place *p = line->places; p < end; p++) {
        p->hash = rank_of(self, p->hash);
        FETCH_AHEAD(self->ways + self->first_way[p->hash]);
    }
    for (const Place *p = line->places; p < end; p++)
        if (add_keys_at(self, line, p, hits) < 0) return -1;
    return 0;
}

/* ---- All lines ---- */

static int
by_slot(const void *a, const void *b)
{
    const Hit *x = a, *y = b;
    if (x->slot != y->slot) return x->slot < y->slot ? -1 : 1;
    return (x->line > y->line) - (x->line < y->line);
}

/* The lines of the first of the hits that are left, which all have its slot. */
static PyObject *
lines_of_slot(const Hits *hits, Py_ssize_t *left)
{
    Py_ssize_t slot = hits->items[*left].slot;
    PyObject *lines = PyList_New(0);
    for (; lines && *left < hits->count && hits->items[*left].slot == slot; ++*left)
        if (append(lines, PyLong_FromSsize_t(hits->items[*left].line)) < 0)
            Py_CLEAR(lines);
    return lines;
}

/* {slot: [line, ...]}, the slots in their order. */
static PyObject *
as_dict(const Scanner *self, Hits *hits)
{
    PyObject *found = PyDict_New();
    if (hits->count > 1) qsort(hits->items, (size_t)hits->count, sizeof(Hit), by_slot);
    for (Py_ssize_t i = 0; found && i < hits->count;) {
        PyObject *slot = PyTuple_GET_ITEM(self->slots, hits->items[i].slot);
        PyObject *lines = lines_of_slot(hits, &i);
        if (lines == NULL || PyDict_SetItem(found, slot, lines) < 0) Py_CLEAR(found);
        Py_XDECREF(lines);
    }
    return found;
}

enum { KEPT_ROOM = 1 << 13 }; /* for lines of so many characters */

static int
find_in_line(Scanner *self, Text text, Line line, Hits *hits)
{
    Py_ssize_t length = line.to - line.from;
    if (length > INT32_MAX) {
        PyErr_SetString(PyExc_OverflowError, "a line of over 2^31 characters");
        return -1;
    }
    hits->mark = ++self->mark;
    hits->length = line.end - line.start;
    Py_ssize_t room = length > KEPT_ROOM ? length : KEPT_ROOM;
    if (length > self->line.room && make_room(&self->line, room) < 0) return -1;
    if (fold(self, text, line, &self->line, hits) < 0) return -1;
    find_places(self, &self->line);
    return add_keys(self, &self->line, hits);
}

static int
find_in_text(Scanner *self, Text text, const uint8_t *kinds, Hits *hits)
{
    Py_ssize_t at = 0;
    for (Line line; next_line(text, kinds, &at, &line); hits->line++)
        if (find_in_line(self, text, line, hits) < 0) return -1;
    return 0;
}

PyDoc_STRVAR(find_doc,
"find(text: str, kinds: bytes) -> dict[Slot, list[int]]\n\n"
"In which of the lines that `cut` gives a phrase or signature of a slot may stand.");

static PyObject *
Scanner_find(Scanner *self, PyObject *args)
{
    PyObject *text, *result = NULL;
    const uint8_t *kinds;
    if (!PyArg_ParseTuple(args, "UO&", &text, byte_table, &kinds)) return NULL;
    Hits hits = {0};
    if (find_in_text(self, text_of(text), kinds, &hits) == 0)
        result = as_dict(self, &hits);
    if (self->line.room > KEPT_ROOM) free_room(&self->line);
    PyMem_Free(hits.items);
    return result;
}
