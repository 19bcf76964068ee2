/* Lines, and whether one is in doubt: the same as `is_in_doubt` in model/features.py. */

#pragma once
#include "../common.h"

/* A character's class at a line's end and start, as features.py numbers them, and
   whether it stands in words, and in a script without spaces. */
enum { END = 15, START_SHIFT = 4, START = 15, WORD = 256, UNSPACED = 512 };

/* features.py */
enum { STOP = 1, LAST_STOP = 4, QUOTE = 5, BRACKET = 6, ENDED_INSIDE = 12,
       UPPER_END = 13, OTHER_END = 14, NO_LINE_END = 15 };
enum { LOWER_START = 1, BULLET = 4, ALPHA_START = 8, OTHER_START = 9,
       NO_LINE_START = 10 };
enum { UNSPACED_LOOK = 40 };

static inline unsigned
class_of(const uint16_t *classes, Py_UCS4 c)
{
    return c < BMP ? classes[c] : WORD;
}

static int
is_unspaced(const uint16_t *classes, Text line, Py_ssize_t characters)
{
    if (line.is_ascii) return 0;
    for (Py_ssize_t i = 0; i < line.size && i < characters; i++)
        if (class_of(classes, char_at(line, i)) & UNSPACED) return 1;
    return 0;
}

static int
is_in_doubt(const uint16_t *classes, Text line)
{
    Py_ssize_t unended = 200, ended = 100;
    if (is_unspaced(classes, line, UNSPACED_LOOK)) unended = 80, ended = 40;
    if (line.size < ended || line.size >= unended) return line.size < ended;
    unsigned end = class_of(classes, char_at(line, line.size - 1)) & END;
    return !end || end > QUOTE;
}

/* Of a text how many lines are in no doubt, their characters, and those of all. */
typedef struct { Py_ssize_t lines; int64_t chars, all_chars; } Prose;

static Prose
mark_doubted(PyObject *lines, const uint16_t *classes, char *doubted)
{
    Prose prose = {0, 0, 0};
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(lines); i++) {
        Text line = text_of(PyTuple_GET_ITEM(lines, i));
        doubted[i] = (char)is_in_doubt(classes, line);
        prose.all_chars += line.size;
        if (doubted[i]) continue;
        prose.lines++;
        prose.chars += line.size;
    }
    return prose;
}

/* The lines as a tuple that holds them; each must have more than space. */
static PyObject *
stripped_lines(PyObject *list)
{
    PyObject *lines = texts_of(list);
    for (Py_ssize_t i = 0; lines && i < PyTuple_GET_SIZE(lines); i++) {
        Text line = text_of(PyTuple_GET_ITEM(lines, i));
        if (line.size && !Py_UNICODE_ISSPACE(char_at(line, 0))) continue;
        refused("stripped lines that are not blank are needed");
        Py_CLEAR(lines);
    }
    return lines;
}
