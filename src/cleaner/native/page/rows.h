/* What the Python modules number and name, and the rows that the trees see. */

#pragma once
#include "../common.h"

/* page_text.py */
enum { CLASSES = 16, WORD_BITS = 16, KIND_BITS = 14 };
enum { GAP, LOWER, UPPER, LETTER, WIDE, DIGIT, STOP, COMMA, QUOTE, BRACKET, DASH,
       BULLET, SIGN };
static const uint64_t FACTOR = GOLDEN, MIXER = 0xBF58476D1CE4E5B9u,
                      OPENING = 0x94D049BB133111EBu, CLOSING = SPREAD,
                      PAIR = 0xA0761D6478BD642Fu;
/* page.py */
enum { TABLES = 2, KINDS = 7, UNITS = 1000, LEVELS = 5, CHANCE_STEP = 8,
       MIN_NOISE_PER_MILLE = 60 };
static const int LEVEL_PERCENT[LEVELS] = {10, 30, 50, 70, 90};
/* page_features.py, page_context.py, page_repeats.py */
enum { PROSE_WIDTH = 80, SHORT_LINE = 40, LONG_LINE = 200, FAR_LINES = 60,
       FURTHER_LINES = 300, LARGEST = 32000 };
enum { BLOCK, ALIKE, OPENING_WORD, SECTION, GROUPS };

/* The rows that the trees see, in the order of `page_storage.ROWS`. */
enum {
    LENGTH, WORDS, WORD_CHARS, UPPER_SHARE, SHARES, STOP_COUNT = SHARES + SIGN - LETTER
    + 1, COMMA_COUNT, FIRST, LAST, CAPITALS, INDENT, GAP_BEFORE, GAP_AFTER, DEEPER,
    DEEPER_NEXT, LINE_SHARE, CHAR_SHARE, LINE_NUMBER, LINES_LEFT, LINE_COUNT,
    CHAR_COUNT, REPEATS, SHAPE_RUN, OPENINGS, TITLE_SHARE, TITLE_COVER, SINCE_TITLE,
    KNOWN_WORDS, KNOWN_COUNT, PROSE_BEFORE, PROSE_AFTER, PROSE_CHARS_BEFORE,
    PROSE_SHARE, CHARS_1, CHARS_3, CHARS_8, CHARS_25, STOPS_3, STOPS_8, PROSE_3,
    PROSE_8, PROSE_25, BULLETS_5, DIGITS_5, DEPTH_RANK, REPEATS_8, OPENINGS_8,
    CHARS_BEHIND, CHARS_AHEAD, PROSE_BEHIND, PROSE_AHEAD, SAME_LENGTH, REPEATS_AHEAD,
    BLOCK_LINES, BLOCK_CHARS, BLOCK_STOPS, PEERS, PEERS_CHARS, COPIES_BEFORE,
    COPIES_AFTER, SINCE_COPY, SEEN_BEFORE, SEEN_AFTER, SINCE_HEAD, TO_HEAD, HEAD_LENGTH,
    HEAD_TITLE_SHARE, SECTION_LINES, SECTION_CHARS, SECTION_STOPS, LISTED_SHARE,
    SHORT_SHARE, LONG_SHARE, REPEATED_SHARE, GAP_SHARE, MEAN_STOPS, MEAN_DIGITS,
    LONGEST, TITLED_LINES, NEAR,
};
static const int NEAR_ROWS[] = {LENGTH, LAST, FIRST, WORDS, STOP_COUNT, CAPITALS,
                                INDENT};
static const int STEPS[] = {-1, 1, -2, 2};
static const int RANKED[] = {LENGTH, PROSE_8, PROSE_25, CHARS_8, CHARS_25, STOPS_8,
                             KNOWN_COUNT};
#define ALL (PY_SSIZE_T_MAX / 2) /* a reach over the whole page */
typedef struct { Py_ssize_t behind, ahead; } Reach;
static const Reach CONTEXT_WINDOWS[] = {
    {2, 2}, {6, 6}, {20, 20}, {5, 0}, {30, 0}, {ALL, 0}, {0, 5}, {0, 30}, {0, ALL}};
/* Of a table's context: the score, two neighbours, windows, the highest, since when. */
enum { WINDOWS = 3, HIGHEST = WINDOWS + SIZE(CONTEXT_WINDOWS), SINCE_HIGHEST, CONTEXT };
static const int RANKED_AROUND[] = {0, 3, 4, 5, CONTEXT + 4};

enum {
    AROUND = NEAR + SIZE(NEAR_ROWS) * SIZE(STEPS), KIND = AROUND + TABLES * CONTEXT,
    LEVEL = KIND + KINDS, GROUP = LEVEL + LEVELS, HEAD = GROUP + GROUPS,
    RANK = HEAD + TABLES, ROWS = RANK + SIZE(RANKED) + SIZE(RANKED_AROUND),
};
