/* A text cut into lines, with the shape of each and the signs of all; the same as
   `plain_cut` in document.py. */

#pragma once
#include "lines.h"

enum { PROSE_WIDTH = 80, EXTRA_PER_WIDE = 2 };

/* Whether French quotes open in a line: they close after a space. */
static int
has_french_quotes(Text text, Line line)
{
    for (Py_ssize_t i = line.start; i < line.end; i++)
        if (char_at(text, i) == 0xAB) return 1;
    return 0;
}

/* 'o'pen, 'p'rose, or 'c'losed but no prose: see document.py. */
static char
shape_of(Text text, const uint8_t *kinds, Line line)
{
    Py_ssize_t last = line.end - 1;
    uint8_t final = kind_at(text, kinds, last), kind = final;
    while (kind & CLOSING && last > line.start) kind = kind_at(text, kinds, --last);
    if (final & CLOSING && kind & BLANK && has_french_quotes(text, line))
        while (kind & (CLOSING | BLANK) && last > line.start)
            kind = kind_at(text, kinds, --last);
    if (!(kind & END)) return 'o';
    if (final & COLON) return 'c';
    Py_ssize_t columns = line.end - line.start;
    for (Py_ssize_t i = line.start; i < line.end && columns < PROSE_WIDTH; i++)
        if (kind_at(text, kinds, i) & WIDE) columns += EXTRA_PER_WIDE;
    return columns >= PROSE_WIDTH ? 'p' : 'c';
}

/* What a document has a line of, and by the shapes and lengths of all, as document.py
   numbers it. */
enum { DOUBLED = 1, FIGURE_END = 2, NAME_LIKE = 4, FENCE = 8, SHORT_LINE = 16,
       SHORT_START = 32, MANY_OPEN = 64, LONE_OPEN = 128, TAIL = 256, CLOSING_LINES = 512 };

enum { SUFFIX_CHARS = 5, FENCE_CHARS = 3, MANY_OPEN_LINES = 3, MIN_PROSE_LINES = 3,
       SHORT_CHARS = 48, FIRST_LINES = 4 };

static int
is_doubled(Text text, Line line)
{
    Py_ssize_t half = (line.end - line.start) / 2;
    const char *first = (const char *)text.data + line.start * text.width;
    return half && (line.end - line.start) % 2
        && !memcmp(first, first + (half + 1) * text.width, (size_t)(half * text.width));
}

static int
is_fence_like(Text text, Line line)
{
    Py_UCS4 mark = char_at(text, line.start);
    if ((mark != '`' && mark != '~') || line.end - line.start < FENCE_CHARS) return 0;
    return char_at(text, line.start + 1) == mark && char_at(text, line.start + 2) == mark;
}

static int
is_name_like(Text text, Line line)
{
    Py_ssize_t suffix = at_least(line.start, line.end - SUFFIX_CHARS);
    for (Py_ssize_t i = suffix; i < line.end; i++)
        if (char_at(text, i) == '.') return 1;
    for (Py_ssize_t i = line.start; i < line.end; i++)
        if (char_at(text, i) == ' ') return 0;
    return 1;
}

static int
signs_of(Text text, Line line, char shape)
{
    int signs = (is_doubled(text, line) ? DOUBLED : 0)
        | (is_fence_like(text, line) ? FENCE : 0);
    if (shape != 'o') return signs;
    Py_UCS4 last = char_at(text, line.end - 1);
    if (Py_UNICODE_ISDIGIT(last) || last == '/' || last == '|') signs |= FIGURE_END;
    return is_name_like(text, line) ? signs | NAME_LIKE : signs;
}

typedef struct {
    PyObject *lines, *starts;
    char *shapes;
    Py_ssize_t count, room;
    int signs;
} Cut;

static int
add_line(Cut *found, PyObject *str, Text text, const uint8_t *kinds, Line line)
{
    if (found->count == found->room) {
        char *larger = grown(found->shapes, &found->room, 1);
        if (larger == NULL) return -1;
        found->shapes = larger;
    }
    char shape = shape_of(text, kinds, line);
    found->shapes[found->count++] = shape;
    found->signs |= signs_of(text, line, shape);
    if (append(found->lines, PyUnicode_Substring(str, line.start, line.end)) < 0)
        return -1;
    return append(found->starts, PyLong_FromSsize_t(line.start));
}

/* How many lines of a shape there are, and their characters. */
typedef struct { Py_ssize_t lines; int64_t chars; } Sum;

static Py_ssize_t
size_of(const Cut *found, Py_ssize_t i)
{
    return PyUnicode_GET_LENGTH(PyList_GET_ITEM(found->lines, i));
}

static int
outline_of(const Cut *found)
{
    const char *shapes = found->shapes;
    Sum open = {0, 0}, open_above = {0, 0}, prose = {0, 0};
    Py_ssize_t short_lines = 0, end = 0; /* of the prose */
    int signs = 0;
    for (Py_ssize_t i = 0; i < found->count; i++) {
        Py_ssize_t size = size_of(found, i);
        if (size <= SHORT_CHARS && !short_lines++ && i < FIRST_LINES && shapes[0] == 'o')
            signs |= SHORT_START;
        if (shapes[i] == 'o') open.lines++, open.chars += size;
        if (shapes[i] != 'p') continue;
        prose.lines++, prose.chars += size;
        open_above = open;
        end = i + 1;
        if (i > 1 && shapes[i - 1] == 'o' && shapes[i - 2] == 'p') signs |= LONE_OPEN;
    }
    if (open.lines && short_lines) signs |= SHORT_LINE;
    if (open.lines >= MANY_OPEN_LINES) signs |= MANY_OPEN;
    if (!end || end == found->count) return signs;
    int is_story = prose.lines >= MIN_PROSE_LINES && 2 * open_above.chars <= prose.chars;
    return signs | TAIL | (is_story ? CLOSING_LINES : 0);
}

static int
cut_text(Cut *found, PyObject *str, const uint8_t *kinds)
{
    Text text = text_of(str);
    Py_ssize_t at = 0;
    for (Line line; next_line(text, kinds, &at, &line);)
        if (add_line(found, str, text, kinds, line) < 0) return -1;
    found->signs |= outline_of(found);
    return 0;
}

PyDoc_STRVAR(cut_doc,
"cut(text: str, kinds: bytes) -> tuple[list[str], list[int], bytes, int]\n\n"
"The lines that are not blank, where each starts, the shape of each, and the signs.");

static PyObject *
cut(PyObject *Py_UNUSED(module), PyObject *args)
{
    PyObject *text, *result = NULL;
    const uint8_t *kinds;
    if (!PyArg_ParseTuple(args, "UO&", &text, byte_table, &kinds)) return NULL;
    Cut found = {.lines = PyList_New(0), .starts = PyList_New(0)};
    if (found.lines && found.starts && cut_text(&found, text, kinds) == 0)
        result = Py_BuildValue("OONi", found.lines, found.starts,
                               PyBytes_FromStringAndSize(found.shapes, found.count),
                               found.signs);
    PyMem_Free(found.shapes);
    Py_XDECREF(found.lines);
    Py_XDECREF(found.starts);
    return result;
}
