/* The lines in doubt of a text with a story; the same as `plain_suspects` in
   model/features.py. */

#pragma once
#include "lines.h"

static PyObject *
suspects_of(PyObject *lines, const uint16_t *classes, int64_t least_percent)
{
    Py_ssize_t count = PyTuple_GET_SIZE(lines);
    char *doubted = PyMem_Malloc((size_t)count + 1);
    if (doubted == NULL) return PyErr_NoMemory();
    Prose prose = mark_doubted(lines, classes, doubted);
    int has_story = 100 * prose.chars >= least_percent * prose.all_chars;
    PyObject *found = numbers_of_marked(doubted, has_story ? count : 0);
    PyMem_Free(doubted);
    return found;
}

PyDoc_STRVAR(suspects_doc,
"suspects(lines: list[str], classes: bytes, least_percent: int) -> list[int]\n\n"
"The lines in doubt, where so much is story.");

static PyObject *
suspects(PyObject *Py_UNUSED(module), PyObject *args)
{
    PyObject *list, *lines, *found;
    const uint16_t *classes;
    int least_percent;
    if (!PyArg_ParseTuple(args, "OO&i", &list, unit_table, &classes, &least_percent)
        || (lines = stripped_lines(list)) == NULL)
        return NULL;
    found = suspects_of(lines, classes, least_percent);
    Py_DECREF(lines);
    return found;
}
