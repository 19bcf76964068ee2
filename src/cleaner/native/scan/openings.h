/* Texts that open alike: those that detectors/duplicates/openings.py
   has to compare. */

#pragma once
#include "../salt.h"
#include "lines.h"

/* In `units`: a character that is passed over before the first that is not, and one that
   may be equal to others. */
enum { PASSED = 0, UNSURE = 1 };

/* A hash of a text's first characters, as `units` has them, a run of spaces as one. */
static uint64_t
opening_of(PyObject *str, const uint16_t *units, Py_ssize_t characters)
{
    Text text = text_of(str);
    Py_ssize_t at = 0;
    uint64_t hash = FNV_START;
    while (at < text.size && units[narrowed(char_at(text, at))] == PASSED) at++;
    Py_ssize_t end = text.size - at < 2 * characters ? text.size : at + 2 * characters;
    for (int after_space = 0; at < end && characters; at++) {
        Py_UCS4 c = char_at(text, at);
        int is_space = Py_UNICODE_ISSPACE(c);
        if (after_space && !is_space) {
            hash = fnv(hash, units[' ']);
            characters--;
        }
        if (!is_space && characters) {
            hash = fnv(hash, units[narrowed(c)]);
            characters--;
        }
        after_space = is_space;
    }
    return hash;
}

/* So many letters tell texts apart if they stand among so many characters, and if a text
   has so many more that a call to read on at its end, which counts for nothing, has none
   of them. */
enum { LETTERS = 28, HEAD_CHARS = 40, MORE_LETTERS = 34 };

/* A hash of a text's first letters; 0 if these do not tell it apart for sure. */
static uint64_t
letters_of(PyObject *str, const uint16_t *units)
{
    Text text = text_of(str);
    uint64_t hash = FNV_START;
    int letters = 0;
    for (Py_ssize_t i = 0; i < text.size && letters < LETTERS + MORE_LETTERS; i++) {
        Py_UCS4 c = char_at(text, i);
        if (!Py_UNICODE_ISALNUM(c) || letters++ >= LETTERS) continue;
        uint16_t unit = units[narrowed(c)];
        if (unit == UNSURE || i >= HEAD_CHARS) return 0;
        hash = fnv(hash, unit);
    }
    return letters == LETTERS + MORE_LETTERS ? hash : 0;
}

/* As in copies.py and measures.py: a copy of so many words, which have so many characters
   at least; a paragraph. */
enum { COPY_WORDS = 8, COPY_CHARS = 15, PARAGRAPH_CHARS = 100 };

/* Whether no character is of a script without spaces: from Thai to Khmer, and those from
   Japanese on. */
static int
is_spaced(Text text)
{
    if (text.width == PyUnicode_1BYTE_KIND) return 1;
    for (Py_ssize_t i = 0; i < text.size; i++) {
        Py_UCS4 c = char_at(text, i);
        if ((c >= 0x0E00 && c < 0x1800) || c >= 0x3040) return 0;
    }
    return 1;
}

/* Whether a text may be a copy wherever it stands: a paragraph, or of so many words. */
static int
may_be_copy(Text text)
{
    if (text.size < COPY_CHARS) return 0;
    if (text.size >= PARAGRAPH_CHARS || !is_spaced(text)) return 1;
    int words = 1;
    for (Py_ssize_t i = 0; i < text.size && words < COPY_WORDS; i++)
        words += Py_UNICODE_ISSPACE(char_at(text, i));
    return words >= COPY_WORDS;
}

/* Of the texts: hashes, of each the first that has an equal one, and at that one flags:
   another has it too, one of them is told apart by no letters, one may be a copy or
   stands right below another. `table` has places for 2^bits indices, counted from 1. */
enum { TWIN = 1, VAGUE = 2, TELLS = 4 };

typedef struct {
    PyObject *texts;
    const uint16_t *units;
    Py_ssize_t count, *firsts, *table;
    uint64_t *hashes, *letters;
    char *flags;
    int bits;
} Openings;

/* Finds the first with an equal hash for each; whether any has a twin. */
static int
find_firsts(Openings *found)
{
    uint64_t last = ((uint64_t)1 << found->bits) - 1;
    int twins = 0;
    memset(found->table, 0, (size_t)(last + 1) * sizeof *found->table);
    memset(found->flags, 0, (size_t)found->count);
    for (Py_ssize_t i = 0; i < found->count; i++) {
        uint64_t hash = found->hashes[i], at = place_of_key(hash, found->bits);
        while (found->table[at] && found->hashes[found->table[at] - 1] != hash)
            at = (at + 1) & last;
        if (!found->table[at]) found->table[at] = i + 1;
        Py_ssize_t first = found->firsts[i] = found->table[at] - 1;
        if (first != i) twins = found->flags[first] |= TWIN;
    }
    return twins;
}

/* Hashes the letters, too, of those that open alike, if all of these have them. */
static void
tell_apart(Openings *found)
{
    for (Py_ssize_t i = 0; i < found->count; i++) {
        char *flags = found->flags + found->firsts[i];
        if (*flags != TWIN) continue;
        found->letters[i] = letters_of(PyTuple_GET_ITEM(found->texts, i), found->units);
        if (!found->letters[i]) *flags |= VAGUE;
    }
    for (Py_ssize_t i = 0; i < found->count; i++)
        if (found->flags[found->firsts[i]] == TWIN)
            found->hashes[i] += found->letters[i] * SPREAD;
}

static void
flag_telling(Openings *found)
{
    const Py_ssize_t *firsts = found->firsts;
    for (Py_ssize_t i = 0; i < found->count; i++) {
        char *flags = found->flags + firsts[i];
        if (*flags != TWIN) continue;
        int is_below = i && firsts[i] == firsts[i - 1];
        if (is_below || may_be_copy(text_of(PyTuple_GET_ITEM(found->texts, i))))
            *flags |= TELLS;
    }
}

static PyObject *
numbers_of_alike(Openings *found, Py_ssize_t characters, int all)
{
    for (Py_ssize_t i = 0; i < found->count; i++)
        found->hashes[i] = opening_of(PyTuple_GET_ITEM(found->texts, i), found->units,
                                      characters);
    if (!find_firsts(found)) return PyList_New(0);
    tell_apart(found);
    if (!find_firsts(found)) return PyList_New(0);
    flag_telling(found);
    if (found->flags[0]) found->flags[0] |= TELLS; /* as the headline does */
    char least = all ? TWIN : TWIN | TELLS;
    for (Py_ssize_t i = found->count; i-- > 0;) /* each after those it is the first of */
        found->flags[i] = found->flags[found->firsts[i]] >= least;
    return numbers_of_marked(found->flags, found->count);
}

static PyObject *
find_alike(Openings *found, Py_ssize_t characters, int all)
{
    PyObject *numbers = NULL;
    found->count = PyTuple_GET_SIZE(found->texts);
    found->bits = table_bits((uint64_t)found->count);
    size_t room = (size_t)found->count + 1;
    found->hashes = PyMem_New(uint64_t, room);
    found->letters = PyMem_New(uint64_t, room);
    found->firsts = PyMem_New(Py_ssize_t, room);
    found->flags = PyMem_Malloc(room);
    found->table = PyMem_New(Py_ssize_t, (size_t)1 << found->bits);
    if (found->hashes && found->letters && found->firsts && found->flags && found->table)
        numbers = numbers_of_alike(found, characters, all);
    else PyErr_NoMemory();
    PyMem_Free(found->hashes);
    PyMem_Free(found->letters);
    PyMem_Free(found->firsts);
    PyMem_Free(found->flags);
    PyMem_Free(found->table);
    return numbers;
}

PyDoc_STRVAR(open_alike_doc,
"open_alike(texts: list[str], units: bytes, characters: int, all: bool) -> list[int]\n\n"
"Which texts open as another one may: all whose first characters are equal in `units`,\n"
"which has a 16-bit number for each up to U+FFFF, 0 to pass over it, 1 if others may be\n"
"equal to it, and whose letters do not tell them apart. If not all are asked for: only\n"
"those of which one that opens so is the first, has eight words or more, is a\n"
"paragraph, or stands right below another.");

static PyObject *
open_alike(PyObject *Py_UNUSED(module), PyObject *args)
{
    PyObject *list, *found;
    Py_ssize_t characters;
    int all;
    Openings openings = {0};
    if (!PyArg_ParseTuple(args, "O!O&np", &PyList_Type, &list, unit_table,
                          &openings.units, &characters, &all)
        || (openings.texts = texts_of(list)) == NULL)
        return NULL;
    found = find_alike(&openings, characters, all);
    Py_DECREF(openings.texts);
    return found;
}
