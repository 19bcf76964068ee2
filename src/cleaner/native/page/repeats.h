/* What a line has in common with others; the same as model/page_repeats.py says, and
   `_shared` in page_features.py. */

#pragma once
#include "keys.h"

static void
put_copies(Page *page, int feature, const Py_ssize_t *numbers, int64_t most)
{
    count_numbers(page, numbers);
    for (Py_ssize_t i = 0; i < page->lines; i++)
        put(page, feature, i, at_most(most, page->low[numbers[i]]));
}

static uint64_t
shape_of(const Line *line)
{
    Py_ssize_t indent = at_most(MAX_INDENT, line->indent);
    return (uint64_t)(line->first * 64 + indent * 4096 + line->last);
}

static uint64_t
magnitude(Py_ssize_t value)
{
    uint64_t digits = 0;
    for (; value; value >>= 1) digits++;
    return digits;
}

/* How many neighbours in a row have a line's shape. */
static void
put_shape_runs(Page *page)
{
    for (Py_ssize_t i = 0, end; i < page->lines; i = end) {
        for (end = i + 1; end < page->lines; end++)
            if (shape_of(page->line + end) != shape_of(page->line + i)) break;
        for (Py_ssize_t j = i; j < end; j++)
            put(page, SHAPE_RUN, j, at_most(FAR_LINES, end - i));
    }
}

/* How many lines with its words stand before a line and after, how far away the last. */
static void
put_copied(Page *page, const Py_ssize_t *numbers)
{
    Py_ssize_t *last = page->high; /* from 1 */
    put_copies(page, REPEATS, numbers, MAX_COPIES);
    memset(last, 0, (size_t)page->lines * sizeof *last);
    for (Py_ssize_t i = 0; i < page->lines; i++) {
        Py_ssize_t *seen = last + numbers[i];
        put(page, SINCE_COPY, i, *seen ? at_most(FURTHER_LINES, i + 1 - *seen) : -1);
        *seen = i + 1;
    }
    memset(last, 0, (size_t)page->lines * sizeof *last);
    for (Py_ssize_t i = 0; i < page->lines; i++) {
        Py_ssize_t before = last[numbers[i]]++;
        Py_ssize_t after = page->low[numbers[i]] - 1 - before;
        put(page, COPIES_BEFORE, i, at_most(MAX_COPIES, before));
        put(page, COPIES_AFTER, i, at_most(MAX_COPIES, after));
    }
}

static uint64_t
words_key(const Page *page, const Line *line)
{
    uint64_t key = 0;
    for (Py_ssize_t w = 0; w < line->words; w++)
        key += page->word[line->first_word + w] * (2 * (uint64_t)w + 1);
    return key;
}

/* Numbers the lines that belong together; all but the sections. */
static void
put_groups(Page *page)
{
    Py_ssize_t block = 0;
    for (Py_ssize_t i = 0; i < page->lines; i++) {
        page->groups[BLOCK][i] = block += i && page->line[i].gap > 0;
        page->keys[i] = shape_of(page->line + i) * 64 + magnitude(page->line[i].length);
    }
    numbered(page, page->lines, page->groups[ALIKE]);
    for (Py_ssize_t i = 0; i < page->lines; i++) {
        const Line *line = page->line + i;
        page->keys[i] = line->words ? page->word[line->first_word] : 0;
    }
    numbered(page, page->lines, page->groups[OPENING_WORD]);
    put_copies(page, OPENINGS, page->groups[OPENING_WORD], MAX_OPENINGS);
    for (Py_ssize_t i = 0; i < page->lines; i++)
        page->keys[i] = words_key(page, page->line + i);
    numbered(page, page->lines, page->numbers);
    put_copied(page, page->numbers);
}

/* Numbers each three words in a row on a line; how many different there are. */
static Py_ssize_t
number_runs(Page *page)
{
    Py_ssize_t runs = 0;
    for (const Line *line = page->line; line < page->line + page->lines; line++) {
        const uint64_t *word = page->word + line->first_word;
        for (Py_ssize_t left = line->words; left >= 3; left--, word++)
            page->keys[runs++] = word[0] * PAIR + word[1] * FACTOR + word[2] * OPENING;
    }
    return numbered(page, runs, page->numbers);
}

/* In which line each of so many different runs stands first, and last; in `page->low`
   and `page->high`. */
static void
place_runs(Page *page, Py_ssize_t different)
{
    const Py_ssize_t *number = page->numbers;
    for (Py_ssize_t n = 0; n < different; n++) page->low[n] = page->lines;
    for (Py_ssize_t i = 0; i < page->lines; i++)
        for (Py_ssize_t left = page->line[i].words; left >= 3; left--, number++) {
            page->low[*number] = at_most(page->low[*number], i);
            page->high[*number] = i;
        }
}

/* How much of a line's runs of three words stands in lines before, and after. */
static void
put_seen(Page *page)
{
    place_runs(page, number_runs(page));
    const Py_ssize_t *number = page->numbers;
    for (Py_ssize_t i = 0; i < page->lines; i++) {
        Py_ssize_t runs = at_least(1, page->line[i].words - 2), before = 0, after = 0;
        for (Py_ssize_t left = page->line[i].words; left >= 3; left--, number++) {
            before += page->low[*number] < i;
            after += page->high[*number] > i;
        }
        put(page, SEEN_BEFORE, i, over(100 * before, runs));
        put(page, SEEN_AFTER, i, over(100 * after, runs));
    }
}
