/* How a line begins and ends; the same as `_edge` in model/features.py. */

#pragma once
#include "document.h"

static const int64_t LENGTH_CUTS[] = {1, 3, 6, 10, 16, 24, 34, 46, 60, 76, 96, 125, 170,
                                      240, 400};

static uint8_t
end_code(const uint16_t *classes, Text line)
{
    Py_UCS4 last = char_at(line, line.size - 1);
    Py_UCS4 second = line.size > 1 ? char_at(line, line.size - 2) : 0;
    unsigned code = class_of(classes, last) & END;
    unsigned before = second ? class_of(classes, second) & END : 0;
    if (last == '.' && second == '.' && line.size > 2
        && char_at(line, line.size - 3) == '.')
        return LAST_STOP;
    if ((code == QUOTE || code == BRACKET) && before >= STOP && before <= LAST_STOP)
        return ENDED_INSIDE;
    if (code) return (uint8_t)code;
    if (Py_UNICODE_ISLOWER(last)) return 0;
    return Py_UNICODE_ISUPPER(last) ? UPPER_END : OTHER_END;
}

static uint8_t
start_code(const uint16_t *classes, Py_UCS4 first)
{
    unsigned code = class_of(classes, first) >> START_SHIFT & START;
    if (code) return (uint8_t)code;
    if (Py_UNICODE_ISUPPER(first)) return 0;
    if (Py_UNICODE_ISLOWER(first)) return LOWER_START;
    return Py_UNICODE_ISALPHA(first) ? ALPHA_START : OTHER_START;
}

/* The codes of a line's length, end and start, be there such a line or none. */
static void
edge_codes(const uint16_t *classes, const Document *document, Py_ssize_t i,
           uint8_t *codes)
{
    if (i < 0 || i >= PyTuple_GET_SIZE(document->lines)) {
        codes[0] = SIZE(LENGTH_CUTS) + 1;
        codes[1] = NO_LINE_END;
        codes[2] = NO_LINE_START;
        return;
    }
    Text line = line_at(document, i);
    codes[0] = CODE(LENGTH_CUTS, line.size);
    codes[1] = end_code(classes, line);
    codes[2] = start_code(classes, char_at(line, 0));
}
