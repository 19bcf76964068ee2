/* The sums of the leaves in which lines end. Many lines go down a tree at once, a bit
   each, and their sums are counted digit by digit. */

#pragma once
#include "model.h"

/* Which lines of a batch, in columns of 16 bits: of line `i` tells column `i % COLUMNS`,
   of the last lines the lowest bit. */
enum { COLUMNS = 8, BATCH = 16 * COLUMNS };
typedef struct { uint64_t low, high; } Marks;

static const Marks NONE = {0, 0}, ALL_LINES = {UINT64_MAX, UINT64_MAX};

static inline Marks
both(Marks a, Marks b)
{
    return (Marks){a.low & b.low, a.high & b.high};
}

static inline Marks
either(Marks a, Marks b)
{
    return (Marks){a.low | b.low, a.high | b.high};
}

static inline Marks
one_of(Marks a, Marks b)
{
    return (Marks){a.low ^ b.low, a.high ^ b.high};
}

/* Which of the lines' values reach each of some thresholds. Within the loops that ask for
   it compilers would not see that eight lines are one vector. */
static NOT_INLINED void
compare(const int16_t *values, int lines, const int16_t *thresholds, Py_ssize_t count,
        Marks *answers)
{
    for (Py_ssize_t question = 0; question < count; question++) {
        int16_t threshold = thresholds[question];
        uint16_t columns[COLUMNS] = {0};
        for (const int16_t *value = values; value < values + lines; value += COLUMNS)
            for (int i = 0; i < COLUMNS; i++)
                columns[i] = (uint16_t)(2 * columns[i] + (value[i] >= threshold));
        memcpy(answers + question, columns, sizeof columns);
    }
}

/* The same where all values are one. */
static void
compare_one(int16_t value, const int16_t *thresholds, Py_ssize_t count, Marks *answers)
{
    for (Py_ssize_t question = 0; question < count; question++)
        answers[question] = value >= thresholds[question] ? ALL_LINES : NONE;
}

static int
are_same(const int16_t *values, int count)
{
    return !memcmp(values, values + 1, (size_t)(count - 1) * sizeof *values);
}

/* The answers of a batch to all questions. */
static void
answer(const Model *self, const Page *page, Py_ssize_t first, int lines, Marks *answers)
{
    for (int row = 0; row < ROWS; row++) {
        const int16_t *values = row_of(page, row) + first;
        Py_ssize_t at = self->questions[row], count = self->questions[row + 1] - at;
        if (are_same(values, lines))
            compare_one(*values, self->thresholds + at, count, answers + at);
        else
            compare(values, lines, self->thresholds + at, count, answers + at);
    }
}

/* Where in the trees' lists one goes on. */
typedef struct { const Split *split; const uint16_t *having; } Place;

/* Adds the leaves of a tree to the sums of a batch. */
static void
add_tree(const Model *self, const Tree *tree, const Marks *answers, Place *place,
         Marks sums[])
{
    Marks groups[MAX_NODES + 1], carry = NONE;
    groups[0] = ALL_LINES;
    for (int n = 1; n <= tree->splits; n++) {
        Split split = *place->split++;
        groups[n] = both(groups[split.group], answers[split.question]);
        groups[split.group] = one_of(groups[split.group], groups[n]);
    }
    for (int digit = 0; digit < self->sum_digits; digit++) {
        Marks added = NONE, sum = sums[digit];
        for (int left = digit < tree->digits ? *place->having++ : 0; left; left--)
            added = either(added, groups[*place->having++]);
        Marks odd = one_of(sum, added);
        sums[digit] = one_of(odd, carry);
        carry = either(both(sum, added), both(odd, carry));
    }
}

/* The sums of a batch as numbers. */
static void
put_sums(const Model *self, const Marks sums[], int lines, int64_t *totals)
{
    int last = (lines - 1) / COLUMNS;
    for (int i = 0; i < lines; i++) totals[i] = self->base;
    for (int digit = 0; digit < self->sum_digits; digit++) {
        uint16_t columns[COLUMNS];
        memcpy(columns, sums + digit, sizeof columns);
        for (int i = 0; i < lines; i++) {
            int64_t bit = columns[i % COLUMNS] >> (last - i / COLUMNS) & 1;
            totals[i] += bit << digit;
        }
    }
}

/* The sum of the leaves in which each line ends. */
static int
put_totals(const Model *self, Page *page, int64_t *totals)
{
    Marks *answers = take(page, self->questions[ROWS], sizeof *answers);
    for (Py_ssize_t first = 0; answers && first < page->lines; first += BATCH) {
        int lines = (int)at_most(BATCH, page->lines - first);
        Place place = {self->splits, self->having};
        Marks sums[MAX_SUM_DIGITS] = {{0, 0}};
        answer(self, page, first, lines, answers);
        for (Py_ssize_t tree = 0; tree < self->trees; tree++)
            add_tree(self, self->forest + tree, answers, &place, sums);
        put_sums(self, sums, lines, totals + first);
    }
    return answers ? 0 : -1;
}
