/* Trees made ready: each question once, and how the answers split the lines. */

#pragma once
#include "model.h"

/* The tables that model/page.py gives: full levels, tree by tree. */
typedef struct { const int16_t *rows, *thresholds, *leaves; } Tables;

/* A question as a number; their order is that by row and threshold. */
static uint32_t
key_of(int16_t row, int16_t threshold)
{
    return (uint32_t)row << 16 | (uint32_t)(threshold - INT16_MIN);
}

static int
by_number(const void *a, const void *b)
{
    uint32_t first = *(const uint32_t *)a, second = *(const uint32_t *)b;
    return (first > second) - (first < second);
}

/* Lists what all trees ask, in order, each question once. */
static int
set_questions(Model *self, const Tables *tables)
{
    Py_ssize_t nodes = self->trees * self->tree_nodes, count = 0;
    uint32_t *keys = PyMem_New(uint32_t, nodes);
    if (keys == NULL) return no_memory();
    for (Py_ssize_t i = 0; i < nodes; i++)
        keys[i] = key_of(tables->rows[i], tables->thresholds[i]);
    qsort(keys, (size_t)nodes, sizeof *keys, by_number);
    for (Py_ssize_t i = 0; i < nodes; i++) {
        if (i && keys[i] == keys[i - 1]) continue;
        self->thresholds[count++] = (int16_t)((int)(keys[i] & 0xFFFF) + INT16_MIN);
        self->questions[(keys[i] >> 16) + 1] = count;
    }
    for (Py_ssize_t *row = self->questions; row < self->questions + ROWS; row++)
        row[1] = at_least(row[0], row[1]);
    PyMem_Free(keys);
    return 0;
}

static uint32_t
question_of(const Model *self, int16_t row, int16_t threshold)
{
    Py_ssize_t low = self->questions[row], high = self->questions[row + 1];
    while (high - low > 1) {
        Py_ssize_t middle = low + (high - low) / 2;
        if (self->thresholds[middle] <= threshold) low = middle;
        else high = middle;
    }
    return (uint32_t)low;
}

/* A tree on its way, with the leaf of each group. */
typedef struct {
    Tables tables;
    Split *splits;
    int split_count;
    int16_t leaves[MAX_NODES + 1];
} Sprout;

/* Splits a group by what stands below a node, unless that is the same leaf throughout. */
static void
split(const Model *self, Sprout *tree, Py_ssize_t node, int group)
{
    Py_ssize_t first = node, last = node, nodes = self->tree_nodes;
    for (; first < nodes; last = 2 * last + 2) first = 2 * first + 1;
    const int16_t *leaf = tree->tables.leaves - nodes;
    tree->leaves[group] = leaf[first];
    while (last > first && leaf[last] == leaf[first]) last--;
    if (last == first) return;
    int16_t row = tree->tables.rows[node], threshold = tree->tables.thresholds[node];
    Split made = {(uint32_t)group, question_of(self, row, threshold)};
    tree->splits[tree->split_count] = made;
    int next = ++tree->split_count;
    split(self, tree, 2 * node + 1, group);
    split(self, tree, 2 * node + 2, next);
}

/* Tells of a tree which of its groups have which digits; gives the highest leaf, and
   where to go on. */
static int
set_digits(Model *self, Tree *tree, const Sprout *sprout, uint16_t **having)
{
    int lowest = sprout->leaves[0], highest = lowest;
    for (int group = 1; group <= sprout->split_count; group++) {
        lowest = (int)at_most(lowest, sprout->leaves[group]);
        highest = (int)at_least(highest, sprout->leaves[group]);
    }
    *tree = (Tree){sprout->split_count, 0};
    for (; (highest - lowest) >> tree->digits; tree->digits++) {
        uint16_t *size = (*having)++;
        *size = 0;
        for (int group = 0; group <= sprout->split_count; group++)
            if ((sprout->leaves[group] - lowest) >> tree->digits & 1) {
                *(*having)++ = (uint16_t)group;
                ++*size;
            }
    }
    self->base += lowest;
    return highest - lowest;
}

static void
set_trees(Model *self, Tables tables)
{
    Split *splits = self->splits;
    uint16_t *having = self->having;
    uint64_t highest = 0;
    for (Py_ssize_t tree = 0; tree < self->trees; tree++) {
        Py_ssize_t nodes = tree * self->tree_nodes;
        Sprout sprout = {.tables = {tables.rows + nodes, tables.thresholds + nodes,
                                    tables.leaves + nodes + tree},
                         .splits = splits};
        split(self, &sprout, 0, 0);
        highest += (uint64_t)set_digits(self, self->forest + tree, &sprout, &having);
        splits += sprout.split_count;
    }
    while (highest >> self->sum_digits) self->sum_digits++;
}

/* Takes the trees over, which must ask for rows that are there. */
static int
set_forest(Model *self, Tables tables)
{
    Py_ssize_t nodes = self->trees * self->tree_nodes, leaves = nodes + self->trees;
    for (Py_ssize_t node = 0; node < nodes; node++)
        if (tables.rows[node] < 0 || tables.rows[node] >= ROWS)
            return refused("a tree asks for a feature that is not there");
    self->thresholds = PyMem_New(int16_t, nodes);
    self->forest = PyMem_New(Tree, self->trees);
    self->splits = PyMem_New(Split, nodes);
    self->having = PyMem_New(uint16_t, LEAF_DIGITS * (leaves + self->trees));
    if (!self->thresholds || !self->forest || !self->splits || !self->having)
        return no_memory();
    if (set_questions(self, &tables) < 0) return -1;
    set_trees(self, tables);
    return 0;
}
