/* The sums of the leaves in which lines end. */

#pragma once
#include "model.h"

/* Down a tree, all lines at once: none of them has to wait for another's step. */
static void
add_tree(const Node *nodes, const int16_t *leaves, Py_ssize_t count, const Batch batch,
         int64_t sums[BATCH])
{
    const int16_t *values = batch[0];
    uint32_t places[BATCH] = {0};
    for (Py_ssize_t level = 1; level <= count; level *= 2)
        for (int lane = 0; lane < BATCH; lane++) {
            Node node = nodes[places[lane]];
            int goes_right = values[node.row + lane] >= node.threshold;
            places[lane] = 2 * places[lane] + 1 + (uint32_t)goes_right;
        }
    for (int lane = 0; lane < BATCH; lane++) sums[lane] += leaves[places[lane] - count];
}

/* The sum of the leaves in which each line ends. */
static void
put_totals(const Model *self, const Page *page, int64_t *totals)
{
    Batch batch = {{0}};
    for (Py_ssize_t first = 0; first < page->lines; first += BATCH) {
        int64_t sums[BATCH] = {0};
        Py_ssize_t count = at_most(BATCH, page->lines - first);
        for (int row = 0; row < ROWS; row++)
            memcpy(batch[row], row_of(page, row) + first, (size_t)count * sizeof **batch);
        for (Py_ssize_t tree = 0; tree < self->trees; tree++)
            add_tree(self->nodes + tree * self->tree_nodes,
                     self->leaves + tree * (self->tree_nodes + 1), self->tree_nodes,
                     batch, sums);
        for (Py_ssize_t i = 0; i < count; i++) totals[first + i] = self->base + sums[i];
    }
}
