/* A line's numbers among those of its group, its window and its page; the same as
   model/page_context.py says. */

#pragma once
#include "keys.h"

/* Ten times the mean of `page->values` in each line's group. */
static void
put_means(Page *page, int feature, const Py_ssize_t *group)
{
    count_numbers(page, group);
    memset(page->sums, 0, (size_t)page->lines * sizeof *page->sums);
    for (Py_ssize_t i = 0; i < page->lines; i++) page->sums[group[i]] += page->values[i];
    for (Py_ssize_t i = 0; i < page->lines; i++)
        put(page, feature, i, over(10 * page->sums[group[i]], page->low[group[i]]));
}

/* What share of the page's values is lower, in so many parts. */
static void
put_ranks(Page *page, int feature, const int64_t *values, int64_t units)
{
    Py_ssize_t lower = 0;
    sort_lines(page, values);
    for (Py_ssize_t i = 0; i < page->lines; i++) {
        if (page->sorted[i].key != page->sorted[lower].key) lower = i;
        put(page, feature, page->sorted[i].place, over(units * lower, page->lines));
    }
}

/* From values of lines to sums of the lines before each, in `page->sums`. */
static void
sum_up(Page *page)
{
    page->sums[0] = 0;
    for (Py_ssize_t i = 0; i < page->lines; i++)
        page->sums[i + 1] = page->sums[i] + page->values[i];
}

/* Ten times the mean of what was summed up, for each line, in `page->values`. */
static void
windowed(Page *page, Reach reach)
{
    for (Py_ssize_t i = 0; i < page->lines; i++) {
        Py_ssize_t low = at_least(0, i - reach.behind);
        Py_ssize_t high = at_most(page->lines, i + reach.ahead + 1);
        page->values[i] = over(10 * (page->sums[high] - page->sums[low]), high - low);
    }
}

/* A row of a table's context as it is in `page->values`, and its rank if it has one. */
static void
put_context_row(Page *page, int row)
{
    put_all(page, AROUND + row, page->values);
    for (int ranked = 0; ranked < SIZE(RANKED_AROUND); ranked++)
        if (RANKED_AROUND[ranked] == row)
            put_ranks(page, RANK + SIZE(RANKED) + ranked, page->values, UNITS);
}

static void
put_context(Page *page, int table)
{
    const int64_t *scores = page->scores[table];
    int first = table * CONTEXT;
    Py_ssize_t last = page->lines - 1, peak = 0;
    memcpy(page->values, scores, (size_t)page->lines * sizeof *scores);
    put_context_row(page, first);
    sum_up(page);
    for (int window = 0; window < SIZE(CONTEXT_WINDOWS); window++) {
        windowed(page, CONTEXT_WINDOWS[window]);
        put_context_row(page, first + WINDOWS + window);
    }
    for (Py_ssize_t i = 0; i <= last; i++) {
        if (scores[i] >= scores[peak]) peak = i;
        put(page, AROUND + first + 1, i, i ? scores[i - 1] : -1);
        put(page, AROUND + first + 2, i, i < last ? scores[i + 1] : -1);
        put(page, AROUND + first + HIGHEST, i, scores[peak]);
        put(page, AROUND + first + SINCE_HIGHEST, i, i - peak);
    }
}
