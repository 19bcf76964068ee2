/* Numbers for keys, equal ones alike, and the order of lines by a value. */

#pragma once
#include "../salt.h"
#include "page.h"

/* Where a key stands in the table, or would stand. */
static Entry *
entry_of(const Table *table, uint64_t key)
{
    uint64_t last = ((uint64_t)1 << table->bits) - 1;
    uint64_t place = place_of_key(key, table->bits);
    while (table->entries[place].number && table->entries[place].key != key)
        place = (place + 1) & last;
    return table->entries + place;
}

static int
has_key(const Table *table, uint64_t key)
{
    return entry_of(table, key)->number > 0;
}

static Py_ssize_t
number_of(Table *table, uint64_t key, Py_ssize_t *count)
{
    Entry *entry = entry_of(table, key);
    if (!entry->number) *entry = (Entry){key, ++*count};
    return entry->number - 1;
}

/* How many entries a table needs for so many keys. */
static Py_ssize_t
table_room(Py_ssize_t keys)
{
    return (Py_ssize_t)1 << table_bits((uint64_t)keys);
}

/* Makes a table ready for so many keys. */
static void
clear(Table *table, Py_ssize_t keys)
{
    table->bits = table_bits((uint64_t)keys);
    memset(table->entries, 0, sizeof(Entry) << table->bits);
}

/* Numbers `page->keys`, equal ones alike; how many different there are. */
static Py_ssize_t
numbered(Page *page, Py_ssize_t keys, Py_ssize_t *numbers)
{
    Py_ssize_t count = 0;
    clear(&page->table, keys);
    for (Py_ssize_t i = 0; i < keys; i++)
        numbers[i] = number_of(&page->table, page->keys[i], &count);
    return count;
}

/* How many lines have each number, in `page->low`. */
static void
count_numbers(Page *page, const Py_ssize_t *numbers)
{
    memset(page->low, 0, (size_t)page->lines * sizeof *page->low);
    for (Py_ssize_t i = 0; i < page->lines; i++) page->low[numbers[i]]++;
}

/* Sorts keys, equal ones as they stood, by one byte of them. */
static void
sort_by_byte(const Key *from, Key *to, Py_ssize_t count, int shift)
{
    Py_ssize_t starts[257] = {0};
    for (Py_ssize_t i = 0; i < count; i++) starts[(from[i].key >> shift & 255) + 1]++;
    for (int byte = 0; byte < 255; byte++) starts[byte + 1] += starts[byte];
    for (Py_ssize_t i = 0; i < count; i++)
        to[starts[from[i].key >> shift & 255]++] = from[i];
}

/* The lines by their value, the lowest first; in `page->sorted`. */
static void
sort_lines(Page *page, const int64_t *values)
{
    int64_t lowest = values[0], highest = values[0];
    for (Py_ssize_t i = 0; i < page->lines; i++) {
        lowest = at_most(lowest, values[i]);
        highest = at_least(highest, values[i]);
    }
    for (Py_ssize_t i = 0; i < page->lines; i++)
        page->sorted[i] = (Key){(uint64_t)(values[i] - lowest), i};
    for (int shift = 0; shift < 64 && (uint64_t)(highest - lowest) >> shift; shift += 8) {
        sort_by_byte(page->sorted, page->spare, page->lines, shift);
        Key *sorted = page->spare;
        page->spare = page->sorted;
        page->sorted = sorted;
    }
}
