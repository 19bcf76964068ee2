/* What the words say of each line and of the page; the same as `word_sums`, `kind_sums`
   and `tree_rows` in model/page.py. */

#pragma once
#include "context.h"
#include "model.h"

static inline void
add_key(const Model *self, uint64_t key, int64_t sums[TABLES])
{
    const int8_t *weights = self->words[key >> (64 - WORD_BITS)];
    for (int table = 0; table < TABLES; table++) sums[table] += weights[table];
}

static void
score_words(const Model *self, const Page *page)
{
    for (Py_ssize_t i = 0; i < page->lines; i++) {
        const Line *line = page->line + i;
        const uint64_t *word = page->word + line->first_word;
        int64_t sums[TABLES] = {0};
        for (Py_ssize_t w = 0; w < line->words; w++) add_key(self, word[w], sums);
        for (Py_ssize_t w = 1; w < line->words; w++)
            add_key(self, word[w - 1] * PAIR + word[w] * FACTOR, sums);
        if (line->words) {
            add_key(self, word[0] * OPENING, sums);
            add_key(self, word[line->words - 1] * CLOSING, sums);
        }
        for (int table = 0; table < TABLES; table++) page->scores[table][i] = sums[table];
    }
}

/* What the different words say of the page's kind. */
static void
kind_sums(const Model *self, const Page *page, int64_t sums[KINDS])
{
    uint8_t is_seen[1 << KIND_BITS] = {0};
    Py_ssize_t different = 0;
    memset(sums, 0, KINDS * sizeof *sums);
    for (Py_ssize_t w = 0; w < page->words; w++) {
        uint64_t place = page->word[w] >> (64 - KIND_BITS);
        if (is_seen[place]) continue;
        is_seen[place] = 1;
        different++;
        for (int kind = 0; kind < KINDS; kind++) sums[kind] += self->kinds[place][kind];
    }
    for (int kind = 0; kind < KINDS; kind++)
        sums[kind] = over(UNITS * sums[kind], at_least(1, different));
}

/* The scores below which so many shares of the page's characters lie. */
static void
put_levels(Page *page)
{
    const int16_t *lengths = row_of(page, LENGTH);
    int64_t whole = 0, chars = 0;
    Py_ssize_t place = -1;
    sort_lines(page, page->scores[0]);
    for (Py_ssize_t i = 0; i < page->lines; i++) whole += lengths[i];
    for (int level = 0; level < LEVELS; level++) {
        while (place < 0 || 100 * chars < LEVEL_PERCENT[level] * whole)
            chars += lengths[page->sorted[++place].place];
        put_same(page, LEVEL + level, page->scores[0][page->sorted[place].place]);
    }
}

static void
put_words(Page *page, const int64_t kinds[KINDS])
{
    for (int table = 0; table < TABLES; table++) put_context(page, table);
    for (int kind = 0; kind < KINDS; kind++) put_same(page, KIND + kind, kinds[kind]);
    put_levels(page);
    memcpy(page->values, page->scores[0], (size_t)page->lines * sizeof *page->values);
    for (int group = 0; group < GROUPS; group++)
        put_means(page, GROUP + group, page->groups[group]);
    for (int ranked = 0; ranked < SIZE(RANKED); ranked++) {
        const int16_t *row = row_of(page, RANKED[ranked]);
        for (Py_ssize_t i = 0; i < page->lines; i++) page->values[i] = row[i];
        put_ranks(page, RANK + ranked, page->values, UNITS);
    }
}
