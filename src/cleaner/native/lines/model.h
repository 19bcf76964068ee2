/* What the line model knows: words with their weights, and a forest for each kind. */

#pragma once
#include "../common.h"

enum { MAX_FOLDED = 3, STORY = 8000 /* context.py */ };

/* A word of a folded line: where it stands, and a hash of it. */
typedef struct { uint64_t hash; Py_ssize_t start, size; } Word;

/* Folded characters, and the words in them. */
typedef struct {
    Py_UCS4 *units;
    Word *words;
    Py_ssize_t size, word_count, room;
} Folded;

/* A word that has weights: where its characters stand. */
typedef struct { uint32_t hash, start, size; int32_t noise, frame; } Weighed;

/* Boosted trees: for each code a mask of the leaves that it leaves. */
typedef struct {
    uint64_t *masks;
    int32_t *weights; /* of the leaves */
    Py_ssize_t cells; /* of 64 leaves */
    int64_t base;
} Forest;

enum { PAIR_BITS = 12 };

/* The story folded; for each pair of characters the last place where it stands, and from
   there the one before, counted from 1. */
typedef struct {
    Py_UCS4 units[MAX_FOLDED * STORY];
    uint16_t before[MAX_FOLDED * STORY], last[1 << PAIR_BITS];
    Py_ssize_t size;
} Story;

enum { ON_NOISE, ON_FRAME, ON_INSET, VERDICTS }; /* what words speak on */
/* MAX_LOOKS: places tried for a word; of a million words none needs more than some
   hundred. */
enum { KINDS = 2, MAX_CUTS = 33, MAX_CELLS = 1024, MAX_PLANES = 24, MAX_LOOKS = 4096 };
static const int64_t MAX_BASE = (int64_t)1 << 40, MAX_WEIGHTS = (int64_t)1 << 62;

typedef struct {
    PyObject_HEAD
    uint16_t classes[BMP], folds[BMP]; /* 0: folds to more than one character */
    PyObject *names;                   /* all words with weights, */
    const Py_UCS4 *characters;         /* their characters, */
    Py_UCS4 *copied;                   /* and a copy of these if there must be one */
    Weighed *table;
    uint64_t room;                     /* of the table, a power of two */
    Story *spare;                      /* room of the last call, for the next one */
    int64_t cuts[VERDICTS][MAX_CUTS];  /* of the words' sums */
    Py_ssize_t cut_count[VERDICTS];
    Forest forests[KINDS];
} Model;

static inline uint64_t
place_of(const Model *self, uint64_t hash)
{
    return (hash ^ hash >> 29) & (self->room - 1);
}
