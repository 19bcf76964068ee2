/* The lines in doubt of a text with a story; the same as `plain_suspects` in
   model/features.py. */

#pragma once
#include "lines.h"

/* Marks the lines in doubt; whether so many percent of the text are in none. */
static int
has_story(PyObject *lines, const uint16_t *classes, int64_t least_percent, char *doubted)
{
    int64_t story = 0, whole = 0;
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(lines); i++) {
        Text line = text_of(PyTuple_GET_ITEM(lines, i));
        doubted[i] = (char)is_in_doubt(classes, line);
        whole += line.size;
        if (!doubted[i]) story += line.size;
    }
    return 100 * story >= least_percent * whole;
}

static PyObject *
suspects_of(PyObject *lines, const uint16_t *classes, int64_t least_percent)
{
    Py_ssize_t count = PyTuple_GET_SIZE(lines);
    char *doubted = PyMem_Malloc((size_t)count + 1);
    if (doubted == NULL) return PyErr_NoMemory();
    int is_told = has_story(lines, classes, least_percent, doubted);
    PyObject *found = numbers_of_marked(doubted, is_told ? count : 0);
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
