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

/* Whether a word begins; a wide letter is a word. */
static inline int
opens_word(const uint8_t *kinds, Py_ssize_t i)
{
    int before = i ? kinds[i - 1] : GAP;
    return is_inside(kinds[i])
        && (!is_inside(before) || before == WIDE || kinds[i] == WIDE);
}

/* Finds each character's class; makes room for lines and words, more than enough. */
static int
see_characters(Page *page, Text text, const Alphabet *alphabet)
{
    Py_ssize_t breaks = 0, words = 0;
    if ((page->kinds = take(page, text.size, 1)) == NULL) return -1;
    for (Py_ssize_t i = 0; i < text.size; i++) {
        Py_UCS4 code = in_table(char_at(text, i));
        page->kinds[i] = alphabet->classes[code];
        breaks += code == '\n';
        words += opens_word(page->kinds, i);
    }
    page->line = take(page, breaks + 1, sizeof(Line));
    page->word = take(page, words, sizeof(uint64_t));
    return page->line && page->word ? 0 : -1;
}

static void
see_ink(Page *page, Line *line, Py_ssize_t i)
{
    int kind = page->kinds[i], before = i ? page->kinds[i - 1] : LETTER;
    line->end = i + 1;
    line->last = kind;
    line->counts[kind]++;
    line->capitals += kind == UPPER && !is_inside(before);
    if (opens_word(page->kinds, i)) {
        page->words++;
        line->words++;
    }
}

/* Adds a letter, folded, to the word that it stands in. */
static inline void
add_letter(Page *page, Py_ssize_t i, uint64_t folded, uint64_t *power)
{
    if (opens_word(page->kinds, i)) *power = 1;
    page->word[page->words - 1] += folded * *power;
    *power *= FACTOR;
}

/* A line that begins with the ink at a place. */
static Line *
add_line(Page *page, Py_ssize_t i, Py_ssize_t indent, Py_ssize_t gap)
{
    Line *line = page->line + page->lines++;
    *line = (Line){.start = i, .indent = indent, .gap = gap, .first_word = page->words,
                   .first = page->kinds[i], .capitals = page->kinds[i] == UPPER};
    return line;
}

static void
see_lines(Page *page, Text text, const Alphabet *alphabet)
{
    Py_ssize_t begin = 0, gap = 0;
    Line *line = NULL;
    uint64_t power = 1;
    for (Py_ssize_t i = 0; i < text.size; i++) {
        Py_UCS4 code = in_table(char_at(text, i));
        if (code == '\n') {
            gap = line ? 0 : gap + 1;
            line = NULL;
            begin = i + 1;
        }
        if (page->kinds[i] == GAP) continue;
        if (line == NULL) line = add_line(page, i, i - begin, gap);
        see_ink(page, line, i);
        if (is_inside(page->kinds[i]))
            add_letter(page, i, alphabet->folded[code], &power);
    }
}

/* Hashes whose high bits depend on all letters. */
static void
mix_words(Page *page)
{
    for (Py_ssize_t w = 0; w < page->words; w++)
        page->word[w] = (page->word[w] ^ page->word[w] >> 31) * MIXER;
}

static int
taken_apart(Page *page, Text text, const Alphabet *alphabet)
{
    if (see_characters(page, text, alphabet) < 0) return -1;
    see_lines(page, text, alphabet);
    mix_words(page);
    return 0;
}
