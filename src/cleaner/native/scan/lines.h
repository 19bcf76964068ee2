/* A text as lines: from line break to line break, and what of each is not blank. */

#pragma once
#include "../common.h"

/* The kinds of characters, as document.py numbers them. */
enum { BLANK = 1, END = 2, CLOSING = 4, WIDE = 8, COLON = 16, MARK = 32 };

enum { REPLACEMENT = 0xFFFD };

typedef struct { Py_ssize_t from, to, start, end; } Line;

/* Lone surrogates count as the character that stands in for them. */
static inline Py_UCS4
narrowed(Py_UCS4 c)
{
    return (c & ~(Py_UCS4)0x7FF) == 0xD800 ? REPLACEMENT : in_table(c);
}

static inline uint8_t
kind_at(Text text, const uint8_t *kinds, Py_ssize_t i)
{
    return kinds[narrowed(char_at(text, i))];
}

/* Leaves out what is of these kinds at both ends of a stretch. */
static inline void
strip(Text text, const uint8_t *kinds, int unwanted, Py_ssize_t *start, Py_ssize_t *end)
{
    while (*start < *end && kind_at(text, kinds, *start) & unwanted) ++*start;
    while (*end > *start && kind_at(text, kinds, *end - 1) & unwanted) --*end;
}

/* A line break is sought by its byte, which other characters may hold as well. */
static inline Py_ssize_t
line_end(Text text, Py_ssize_t from)
{
    const char *first = text.data, *end = first + text.size * text.width;
    const char *at = first + from * text.width;
    while ((at = memchr(at, '\n', (size_t)(end - at)))) {
        from = (at++ - first) / text.width;
        if (char_at(text, from) == '\n') return from;
    }
    return text.size;
}

/* The next line that is not blank, without the blank space around it; 0 at the end. */
static inline int
next_line(Text text, const uint8_t *kinds, Py_ssize_t *at, Line *line)
{
    while (*at < text.size) {
        Py_ssize_t from = *at, to = line_end(text, from);
        *line = (Line){from, to, from, to};
        *at = to + 1;
        strip(text, kinds, BLANK, &line->start, &line->end);
        if (line->start < line->end) return 1;
    }
    return 0;
}
