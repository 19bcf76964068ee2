/* Which lines the model is asked about; the same as `plain_to_ask` in
   model/features.py. */

#pragma once
#include "lines.h"

enum { MARK = 4 };

/* What opens a line as an item of a list: letters, '0' for a number, a mark; or zeros. */
typedef struct { Py_UCS4 signs[MARK]; } Mark;

static int
is_letter(Py_UCS4 c)
{
    return c != '_' && Py_UNICODE_ISALNUM(c) && !Py_UNICODE_ISDECIMAL(c);
}

static int
is_item_end(Py_UCS4 c)
{
    switch (c) {
    case '.': case ':': case ')': case 0x3001: case 0xFF0E: case 0xFF1A: case 0xFF09:
        return 1;
    default:
        return 0;
    }
}

static Mark
item_mark(Text line)
{
    Mark mark = {{0}};
    Py_ssize_t i = 0, letters, digits;
    for (; i < 3 && i < line.size && is_letter(char_at(line, i)); i++)
        mark.signs[i] = char_at(line, i);
    letters = i;
    while (i < letters + 3 && i < line.size && Py_UNICODE_ISDECIMAL(char_at(line, i)))
        i++;
    digits = i - letters;
    if (!i || i == line.size || !is_item_end(char_at(line, i))
        || letters + (digits > 0) > 3)
        return (Mark){{0}};
    if (digits) mark.signs[letters++] = '0';
    mark.signs[letters] = char_at(line, i);
    return mark;
}

static int
is_alike(Mark a, Mark b)
{
    return !memcmp(&a, &b, sizeof a);
}

/* Appends a line's number, unless it is an item of a list beside another such. */
static int
add_asked(PyObject *asked, PyObject *lines, const char *doubted, Py_ssize_t i)
{
    Mark none = {{0}}, mark = item_mark(text_of(PyTuple_GET_ITEM(lines, i)));
    for (Py_ssize_t j = i - 1; j <= i + 1 && !is_alike(mark, none); j += 2)
        if (j >= 0 && j < PyTuple_GET_SIZE(lines) && doubted[j]
            && is_alike(mark, item_mark(text_of(PyTuple_GET_ITEM(lines, j)))))
            return 0;
    return append(asked, PyLong_FromSsize_t(i));
}

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
asked_of(PyObject *lines, const uint16_t *classes, int64_t least_percent)
{
    Py_ssize_t count = PyTuple_GET_SIZE(lines);
    char *doubted = PyMem_Malloc((size_t)count + 1);
    if (doubted == NULL) return PyErr_NoMemory();
    PyObject *asked = PyList_New(0);
    if (has_story(lines, classes, least_percent, doubted))
        for (Py_ssize_t i = 0; asked && i < count; i++)
            if (doubted[i] && add_asked(asked, lines, doubted, i) < 0) Py_CLEAR(asked);
    PyMem_Free(doubted);
    return asked;
}

PyDoc_STRVAR(to_ask_doc,
"to_ask(lines: list[str], classes: bytes, least_percent: int) -> list[int]\n\n"
"Which lines the model is asked about, where so much is story.");

static PyObject *
to_ask(PyObject *Py_UNUSED(module), PyObject *args)
{
    PyObject *list, *lines = NULL, *asked = NULL;
    Py_buffer classes;
    int least_percent;
    if (!PyArg_ParseTuple(args, "Oy*i", &list, &classes, &least_percent)) return NULL;
    if (check_table(&classes, 2) == 0 && (lines = stripped_lines(list)) != NULL)
        asked = asked_of(lines, classes.buf, least_percent);
    Py_XDECREF(lines);
    PyBuffer_Release(&classes);
    return asked;
}
