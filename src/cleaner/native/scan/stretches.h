/* Stretches of a text that stand at another place of it as well, for
   detectors/duplicates/pull_quotes.py. */

#pragma once
#include "../common.h"

/* A stretch that stands anywhere holds one of the windows that begin at every so many
   characters of the text: so a look at those is enough. */
enum { WINDOW = 8 };

/* A window of a stretch: the number of the stretch, from 1, and where in it. */
typedef struct { uint32_t stretch, at; } Window;

typedef struct {
    Py_ssize_t *starts;
    Py_ssize_t count, length;
    char *stands_again;
    Window *table; /* by the hash of the window */
    uint64_t last; /* place of the table */
} Stretches;

static inline uint64_t
window_hash(Text text, Py_ssize_t i)
{
    const char *from = (const char *)text.data + i * text.width;
    uint64_t hash = 0, word;
    for (int byte = 0; byte < WINDOW * text.width; byte += 8) {
        memcpy(&word, from + byte, sizeof word);
        hash = (hash ^ word) * GOLDEN;
        hash ^= hash >> 32;
    }
    return hash;
}

static void
set_windows(const Stretches *found, Text text)
{
    for (Py_ssize_t n = 0; n < found->count; n++)
        for (Py_ssize_t at = 0; at + WINDOW <= found->length; at++) {
            uint64_t place = window_hash(text, found->starts[n] + at);
            while (found->table[place &= found->last].stretch) place++;
            found->table[place] = (Window){(uint32_t)n + 1, (uint32_t)at};
        }
}

static int
is_equal(Text text, Py_ssize_t start, Py_ssize_t other, Py_ssize_t length)
{
    const char *data = text.data;
    return !memcmp(data + start * text.width, data + other * text.width,
                   (size_t)(length * text.width));
}

/* Marks the stretches to which the window there belongs, if they stand around it. */
static inline void
mark_around(const Stretches *found, Text text, Py_ssize_t i)
{
    uint64_t place = window_hash(text, i);
    for (; found->table[place &= found->last].stretch; place++) {
        uint32_t n = found->table[place].stretch - 1;
        Py_ssize_t start = i - found->table[place].at;
        if (found->stands_again[n] || start < 0 || start == found->starts[n]
            || start + found->length > text.size)
            continue;
        found->stands_again[n] =
            (char)is_equal(text, start, found->starts[n], found->length);
    }
}

static int
get_starts(Stretches *found, PyObject *list, Py_ssize_t last)
{
    for (Py_ssize_t n = 0; n < found->count; n++) {
        found->starts[n] = PyLong_AsSsize_t(PyList_GET_ITEM(list, n));
        if (PyErr_Occurred()) return -1;
        if (found->starts[n] < 0 || found->starts[n] > last)
            return refused("a stretch that is not in the text");
    }
    return 0;
}

static int
find_again(Stretches *found, Text text, PyObject *list)
{
    Py_ssize_t step = found->length - WINDOW + 1;
    int bits = table_bits((uint64_t)(found->count * step));
    found->last = ((uint64_t)1 << bits) - 1;
    found->starts = PyMem_New(Py_ssize_t, found->count + 1);
    found->stands_again = PyMem_Calloc((size_t)found->count + 1, 1);
    found->table = PyMem_Calloc((size_t)1 << bits, sizeof *found->table);
    if (!found->starts || !found->stands_again || !found->table) return no_memory();
    if (get_starts(found, list, text.size - found->length) < 0) return -1;
    set_windows(found, text);
    for (Py_ssize_t i = 0; i + WINDOW <= text.size; i += step)
        mark_around(found, text, i);
    return 0;
}

static PyObject *
list_of_bools(const char *bools, Py_ssize_t count)
{
    PyObject *list = PyList_New(count);
    for (Py_ssize_t n = 0; list && n < count; n++)
        PyList_SET_ITEM(list, n, PyBool_FromLong(bools[n]));
    return list;
}

PyDoc_STRVAR(stand_again_doc,
"stand_again(text: str, starts: list[int], length: int) -> list[bool]\n\n"
"Of each stretch of this length whether it stands at another place of the text too.");

static PyObject *
stand_again(PyObject *Py_UNUSED(module), PyObject *args)
{
    PyObject *text, *list, *bools = NULL;
    Py_ssize_t length;
    if (!PyArg_ParseTuple(args, "UO!n", &text, &PyList_Type, &list, &length)) return NULL;
    Stretches found = {.count = PyList_GET_SIZE(list), .length = length};
    if (length < WINDOW || length > BMP || found.count > BMP)
        refused("stretches too short, too long or too many");
    else if (find_again(&found, text_of(text), list) == 0)
        bools = list_of_bools(found.stands_again, found.count);
    PyMem_Free(found.starts);
    PyMem_Free(found.stands_again);
    PyMem_Free(found.table);
    return bools;
}
