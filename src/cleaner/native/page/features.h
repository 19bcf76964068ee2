/* What a line is like, and what is around it; the same as model/page_features.py
   says. */

#pragma once
#include "context.h"
#include "repeats.h"
#include "text.h"

/* A line's length, a wide letter counted as three, and whether it is prose. */
static void
measure(Page *page, Line *line)
{
    line->length = line->end - line->start
        + (NARROW_PER_WIDE - 1) * line->counts[WIDE];
    line->is_prose = line->length >= PROSE_WIDTH
        && (line->last == STOP || line->last == QUOTE || line->last == BRACKET
            || line->counts[STOP] > 1);
    page->chars += line->length;
}

static void
put_own(Page *page, Py_ssize_t i)
{
    const Line *line = page->line + i;
    const Py_ssize_t *counts = line->counts;
    Py_ssize_t ink = 0, words = at_least(1, line->words);
    Py_ssize_t letters = counts[LOWER] + counts[UPPER] + counts[LETTER] + counts[WIDE];
    for (int kind = LOWER; kind < CLASSES; kind++) ink += counts[kind];
    put(page, LENGTH, i, line->length);
    put(page, WORDS, i, line->words);
    put(page, WORD_CHARS, i, over(10 * letters, words));
    put(page, UPPER_SHARE, i, over(100 * counts[UPPER], at_least(1, letters)));
    for (int kind = LETTER; kind <= SIGN; kind++)
        put(page, SHARES + kind - LETTER, i, over(100 * counts[kind], ink));
    put(page, STOP_COUNT, i, counts[STOP]);
    put(page, COMMA_COUNT, i, counts[COMMA]);
    put(page, FIRST, i, line->first);
    put(page, LAST, i, line->last);
    put(page, CAPITALS, i, over(100 * line->capitals, words));
    put(page, INDENT, i, at_most(MAX_INDENT, line->indent));
    put(page, GAP_BEFORE, i, at_most(MAX_GAP, line->gap));
}

static inline int64_t
step_in(int64_t indents)
{
    return at_least(-MAX_STEP, at_most(MAX_STEP, indents));
}

static void
put_placed(Page *page)
{
    Py_ssize_t chars = 0, last = page->lines - 1;
    for (Py_ssize_t i = 0; i <= last; i++) {
        const Line *line = page->line + i, *next = i < last ? line + 1 : NULL;
        put(page, GAP_AFTER, i, next ? at_most(MAX_GAP, next->gap) : MAX_GAP);
        put(page, DEEPER, i, step_in(line->indent - (i ? line[-1].indent : 0)));
        put(page, DEEPER_NEXT, i, next ? step_in(next->indent - line->indent) : 0);
        put(page, LINE_SHARE, i, over(1000 * i, page->lines));
        put(page, CHAR_SHARE, i, over(1000 * chars, page->chars));
        put(page, LINE_NUMBER, i, i);
        put(page, LINES_LEFT, i, last - i);
        chars += line->length;
        page->values[i] = line->indent;
    }
    put_same(page, LINE_COUNT, page->lines);
    put_same(page, CHAR_COUNT, page->chars);
    put_ranks(page, DEPTH_RANK, page->values, 100);
}

/* Where a table of words has a word of the line. */
static inline uint64_t
word_code(const Page *page, const Line *line, Py_ssize_t w)
{
    return page->word[line->first_word + w] >> (64 - WORD_BITS);
}

/* Words that stand more often in the page's prose than this once. */
static void
put_known(Page *page)
{
    memset(page->told, 0, 1 << WORD_BITS);
    for (const Line *line = page->line; line < page->line + page->lines; line++)
        for (Py_ssize_t w = 0; w < line->words && line->is_prose; w++) {
            uint8_t *times = page->told + word_code(page, line, w);
            *times += *times < 2;
        }
    for (Py_ssize_t i = 0; i < page->lines; i++) {
        const Line *line = page->line + i;
        Py_ssize_t known = 0;
        for (Py_ssize_t w = 0; w < line->words; w++)
            known += page->told[word_code(page, line, w)] > line->is_prose;
        put(page, KNOWN_WORDS, i, over(100 * known, at_least(1, line->words)));
        put(page, KNOWN_COUNT, i, at_most(MAX_KNOWN, known));
    }
}

/* Counts for each line the words that stand in the title. */
static int
see_title(Page *page, PyObject *title, const Alphabet *alphabet)
{
    Page own = {0};
    int failed = taken_apart(&own, text_of(title), alphabet);
    Table table = {take(&own, table_room(own.words), sizeof(Entry)), 0};
    failed = failed || table.entries == NULL;
    if (!failed) clear(&table, own.words);
    for (Py_ssize_t w = 0; w < own.words && !failed; w++)
        number_of(&table, own.word[w], &page->titled);
    for (Line *line = page->line; line < page->line + page->lines && !failed; line++)
        for (Py_ssize_t w = 0; w < line->words; w++)
            line->wanted += has_key(&table, page->word[line->first_word + w]);
    free_page(&own);
    return failed ? -1 : 0;
}

/* How much a line shares with the title, and how far below such a line it is. */
static void
put_titled(Page *page)
{
    Py_ssize_t since = FAR_LINES, titled = 0;
    for (int row = TITLE_SHARE; row <= SINCE_TITLE && !page->titled; row++)
        put_same(page, row, -1);
    for (Py_ssize_t i = 0; i < page->lines && page->titled; i++) {
        const Line *line = page->line + i;
        int64_t share = over(100 * line->wanted, at_least(1, line->words));
        int64_t cover = at_most(100, over(100 * line->wanted, page->titled));
        int is_like = share >= TITLE_PERCENT && cover >= TITLE_PERCENT;
        since = is_like ? 0 : at_most(FAR_LINES, since + 1);
        titled += since == 0;
        put(page, TITLE_SHARE, i, share);
        put(page, TITLE_COVER, i, cover);
        put(page, SINCE_TITLE, i, since);
    }
    put_same(page, TITLED_LINES, titled);
}

/* ---- Sections and windows ---- */

static int
is_head(const Line *line)
{
    return line->gap > 0 && line->length < PROSE_WIDTH && line->first != BULLET
        && line->last != STOP;
}

/* One section: from its heading up to the next. */
static void
put_section(Page *page, Py_ssize_t head, Py_ssize_t end)
{
    for (Py_ssize_t i = head; i < end; i++) {
        put(page, SINCE_HEAD, i, at_most(FURTHER_LINES, i - head));
        put(page, TO_HEAD, i, at_most(FURTHER_LINES, end - i));
        put(page, HEAD_LENGTH, i, page->line[head].length);
        put(page, HEAD_TITLE_SHARE, i, row_of(page, TITLE_SHARE)[head]);
        put(page, SECTION_LINES, i, at_most(FURTHER_LINES, end - head));
        for (int table = 0; table < TABLES; table++)
            put(page, HEAD + table, i, page->scores[table][head]);
    }
}

static void
put_headed(Page *page)
{
    Py_ssize_t section = 0;
    for (Py_ssize_t head = 0, end; head < page->lines; head = end, section++) {
        for (end = head + 1; end < page->lines && !is_head(page->line + end);) end++;
        for (Py_ssize_t i = head; i < end; i++) page->groups[SECTION][i] = section;
        put_section(page, head, end);
    }
}

static void
put_grouped(Page *page)
{
    put_copies(page, BLOCK_LINES, page->groups[BLOCK], FAR_LINES);
    put_copies(page, PEERS, page->groups[ALIKE], FAR_LINES);
    for (Py_ssize_t i = 0; i < page->lines; i++) page->values[i] = page->line[i].length;
    put_means(page, BLOCK_CHARS, page->groups[BLOCK]);
    put_means(page, PEERS_CHARS, page->groups[ALIKE]);
    put_means(page, SECTION_CHARS, page->groups[SECTION]);
    for (Py_ssize_t i = 0; i < page->lines; i++)
        page->values[i] = page->line[i].counts[STOP];
    put_means(page, BLOCK_STOPS, page->groups[BLOCK]);
    put_means(page, SECTION_STOPS, page->groups[SECTION]);
}

static void
put_around(Page *page)
{
    Py_ssize_t prose = 0, done = 0, since = FAR_LINES;
    for (Py_ssize_t i = 0; i < page->lines; i++)
        if (page->line[i].is_prose) prose += page->line[i].length;
    prose = at_least(1, prose);
    for (Py_ssize_t i = 0; i < page->lines; i++) {
        since = page->line[i].is_prose ? 0 : at_most(FAR_LINES, since + 1);
        put(page, PROSE_BEFORE, i, since);
        put(page, PROSE_CHARS_BEFORE, i, over(1000 * done, prose));
        if (page->line[i].is_prose) done += page->line[i].length;
    }
    since = FAR_LINES;
    for (Py_ssize_t i = page->lines - 1; i >= 0; i--) {
        since = page->line[i].is_prose ? 0 : at_most(FAR_LINES, since + 1);
        put(page, PROSE_AFTER, i, since);
    }
    put_same(page, PROSE_SHARE, over(1000 * prose, page->chars));
}

enum { SIGNAL_CHARS, SIGNAL_STOPS, SIGNAL_PROSE, SIGNAL_LISTED, SIGNAL_DIGITS,
       SIGNAL_REPEATS, SIGNAL_OPENINGS, SIGNAL_JUMP };

/* Means over windows: of what, in order of it, and how far they reach. */
static const struct { int row, signal; Reach reach; } SIGNAL_WINDOWS[] = {
    {CHARS_1, SIGNAL_CHARS, {1, 1}}, {CHARS_3, SIGNAL_CHARS, {3, 3}},
    {CHARS_8, SIGNAL_CHARS, {8, 8}}, {CHARS_25, SIGNAL_CHARS, {25, 25}},
    {CHARS_BEHIND, SIGNAL_CHARS, {5, 0}}, {CHARS_AHEAD, SIGNAL_CHARS, {0, 5}},
    {STOPS_3, SIGNAL_STOPS, {3, 3}}, {STOPS_8, SIGNAL_STOPS, {8, 8}},
    {PROSE_3, SIGNAL_PROSE, {3, 3}}, {PROSE_8, SIGNAL_PROSE, {8, 8}},
    {PROSE_25, SIGNAL_PROSE, {25, 25}}, {PROSE_BEHIND, SIGNAL_PROSE, {20, 0}},
    {PROSE_AHEAD, SIGNAL_PROSE, {0, 20}}, {BULLETS_5, SIGNAL_LISTED, {5, 5}},
    {DIGITS_5, SIGNAL_DIGITS, {5, 5}}, {REPEATS_8, SIGNAL_REPEATS, {8, 8}},
    {REPEATS_AHEAD, SIGNAL_REPEATS, {0, 15}}, {OPENINGS_8, SIGNAL_OPENINGS, {8, 8}},
    {SAME_LENGTH, SIGNAL_JUMP, {3, 3}},
};

static int64_t
signal_of(const Page *page, int signal, Py_ssize_t i)
{
    const Line *line = page->line + i;
    int64_t chars = at_most(MAX_CHARS, line->length);
    switch (signal) {
    case SIGNAL_CHARS: return chars;
    case SIGNAL_STOPS: return at_most(MAX_STOPS, line->counts[STOP]);
    case SIGNAL_PROSE: return line->is_prose ? line->length : 0;
    case SIGNAL_LISTED: return line->first == BULLET;
    case SIGNAL_DIGITS: return row_of(page, SHARES + DIGIT - LETTER)[i];
    case SIGNAL_REPEATS: return row_of(page, REPEATS)[i];
    case SIGNAL_OPENINGS: return row_of(page, OPENINGS)[i];
    default: return llabs(chars - (i ? at_most(MAX_CHARS, line[-1].length) : 0));
    }
}

static void
put_windows(Page *page)
{
    int summed = -1;
    for (int window = 0; window < SIZE(SIGNAL_WINDOWS); window++) {
        int signal = SIGNAL_WINDOWS[window].signal;
        for (Py_ssize_t i = 0; i < page->lines && summed != signal; i++)
            page->values[i] = signal_of(page, signal, i);
        if (summed != signal) sum_up(page);
        summed = signal;
        windowed(page, SIGNAL_WINDOWS[window].reach);
        put_all(page, SIGNAL_WINDOWS[window].row, page->values);
    }
}

/* ---- The page as a whole ---- */

static void
put_whole(Page *page)
{
    int64_t listed = 0, brief = 0, wide = 0, repeated = 0;
    int64_t gaps = 0, stops = 0, digits = 0, longest = 0;
    for (Py_ssize_t i = 0; i < page->lines; i++) {
        const Line *line = page->line + i;
        if (line->first == BULLET) listed += line->length;
        if (line->length < SHORT_LINE) brief += line->length;
        if (line->length >= LONG_LINE) wide += line->length;
        if (row_of(page, REPEATS)[i] > 1) repeated += line->length;
        gaps += line->gap > 0;
        stops += line->counts[STOP];
        digits += row_of(page, SHARES + DIGIT - LETTER)[i];
        longest = at_least(longest, line->length);
    }
    put_same(page, LISTED_SHARE, over(1000 * listed, page->chars));
    put_same(page, SHORT_SHARE, over(1000 * brief, page->chars));
    put_same(page, LONG_SHARE, over(1000 * wide, page->chars));
    put_same(page, REPEATED_SHARE, over(1000 * repeated, page->chars));
    put_same(page, GAP_SHARE, over(100 * gaps, page->lines));
    put_same(page, MEAN_STOPS, over(10 * stops, page->lines));
    put_same(page, MEAN_DIGITS, over(10 * digits, page->lines));
    put_same(page, LONGEST, longest);
}

/* The features of the lines' neighbours; -1 where there is none. */
static void
put_near(Page *page)
{
    int row = NEAR;
    for (int step = 0; step < SIZE(STEPS); step++)
        for (int near = 0; near < SIZE(NEAR_ROWS); near++, row++)
            for (Py_ssize_t i = 0; i < page->lines; i++) {
                Py_ssize_t other = i + STEPS[step];
                int is_there = other >= 0 && other < page->lines;
                put(page, row, i, is_there ? row_of(page, NEAR_ROWS[near])[other] : -1);
            }
}
