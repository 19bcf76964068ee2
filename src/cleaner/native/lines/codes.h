/* The codes of a line, in the order of its row, and how many there are for each. */

#pragma once
#include "../common.h"

enum { OWN = 3, PLACE = 11, NEAR = 19, REPEATS = 27, TITLE, SHARED, GONE = 31,
       WORDS = 39, CODES = 42 };

/* As features.py and storage.py say. */
static const uint8_t CODE_COUNTS[CODES] = {
    16, 15, 10, 16, 8, 4, 8, 4, 6, 8, 6, 12, 12, 9, 9, 9, 10, 10, 12, 17, 16, 11, 17, 16,
    11, 5, 4, 3, 8, 9, 8, 5, 5, 10, 10, 8, 8, 8, 8, 34, 34, 34,
};

#define CODE(cuts, value) code_of(cuts, SIZE(cuts), value)

/* How many of the rising cuts the value has reached. */
static uint8_t
code_of(const int64_t *cuts, Py_ssize_t count, int64_t value)
{
    uint8_t code = 0;
    while (code < count && value >= cuts[code]) code++;
    return code;
}
