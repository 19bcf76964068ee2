/* Short lines bare of marks and case, and where each stands; the same as
   `plain_short_lines` in document.py. */

#pragma once
#include "lines.h"

enum { MAX_SHORT = 255 };

/* A short line without its marks, case and odd spaces; `bare` is asked for what of it is
   not ASCII. */
static PyObject *
bare_words(PyObject *line, const uint8_t *kinds, PyObject *bare)
{
    Text text = text_of(line);
    Py_ssize_t start = 0, end = text.size, size = 0;
    char words[MAX_SHORT + 1];
    strip(text, kinds, MARK, &start, &end);
    for (Py_ssize_t i = start; i < end; i++) {
        Py_UCS4 c = char_at(text, i);
        if (c > 127) return PyObject_CallOneArg(bare, line);
        if (!Py_UNICODE_ISSPACE(c)) words[size++] = (char)Py_TOLOWER(c);
        else if (size && words[size - 1] != ' ') words[size++] = ' ';
    }
    if (size && words[size - 1] == ' ') size--;
    return PyUnicode_FromStringAndSize(words, size);
}

/* Adds a number to the list that stands in a dictionary under a key. */
static int
add_under(PyObject *found, PyObject *key, Py_ssize_t number)
{
    PyObject *numbers = PyDict_GetItemWithError(found, key);
    if (numbers) return append(numbers, PyLong_FromSsize_t(number));
    if (PyErr_Occurred() || (numbers = PyList_New(0)) == NULL) return -1;
    int failed = append(numbers, PyLong_FromSsize_t(number)) < 0
        || PyDict_SetItem(found, key, numbers) < 0;
    Py_DECREF(numbers);
    return failed ? -1 : 0;
}

static PyObject *
short_among(PyObject *lines, Py_ssize_t characters, const uint8_t *kinds, PyObject *bare)
{
    PyObject *found = PyDict_New();
    for (Py_ssize_t i = 0; found && i < PyTuple_GET_SIZE(lines); i++) {
        PyObject *line = PyTuple_GET_ITEM(lines, i);
        if (PyUnicode_GET_LENGTH(line) > characters) continue;
        PyObject *words = bare_words(line, kinds, bare);
        if (words == NULL || add_under(found, words, i) < 0) Py_CLEAR(found);
        Py_XDECREF(words);
    }
    return found;
}

PyDoc_STRVAR(short_lines_doc,
"short_lines(lines: list[str], characters: int, kinds: bytes, bare)\n"
"    -> dict[str, list[int]]\n\n"
"The lines of up to so many characters, bare of marks and case, and where they stand.\n"
"`bare` is the function that says so of any line.");

static PyObject *
short_lines(PyObject *Py_UNUSED(module), PyObject *args)
{
    PyObject *list, *bare, *lines = NULL, *found = NULL;
    Py_ssize_t characters;
    const uint8_t *kinds;
    if (!PyArg_ParseTuple(args, "OnO&O", &list, &characters, byte_table, &kinds, &bare))
        return NULL;
    if (characters > MAX_SHORT) refused("short lines of over 255 characters");
    else if ((lines = texts_of(list)) != NULL)
        found = short_among(lines, characters, kinds, bare);
    Py_XDECREF(lines);
    return found;
}
