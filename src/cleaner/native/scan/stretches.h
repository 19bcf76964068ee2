/* Stretches of a text that stand at another place of it as well. */

#pragma once
#include "../common.h"

/* A stretch that stands anywhere holds one of the windows that begin at every so many
   characters of the text: so a look at those is enough. */
enum { WINDOW = 8 };

/* A window of a stretch: the number of the stretch, from 1, and where in it. */
typedef struct { uint32_t stretch, at; } Window;

typedef struct {
    Py_ssize_t *starts;
    Py_ssize_t count, length;
    char *stands_again;
    Window *table; /* by the hash of the window */
    uint64_t last; /* place of the table */
} Stretches;

static inline uint64_t
window_hash(Text text, Py_ssize_t i)
{
    const char *from = (const char *)text.data + i * text.width;
    uint64_t hash = 0, word;
    for (int byte = 0; byte < WINDOW * text.width; byte += 8) {
        memcpy(&word, from + byte, sizeof word);
        hash = (hash ^ word) * GOLDEN;
        hash ^= hash >> 32;
    }
    return hash;
}

static void
set_windows(const Stretches *found, Text text)
{
    for (Py_ssize_t n = 0; n < found->count; n++)
        for (Py_ssize_t at = 0; at + WINDOW <= found->length; at++) {
            uint64_t place = window_hash(text, found->starts[n] + at);
            while (found->table[place &= found->last].stretch) place++;
            found->table[place] = (Window){(uint32_t)n + 1, (uint32_t)at};
        }
}

static int
is_equal(Text text, Py_ssize_t start, Py_ssize_t other, Py_ssize_t length)
{
    const char *data = text.data;
    return !memcmp(data + start * text.width, data + other * text.width,
                   (size_t)(length * text.width));
}

/* Marks the stretches to which the window there belongs, if they stand around it. */
static inline void
mark_around(const Stretches *found, Text text, Py_ssize_t i)
{
    uint64_t place = window_hash(text, i);
    for (; found->table[place &= found->last].stretch; place++) {
        uint32_t n = found->table[place].stretch - 1;
        Py_ssize_t start = i - found->table[place].at;
        if (found->stands_again[n] || start < 0 || start == found->starts[n]
            || start + found->length > text.size)
            continue;
        found->stands_again[n] =
            (char)is_equal(text, start, found->starts[n], found->length);
    }
}

/* Marks those that stand again, by a look at the windows of the text. */
static void
mark_again(const Stretches *found, Text text)
{
    set_windows(found, text);
    for (Py_ssize_t i = 0; i + WINDOW <= text.size; i += found->length - WINDOW + 1)
        mark_around(found, text, i);
}
