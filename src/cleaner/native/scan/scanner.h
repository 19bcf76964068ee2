/* What a scanner knows of the phrases and signatures that it looks for.

   A phrase of seven units or more is found by six of them in a row at one of two places,
   one of five or six by four: so a look at every second place of a line is enough. A
   shorter phrase is found where it begins, or by a character of it that is less common
   and what follows it. Signatures are found by an automaton over classes. */

#pragma once
#include "../common.h"

enum { HASH_BITS = 18, HASHES = 1 << HASH_BITS, GRAM = 4,
       WIDE_GRAM = 6, STRIDE = 2, MIDDLE = GRAM + STRIDE - 1,
       LONG = WIDE_GRAM + STRIDE - 1, BITS = 64 };

/* What a key may ask: no letter or digit before it, none after it, a letter before it. */
enum { OPENS_WORD = 1, ENDS_WORD = 2, IS_GLUED = 4 };

/* Flags of characters: a short key is found by it, at a word's start or anywhere; it is
   a space. The same LETS bits further up: that the next one may be so. */
enum { OPENS = 1, OPENS_ANYWHERE = 2, SPACE = 4, LETS = 4 };

/* What a character is folded to, its class in the signatures, and flags. */
typedef struct { uint16_t folded; uint8_t class, flags; } Character;

typedef struct {
    uint16_t *units; /* the folded phrase */
    int32_t slot;
    int16_t length;
    uint8_t asks;    /* what must stand beside it */
} Key; /* small, for there are twenty thousand */

/* A way to a key: by a gram of so many units that stands at a place of it. `gram` and
   `other` are what must stand there and four units on or back, so that few keys need be
   looked at. Small, for it is seldom at hand in the processor's cache. */
typedef struct {
    uint64_t gram, other;
    int32_t key;
    int16_t gram_at;
    int8_t other_at, units;
} Way;

/* Where a key is to be sought, by the hash of what stands there. */
typedef struct { uint32_t at, hash; } Place;

/* One line, folded, where in it a short key may be, and places to look at. They are
   collected without a branch, which would be foretold wrongly too often. */
typedef struct {
    uint16_t *units;
    uint32_t *openings;
    Place *places;
    Py_ssize_t length, opening_count, place_count, room;
} Folded;

typedef struct {
    PyObject_HEAD
    PyObject *slots;
    Py_ssize_t *longest;          /* by slot: of a line in which it counts */
    Py_ssize_t slot_count, key_count, way_count, class_count;
    Character characters[BMP];
    uint64_t seen[HASHES / BITS]; /* the hashes of all grams, a bit each */
    uint32_t ranks[HASHES / BITS]; /* how many bits are set before each 64 of them */
    uint32_t *first_way;          /* by a hash's rank, and where the last one's end */
    Key *keys;
    Way *ways;                    /* sorted by hash */
    uint32_t *next_state;         /* by state and class; states are places of rows */
    uint32_t first_telling;       /* from this state on, states tell of signatures */
    PyObject *told;               /* by state from there on, slot numbers in a tuple */
    /* Room that calls use again, one after the other: they hold the interpreter. */
    Folded line;
    int64_t *last_mark;           /* by slot */
    int64_t mark;
} Scanner;

static inline uint32_t
hash_of(uint64_t gram)
{
    return (uint32_t)((gram * GOLDEN) >> (64 - HASH_BITS));
}

static inline uint64_t
gram_at(const uint16_t *units)
{
    uint64_t gram;
    memcpy(&gram, units, sizeof gram);
    return gram;
}

/* The hash of the six units at a place, of which four are the gram. */
static inline uint32_t
wide_hash(const uint16_t *units, uint64_t gram)
{
    uint64_t others = units[GRAM] | (uint32_t)units[GRAM + 1] << 16;
    return hash_of(gram + others * SPREAD);
}

/* A mask for grams of which only the first units count, at least one. */
static inline uint64_t
mask_of(Py_ssize_t units)
{
    static const uint16_t masks[GRAM][GRAM] = {
        {0xFFFF}, {0xFFFF, 0xFFFF}, {0xFFFF, 0xFFFF, 0xFFFF},
        {0xFFFF, 0xFFFF, 0xFFFF, 0xFFFF},
    };
    return gram_at(masks[units - 1]);
}

static inline int
is_seen(const uint64_t *seen, uint32_t hash)
{
    return seen[hash / BITS] >> (hash % BITS) & 1;
}

static inline uint32_t
rank_of(const Scanner *self, uint32_t hash)
{
    uint64_t before = self->seen[hash / BITS] & (((uint64_t)1 << (hash % BITS)) - 1);
    return self->ranks[hash / BITS] + BITS_SET(before);
}

static inline int
is_letter(uint16_t unit)
{
    return unit >= 'a' && unit <= 'z';
}

static inline int
is_of_word(uint16_t unit)
{
    return is_letter(unit) || (unit >= '0' && unit <= '9') || unit == '_';
}

static void
free_room(Folded *line)
{
    PyMem_Free(line->units);
    PyMem_Free(line->openings);
    PyMem_Free(line->places);
    *line = (Folded){NULL, NULL, NULL, 0, 0, 0, 0};
}

/* Room for so many characters, each an opening, and a place to end on. */
static int
make_room(Folded *line, Py_ssize_t characters)
{
    free_room(line);
    line->units = PyMem_New(uint16_t, characters + WIDE_GRAM);
    line->openings = PyMem_New(uint32_t, characters + 1);
    line->places = PyMem_New(Place, (GRAM + 1) * characters + 1);
    if (line->units && line->openings && line->places) {
        line->room = characters;
        return 0;
    }
    free_room(line);
    return no_memory();
}
