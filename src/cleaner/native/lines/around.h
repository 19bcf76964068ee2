/* A line among the others: its place, its neighbours, copies of it, the title, and what
   is gone; the same as model/features.py and model/context.py say. */

#pragma once
#include "edges.h"

enum { PREFIX = 4, FAR_LINES = 9, NO_TITLE = 6, IS_TITLE = 7, NO_SYMBOL = 4 };

static const int64_t PLACE_CUTS[] = {0, 1, 2, 3, 5, 8, 13, 25};
static const int64_t OVERLAP_CUTS[] = {0, 30, 60, 99};
static const int64_t GONE_CUTS[] = {1, 2, 3, 4};
static const int64_t GONE_IN_ALL_CUTS[] = {1, 2, 3, 5, 8, 12, 20};
static const int64_t GONE_PERCENT_CUTS[] = {1, 5, 10, 20, 30, 45, 60};

/* How many lines on in this direction prose stands. */
static uint8_t
far_from_prose(const Document *document, Py_ssize_t i, int step)
{
    uint8_t lines = 0;
    for (; lines < FAR_LINES; lines++, i += step)
        if (i < 0 || i >= PyTuple_GET_SIZE(document->lines)) return FAR_LINES;
        else if (!document->doubted[i]) break;
    return lines;
}

static void
place_codes(const Document *document, Py_ssize_t i, uint8_t *codes)
{
    Py_ssize_t last = PyTuple_GET_SIZE(document->lines) - 1;
    int64_t whole = document->ends[last], end = document->ends[i];
    codes[0] = CODE(SHARE_CUTS, 100 * (end - line_at(document, i).size) / whole);
    codes[1] = CODE(SHARE_CUTS, 100 * (whole - end) / whole);
    codes[2] = CODE(PLACE_CUTS, i);
    codes[3] = CODE(PLACE_CUTS, last - i);
    codes[4] = CODE(PLACE_CUTS, last);
    codes[5] = far_from_prose(document, i, -1);
    codes[6] = far_from_prose(document, i, 1);
    codes[7] = document->prose_share;
}

/* Whether the line there begins as this one does, in so many characters. */
static int
opens_alike(const Document *document, Py_ssize_t other, Text line, Py_ssize_t characters)
{
    if (other < 0 || other >= PyTuple_GET_SIZE(document->lines)) return 0;
    Text near = line_at(document, other);
    if (characters > line.size) characters = line.size;
    if (near.size < characters) return 0;
    for (Py_ssize_t i = 0; i < characters; i++)
        if (char_at(near, i) != char_at(line, i)) return 0;
    return 1;
}

static void
near_codes(const uint16_t *classes, const Document *document, Py_ssize_t i,
           uint8_t *codes)
{
    Text line = line_at(document, i);
    edge_codes(classes, document, i - 1, codes);
    edge_codes(classes, document, i + 1, codes + 3);
    codes[6] = NO_SYMBOL;
    if ((class_of(classes, char_at(line, 0)) >> START_SHIFT & START) >= BULLET)
        codes[6] = (uint8_t)(opens_alike(document, i - 1, line, 1)
                             + 2 * opens_alike(document, i + 1, line, 1));
    codes[7] = (uint8_t)(opens_alike(document, i - 1, line, PREFIX)
                         + 2 * opens_alike(document, i + 1, line, PREFIX));
}

static int
repeat_code(const Document *document, Py_ssize_t i, uint8_t *code)
{
    PyObject *line = PyTuple_GET_ITEM(document->lines, i);
    PyObject *count = PyDict_GetItemWithError(document->copies, line);
    if (count == NULL) return PyErr_Occurred() ? -1 : 0;
    long copies = PyLong_AsLong(count);
    if (copies == -1 && PyErr_Occurred()) return -1;
    *code = (uint8_t)at_most(2, copies > 1 ? copies - 1 : 0);
    return 0;
}

/* How many of the words the title has; -1 with an error set. */
static Py_ssize_t
count_shared(PyObject *title_words, const Folded *line)
{
    Py_ssize_t shared = 0;
    for (const Word *w = line->words; w < line->words + line->word_count; w++) {
        PyObject *word = PyUnicode_FromKindAndData(PyUnicode_4BYTE_KIND,
                                                   line->units + w->start, w->size);
        int is_shared = word ? PySet_Contains(title_words, word) : -1;
        Py_XDECREF(word);
        if (is_shared < 0) return -1;
        shared += is_shared;
    }
    return shared;
}

/* How much of the line the title shares. `line` holds each word once; `count` is how many
   it had. */
static int
title_code(const Document *document, Py_ssize_t i, const Folded *line, Py_ssize_t count,
           uint8_t *code)
{
    PyObject *text = PyTuple_GET_ITEM(document->lines, i);
    *code = NO_TITLE;
    if (document->title_words == Py_None) return 0;
    *code = IS_TITLE;
    if (PyUnicode_Compare(text, document->title) == 0) return 0;
    *code = 0;
    if (!count) return 0;
    int64_t shared = count_shared(document->title_words, line);
    if (shared < 0) return -1;
    *code = (uint8_t)(CODE(OVERLAP_CUTS, 100 * shared / count) + 1);
    return 0;
}

/* How many lines went before the line i; after the last one for the number of lines. */
static int64_t
gone_before(const Document *document, Py_ssize_t i)
{
    return document->gone_above[i] - (i ? document->gone_above[i - 1] : 0);
}

/* How near lines are gone in this direction, counted down. */
static uint8_t
nearness(const Document *document, Py_ssize_t i, int step)
{
    for (int near = FAR_LINES; near > 0; near--, i += step) {
        if (i < 0 || i > PyTuple_GET_SIZE(document->lines)) break;
        if (gone_before(document, i)) return (uint8_t)near;
    }
    return 0;
}

static void
gone_codes(const Document *document, Py_ssize_t i, uint8_t *codes)
{
    if (document->gone_above == NULL) return; /* all are 0 */
    Py_ssize_t count = PyTuple_GET_SIZE(document->lines);
    int64_t whole = document->gone_above[count], above = document->gone_above[i];
    codes[0] = CODE(GONE_CUTS, gone_before(document, i));
    codes[1] = CODE(GONE_CUTS, gone_before(document, i + 1));
    codes[2] = nearness(document, i, -1);
    codes[3] = nearness(document, i + 1, 1);
    codes[4] = CODE(GONE_IN_ALL_CUTS, whole);
    codes[5] = CODE(GONE_IN_ALL_CUTS, above);
    codes[6] = CODE(GONE_IN_ALL_CUTS, whole - above);
    codes[7] = CODE(GONE_PERCENT_CUTS, 100 * whole / (whole + count));
}
