/* A text taken apart into lines and words; the same as `taken_apart` in
   model/page_text.py. */

#pragma once
#include "page.h"

typedef struct { const uint8_t *classes; const uint16_t *folded; } Alphabet;

static inline int
is_inside(int kind)
{
    return kind >= LOWER && kind <= DIGIT;
}

/* Room for lines and words, more than enough of it; what is not used costs nothing. */
static int
make_room_for_text(Page *page, Text text)
{
    Py_ssize_t breaks = 0;
    for (Py_ssize_t i = 0; i < text.size; i++) breaks += char_at(text, i) == '\n';
    page->line = take(page, breaks + 1, sizeof(Line));
    page->word = take(page, text.size, sizeof(uint64_t));
    return page->line && page->word ? 0 : -1;
}

/* A line that begins with the ink at a place. */
static Line *
add_line(Page *page, Py_ssize_t start, Py_ssize_t indent, Py_ssize_t gap, int kind)
{
    Line *line = page->line + page->lines++;
    *line = (Line){.start = start, .indent = indent, .gap = gap, .first = kind,
                   .first_word = page->words, .capitals = start && kind == UPPER};
    return line;
}

static inline int
kind_at(Text text, Py_ssize_t i, const Alphabet *alphabet)
{
    return alphabet->classes[in_table(char_at(text, i))];
}

/* Adds the word that begins at a place, letters and digits in a row or a wide letter: a
   hash of them, folded, whose high bits depend on all. Gives the place behind it. */
static inline Py_ssize_t
add_word(Page *page, Line *line, Text text, Py_ssize_t i, const Alphabet *alphabet)
{
    uint64_t hash = 0, power = 1;
    int kind = kind_at(text, i, alphabet), is_wide = kind == WIDE;
    do {
        hash += alphabet->folded[in_table(char_at(text, i))] * power;
        power *= FACTOR;
        line->counts[kind]++;
        line->last = kind;
        kind = ++i < text.size ? kind_at(text, i, alphabet) : GAP;
    } while (is_inside(kind) && kind != WIDE && !is_wide);
    page->word[page->words++] = (hash ^ hash >> 31) * MIXER;
    line->words++;
    return i;
}

static inline void
see_lines(Page *page, Text text, const Alphabet *alphabet)
{
    Py_ssize_t begin = 0, gap = 0, i = 0;
    Line *line = NULL;
    for (int before = GAP, kind; i < text.size; before = kind) {
        kind = kind_at(text, i, alphabet);
        if (kind == GAP) {
            if (char_at(text, i++) != '\n') continue;
            gap = line ? 0 : gap + 1;
            line = NULL;
            begin = i;
            continue;
        }
        if (line == NULL) line = add_line(page, i, i - begin, gap, kind);
        line->capitals += kind == UPPER && !is_inside(before);
        if (is_inside(kind)) {
            i = add_word(page, line, text, i, alphabet);
            kind = line->last;
        } else {
            line->counts[kind]++;
            line->last = kind;
            i++;
        }
        line->end = i;
    }
}

static inline int
taken_apart_as(Page *page, Text text, const Alphabet *alphabet, int width)
{
    text.width = width;
    if (make_room_for_text(page, text) < 0) return -1;
    see_lines(page, text, alphabet);
    return 0;
}

static int
taken_apart(Page *page, Text text, const Alphabet *alphabet)
{
    switch (text.width) { /* so that the compiler makes a loop for each */
    case PyUnicode_1BYTE_KIND:
        return taken_apart_as(page, text, alphabet, PyUnicode_1BYTE_KIND);
    case PyUnicode_2BYTE_KIND:
        return taken_apart_as(page, text, alphabet, PyUnicode_2BYTE_KIND);
    default:
        return taken_apart_as(page, text, alphabet, PyUnicode_4BYTE_KIND);
    }
}
