/* What the page model knows: tables of words, and trees. */

#pragma once
#include "page.h"

/* Takes the lines that reach a threshold out of a group and makes of them the next one.
   A tree begins with all lines in a group and ends with a group for each leaf. */
typedef struct { uint32_t group, question; } Split;

/* How many splits a tree has, and how many digits its leaves; they count from its
   lowest. */
typedef struct { int splits, digits; } Tree;

enum { MAX_NODES = 255, LEAF_DIGITS = 16, MAX_SUM_DIGITS = 32 };

typedef struct {
    PyObject_HEAD
    uint8_t classes[BMP];
    uint16_t folded[BMP];
    int8_t words[1 << WORD_BITS][TABLES];
    int8_t kinds[1 << KIND_BITS][KINDS];
    Py_ssize_t trees, tree_nodes;
    int16_t *thresholds;            /* all questions, by row */
    Py_ssize_t questions[ROWS + 1]; /* where a row's begin */
    Tree *forest;
    Split *splits;                  /* tree by tree */
    uint16_t *having;               /* tree by tree, digit by digit: how many groups have
                                       it, and which */
    int sum_digits;                 /* of the highest sum */
    int64_t base;                   /* the lowest */
    int16_t *chances;               /* in thousandths, by a sum in steps */
    Py_ssize_t chance_count;
} Model;
