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

/* Adds a letter, folded, to the word that it stands in; a wide letter is a word. */
static inline void
add_letter(Page *page, Line *line, int kind, int before, uint64_t folded, uint64_t *power)
{
    if (!is_inside(before) || before == WIDE || kind == WIDE) {
        page->word[page->words++] = 0;
        line->words++;
        *power = 1;
    }
    page->word[page->words - 1] += folded * *power;
    *power *= FACTOR;
}

static inline void
see_lines(Page *page, Text text, const Alphabet *alphabet)
{
    Py_ssize_t begin = 0, gap = 0;
    Line *line = NULL;
    uint64_t power = 1;
    for (Py_ssize_t i = 0, before = GAP, kind; i < text.size; i++, before = kind) {
        Py_UCS4 code = in_table(char_at(text, i));
        kind = alphabet->classes[code];
        if (code == '\n') {
            gap = line ? 0 : gap + 1;
            line = NULL;
            begin = i + 1;
        }
        if (kind == GAP) continue;
        if (line == NULL) line = add_line(page, i, i - begin, gap, kind);
        line->end = i + 1;
        line->last = kind;
        line->counts[kind]++;
        line->capitals += kind == UPPER && !is_inside(before);
        if (is_inside(kind))
            add_letter(page, line, kind, before, alphabet->folded[code], &power);
    }
}

/* Hashes whose high bits depend on all letters. */
static void
mix_words(Page *page)
{
    for (Py_ssize_t w = 0; w < page->words; w++)
        page->word[w] = (page->word[w] ^ page->word[w] >> 31) * MIXER;
}

static inline int
taken_apart_as(Page *page, Text text, const Alphabet *alphabet, int width)
{
    text.width = width;
    if (make_room_for_text(page, text) < 0) return -1;
    see_lines(page, text, alphabet);
    mix_words(page);
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
