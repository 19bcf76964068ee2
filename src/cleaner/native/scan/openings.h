/* Texts that open alike: those that detectors/duplicates/copies.py has to compare. */

#pragma once
#include "lines.h"

/* A hash of a text's first characters, as `units` has them; 0 stands for a character
   that is passed over before the first that is not. */
static uint64_t
opening_of(PyObject *str, const uint16_t *units, Py_ssize_t characters)
{
    Text text = text_of(str);
    Py_ssize_t at = 0;
    uint64_t hash = FNV_START;
    while (at < text.size && !units[narrowed(char_at(text, at))]) at++;
    Py_ssize_t end = text.size - at < characters ? text.size : at + characters;
    for (; at < end; at++) hash = fnv(hash, units[narrowed(char_at(text, at))]);
    return hash;
}

/* Marks the hashes that another one is equal to. `table` has places for 2^bits of their
   indices, counted from 1. */
static void
mark_twins(const uint64_t *hashes, Py_ssize_t count, Py_ssize_t *table, int bits,
           char *is_twin)
{
    uint64_t last = ((uint64_t)1 << bits) - 1;
    for (Py_ssize_t i = 0; i < count; i++) {
        uint64_t at = hashes[i] * GOLDEN >> 20 & last;
        while (table[at] && hashes[table[at] - 1] != hashes[i]) at = (at + 1) & last;
        if (table[at]) is_twin[i] = is_twin[table[at] - 1] = 1;
        else table[at] = i + 1;
    }
}

static PyObject *
numbers_of_alike(PyObject *texts, const uint16_t *units, Py_ssize_t characters)
{
    Py_ssize_t count = PyTuple_GET_SIZE(texts);
    int bits = table_bits((uint64_t)count);
    uint64_t *hashes = PyMem_New(uint64_t, count + 1);
    Py_ssize_t *table = PyMem_Calloc((size_t)1 << bits, sizeof *table);
    char *is_twin = PyMem_Calloc((size_t)count + 1, 1);
    PyObject *found = NULL;
    if (!hashes || !table || !is_twin) PyErr_NoMemory();
    else {
        for (Py_ssize_t i = 0; i < count; i++)
            hashes[i] = opening_of(PyTuple_GET_ITEM(texts, i), units, characters);
        mark_twins(hashes, count, table, bits, is_twin);
        found = numbers_of_marked(is_twin, count);
    }
    PyMem_Free(hashes);
    PyMem_Free(table);
    PyMem_Free(is_twin);
    return found;
}

PyDoc_STRVAR(open_alike_doc,
"open_alike(texts: list[str], units: bytes, characters: int) -> list[int]\n\n"
"Which texts open as another one may: all whose first characters are equal in `units`,\n"
"which has a 16-bit number for each up to U+FFFF, 0 to pass over it.");

static PyObject *
open_alike(PyObject *Py_UNUSED(module), PyObject *args)
{
    PyObject *list, *texts, *found;
    const uint16_t *units;
    Py_ssize_t characters;
    if (!PyArg_ParseTuple(args, "O!O&n", &PyList_Type, &list, unit_table, &units,
                          &characters)
        || (texts = texts_of(list)) == NULL)
        return NULL;
    found = numbers_of_alike(texts, units, characters);
    Py_DECREF(texts);
    return found;
}
