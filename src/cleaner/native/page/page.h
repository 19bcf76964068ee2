/* A page: its lines, its words, and a row of numbers for each feature of the lines. */

#pragma once
#include "rows.h"

typedef struct {
    Py_ssize_t start, end, indent, gap, length, first_word, words, capitals, wanted;
    Py_ssize_t counts[CLASSES];
    int first, last, is_prose;
} Line;

/* Numbers by key; which number a key gets depends on nothing but the order of keys. */
typedef struct { uint64_t key; Py_ssize_t number; } Entry; /* from 1; 0: none */
typedef struct { Entry *entries; int bits; } Table;

typedef struct { uint64_t key; Py_ssize_t place; } Key; /* to sort by */

enum { MAX_HELD = 24 };

typedef struct {
    Py_ssize_t lines, words, chars; /* how many; chars are of the lines' length */
    Line *line;
    uint64_t *word;                 /* hashes */
    int16_t *rows;                  /* a row for each feature, a column for each line */
    Py_ssize_t *groups[GROUPS];     /* the number of each line's group */
    int64_t *scores[TABLES];        /* what each line's words say */
    Py_ssize_t titled;              /* different words of the title */
    /* To work with: */
    Table table;
    uint64_t *keys;
    Py_ssize_t *numbers, *low, *high;
    int64_t *values, *sums;
    Key *sorted, *spare;
    uint8_t *told;                  /* how often, by a word's code: never, once, more */
    void *held[MAX_HELD];           /* all memory */
    int held_count;
} Page;

/* Room for so many, and one more, which goes with the page; NULL with an error set. */
static void *
take(Page *page, Py_ssize_t count, size_t size)
{
    if (page->held_count == MAX_HELD) {
        PyErr_SetString(PyExc_SystemError, "a page holds more than MAX_HELD");
        return NULL;
    }
    int is_much = (size_t)count >= PY_SSIZE_T_MAX / size;
    void *room = is_much ? NULL : PyMem_Malloc(((size_t)count + 1) * size);
    if (room == NULL) PyErr_NoMemory();
    else page->held[page->held_count++] = room;
    return room;
}

static void
free_page(Page *page)
{
    while (page->held_count) PyMem_Free(page->held[--page->held_count]);
}

/* A quotient rounded down; the divisor is above 0. */
static inline int64_t
over(int64_t value, int64_t by)
{
    if (((uint64_t)value | (uint64_t)by) <= UINT32_MAX)
        return (uint32_t)value / (uint32_t)by;
    return value / by - (value % by < 0);
}

static inline int16_t *
row_of(const Page *page, int feature)
{
    return page->rows + feature * page->lines;
}

static inline void
put(const Page *page, int feature, Py_ssize_t i, int64_t value)
{
    row_of(page, feature)[i] = (int16_t)at_least(-LARGEST, at_most(LARGEST, value));
}

static void
put_all(const Page *page, int feature, const int64_t *values)
{
    for (Py_ssize_t i = 0; i < page->lines; i++) put(page, feature, i, values[i]);
}

static void
put_same(const Page *page, int feature, int64_t value)
{
    for (Py_ssize_t i = 0; i < page->lines; i++) put(page, feature, i, value);
}
