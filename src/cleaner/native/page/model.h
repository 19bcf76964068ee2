/* What the page model knows: tables of words, and trees. */

#pragma once
#include "page.h"

enum { BATCH = 16 };
typedef int16_t Batch[ROWS][BATCH]; /* the rows of some lines, close together */

/* A question of a tree: whether the row, of which it has the place in a batch, reaches
   the threshold. */
typedef struct { uint16_t row; int16_t threshold; } Node;

typedef struct {
    PyObject_HEAD
    uint8_t classes[BMP];
    uint16_t folded[BMP];
    int8_t words[1 << WORD_BITS][TABLES];
    int8_t kinds[1 << KIND_BITS][KINDS];
    Node *nodes;
    int16_t *leaves;
    Py_ssize_t trees, tree_nodes;
    int64_t base;
} Model;
