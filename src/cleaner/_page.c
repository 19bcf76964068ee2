/* The page model's compiled way: the sums of a page's lines, and what kind of page it is.

   It says the same as `plain_sums` in model/page.py, to which the tests compare it, only
   faster: characters are seen once, and no array is made for a step. Whole numbers only.
   What the numbers mean is said there, in page_features.py and in page_context.py; a
   function here has the name of what it does there. */

#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdint.h>
#include <string.h>

/* page_text.py */
enum { BMP = 65536, CLASSES = 16, WORD_BITS = 16, KIND_BITS = 14 };
enum { GAP, LOWER, UPPER, LETTER, WIDE, DIGIT, STOP, COMMA, QUOTE, BRACKET, DASH, BULLET,
       SIGN };
static const uint64_t FACTOR = 0x9E3779B97F4A7C15u, MIXER = 0xBF58476D1CE4E5B9u,
                      OPENING = 0x94D049BB133111EBu, CLOSING = 0xD6E8FEB86659FD93u,
                      PAIR = 0xA0761D6478BD642Fu;
/* page.py */
enum { TABLES = 2, KINDS = 7, UNITS = 1000, LEVELS = 5 };
static const int LEVEL_PERCENT[LEVELS] = {10, 30, 50, 70, 90};
/* page_features.py, page_context.py, page_repeats.py */
enum { PROSE_WIDTH = 80, SHORT_LINE = 40, LONG_LINE = 200, FAR_LINES = 60,
       FURTHER_LINES = 300, LARGEST = 32000 };
enum { BLOCK, ALIKE, OPENING_WORD, SECTION, GROUPS };

/* The rows that the trees see, in the order of `page_storage.ROWS`. */
enum {
    LENGTH, WORDS, WORD_CHARS, UPPER_SHARE, SHARES, STOP_COUNT = SHARES + SIGN - LETTER + 1,
    COMMA_COUNT, FIRST, LAST, CAPITALS, INDENT, GAP_BEFORE, GAP_AFTER, DEEPER, DEEPER_NEXT,
    LINE_SHARE, CHAR_SHARE, LINE_NUMBER, LINES_LEFT, LINE_COUNT, CHAR_COUNT, REPEATS,
    SHAPE_RUN, OPENINGS, TITLE_SHARE, TITLE_COVER, SINCE_TITLE, KNOWN_WORDS, KNOWN_COUNT,
    PROSE_BEFORE, PROSE_AFTER, PROSE_CHARS_BEFORE, PROSE_SHARE, CHARS_1, CHARS_3, CHARS_8,
    CHARS_25, STOPS_3, STOPS_8, PROSE_3, PROSE_8, PROSE_25, BULLETS_5, DIGITS_5, DEPTH_RANK,
    REPEATS_8, OPENINGS_8, CHARS_BEHIND, CHARS_AHEAD, PROSE_BEHIND, PROSE_AHEAD, SAME_LENGTH,
    REPEATS_AHEAD, BLOCK_LINES, BLOCK_CHARS, BLOCK_STOPS, PEERS, PEERS_CHARS, COPIES_BEFORE,
    COPIES_AFTER, SINCE_COPY, SEEN_BEFORE, SEEN_AFTER, SINCE_HEAD, TO_HEAD, HEAD_LENGTH,
    HEAD_TITLE_SHARE, SECTION_LINES, SECTION_CHARS, SECTION_STOPS, LISTED_SHARE, SHORT_SHARE,
    LONG_SHARE, REPEATED_SHARE, GAP_SHARE, MEAN_STOPS, MEAN_DIGITS, LONGEST, TITLED_LINES,
    NEAR,
};
static const int NEAR_ROWS[] = {LENGTH, LAST, FIRST, WORDS, STOP_COUNT, CAPITALS, INDENT};
static const int STEPS[] = {-1, 1, -2, 2};
static const int RANKED[] = {LENGTH, PROSE_8, PROSE_25, CHARS_8, CHARS_25, STOPS_8,
                             KNOWN_COUNT};
#define SIZE(table) ((int)(sizeof(table) / sizeof *(table)))

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

/* ---- A page taken apart ---- */

typedef struct {
    Py_ssize_t start, end, indent, gap, length, first_word, words, capitals, wanted;
    Py_ssize_t counts[CLASSES];
    int first, last, is_prose;
} Line;

/* Numbers by key; which number a key gets depends on nothing but the order of keys. */
typedef struct { uint64_t key; Py_ssize_t number; } Entry; /* from 1; 0: none */
typedef struct { Entry *entries; int bits; } Table;

typedef struct { uint64_t key; Py_ssize_t place; } Key; /* to sort by */

enum { MAX_HELD = 24 };

typedef struct {
    Py_ssize_t lines, words, chars; /* how many; chars are of the lines' length */
    uint8_t *kinds;                 /* of the text's characters */
    Line *line;
    uint64_t *word;                 /* hashes */
    int16_t *rows;                  /* a row for each feature, a column for each line */
    Py_ssize_t *groups[GROUPS];     /* the number of each line's group */
    int64_t *scores[TABLES];        /* what each line's words say */
    Py_ssize_t titled;              /* different words of the title */
    /* To work with, as long as the words or the lines: */
    Table table;
    uint64_t *keys;
    Py_ssize_t *numbers, *low, *high;
    int64_t *values, *sums;
    Key *sorted, *spare;
    void *held[MAX_HELD];           /* all memory */
    int held_count;
} Page;

static uint64_t salt; /* of this process: nobody can write a page whose keys all meet */

/* Zeroed room for so many, which goes with the page; NULL with an error set. */
static void *
take(Page *page, Py_ssize_t count, size_t size)
{
    void *room = PyMem_Calloc((size_t)count + 1, size);
    if (room == NULL) PyErr_NoMemory();
    else page->held[page->held_count++] = room;
    return room;
}

static void
free_page(Page *page)
{
    while (page->held_count) PyMem_Free(page->held[--page->held_count]);
}

/* A quotient rounded down; the divisor is above 0. */
static inline int64_t
over(int64_t value, int64_t by)
{
    if (((uint64_t)value | (uint64_t)by) <= UINT32_MAX) return (uint32_t)value / (uint32_t)by;
    return value / by - (value % by < 0);
}

static inline int64_t
at_least(int64_t least, int64_t value)
{
    return value < least ? least : value;
}

static inline int64_t
at_most(int64_t most, int64_t value)
{
    return value > most ? most : value;
}

static inline int16_t *
row_of(const Page *page, int feature)
{
    return page->rows + feature * page->lines;
}

static inline void
put(const Page *page, int feature, Py_ssize_t i, int64_t value)
{
    row_of(page, feature)[i] = (int16_t)at_least(-LARGEST, at_most(LARGEST, value));
}

static void
put_all(const Page *page, int feature, const int64_t *values)
{
    for (Py_ssize_t i = 0; i < page->lines; i++) put(page, feature, i, values[i]);
}

static void
put_same(const Page *page, int feature, int64_t value)
{
    for (Py_ssize_t i = 0; i < page->lines; i++) put(page, feature, i, value);
}

typedef struct { const uint8_t *classes; const uint16_t *folded; } Alphabet;

static inline Py_UCS4
code_at(int width, const void *data, Py_ssize_t i)
{
    Py_UCS4 code = PyUnicode_READ(width, data, i);
    return code < BMP ? code : BMP - 1;
}

static inline int
is_inside(int kind)
{
    return kind >= LOWER && kind <= DIGIT;
}

/* Whether a word begins; a wide letter is a word. */
static inline int
opens_word(const uint8_t *kinds, Py_ssize_t i)
{
    int before = i ? kinds[i - 1] : GAP;
    return is_inside(kinds[i]) && (!is_inside(before) || before == WIDE || kinds[i] == WIDE);
}

/* Finds each character's class, and makes room for lines and words, more than enough. */
static int
see_characters(Page *page, PyObject *text, const Alphabet *alphabet)
{
    int width = PyUnicode_KIND(text);
    const void *data = PyUnicode_DATA(text);
    Py_ssize_t size = PyUnicode_GET_LENGTH(text), breaks = 0, words = 0;
    if ((page->kinds = take(page, size, 1)) == NULL) return -1;
    for (Py_ssize_t i = 0; i < size; i++) {
        Py_UCS4 code = code_at(width, data, i);
        page->kinds[i] = alphabet->classes[code];
        breaks += code == '\n';
        words += opens_word(page->kinds, i);
    }
    page->line = take(page, breaks + 1, sizeof(Line));
    page->word = take(page, words, sizeof(uint64_t));
    return page->line && page->word ? 0 : -1;
}

static void
see_ink(Page *page, Line *line, Py_ssize_t i)
{
    int kind = page->kinds[i], before = i ? page->kinds[i - 1] : LETTER;
    line->end = i + 1;
    line->last = kind;
    line->counts[kind]++;
    line->capitals += kind == UPPER && !is_inside(before);
    if (opens_word(page->kinds, i)) {
        page->words++;
        line->words++;
    }
}

/* Adds a letter, folded, to the word that it stands in. */
static inline void
add_letter(Page *page, Py_ssize_t i, uint64_t folded, uint64_t *power)
{
    if (opens_word(page->kinds, i)) *power = 1;
    page->word[page->words - 1] += folded * *power;
    *power *= FACTOR;
}

static void
see_lines(Page *page, PyObject *text, const Alphabet *alphabet)
{
    int width = PyUnicode_KIND(text);
    const void *data = PyUnicode_DATA(text);
    Py_ssize_t size = PyUnicode_GET_LENGTH(text), begin = 0, gap = 0;
    Line *line = NULL;
    uint64_t power = 1;
    for (Py_ssize_t i = 0; i < size; i++) {
        Py_UCS4 code = code_at(width, data, i);
        if (code == '\n') {
            gap = line ? 0 : gap + 1;
            line = NULL;
            begin = i + 1;
        }
        if (page->kinds[i] == GAP) continue;
        if (line == NULL) {
            line = page->line + page->lines++;
            *line = (Line){.start = i, .indent = i - begin, .gap = gap,
                           .first_word = page->words, .first = page->kinds[i],
                           .capitals = page->kinds[i] == UPPER};
        }
        see_ink(page, line, i);
        if (is_inside(page->kinds[i]))
            add_letter(page, i, alphabet->folded[code], &power);
    }
    for (Py_ssize_t w = 0; w < page->words; w++)
        page->word[w] = (page->word[w] ^ page->word[w] >> 31) * MIXER;
}

static int
taken_apart(Page *page, PyObject *text, const Alphabet *alphabet)
{
    if (see_characters(page, text, alphabet) < 0) return -1;
    see_lines(page, text, alphabet);
    return 0;
}

static int
make_room(Page *page)
{
    Py_ssize_t lines = page->lines;
    Py_ssize_t most = page->words > lines ? page->words : lines;
    for (page->table.bits = 1; (Py_ssize_t)1 << page->table.bits < 2 * most;)
        page->table.bits++;
    page->table.entries = take(page, (Py_ssize_t)1 << page->table.bits, sizeof(Entry));
    page->rows = take(page, ROWS * lines, sizeof(int16_t));
    for (int group = 0; group < GROUPS; group++)
        page->groups[group] = take(page, lines, sizeof(Py_ssize_t));
    for (int table = 0; table < TABLES; table++)
        page->scores[table] = take(page, lines, sizeof(int64_t));
    page->keys = take(page, most, sizeof(uint64_t));
    page->numbers = take(page, most, sizeof(Py_ssize_t));
    page->low = take(page, most, sizeof(Py_ssize_t));
    page->high = take(page, most, sizeof(Py_ssize_t));
    page->values = take(page, lines, sizeof(int64_t));
    page->sums = take(page, lines, sizeof(int64_t));
    page->sorted = take(page, lines, sizeof(Key));
    page->spare = take(page, lines, sizeof(Key));
    return PyErr_Occurred() ? -1 : 0;
}

/* ---- Numbers for keys, and order ---- */

/* Where a key stands in the table, or would stand. */
static Entry *
entry_of(const Table *table, uint64_t key)
{
    uint64_t last = ((uint64_t)1 << table->bits) - 1;
    uint64_t place = key * salt >> (64 - table->bits);
    while (table->entries[place].number && table->entries[place].key != key)
        place = (place + 1) & last;
    return table->entries + place;
}

static Py_ssize_t
number_of(Table *table, uint64_t key, Py_ssize_t *count)
{
    Entry *entry = entry_of(table, key);
    if (!entry->number) *entry = (Entry){key, ++*count};
    return entry->number - 1;
}

static void
clear(Table *table)
{
    memset(table->entries, 0, sizeof(Entry) << table->bits);
}

/* Numbers `page->keys`, equal ones alike; how many different there are. */
static Py_ssize_t
numbered(Page *page, Py_ssize_t keys, Py_ssize_t *numbers)
{
    Py_ssize_t count = 0;
    clear(&page->table);
    for (Py_ssize_t i = 0; i < keys; i++)
        numbers[i] = number_of(&page->table, page->keys[i], &count);
    return count;
}

/* How many lines have each number, in `page->low`. */
static void
count_numbers(Page *page, const Py_ssize_t *numbers)
{
    memset(page->low, 0, (size_t)page->lines * sizeof *page->low);
    for (Py_ssize_t i = 0; i < page->lines; i++) page->low[numbers[i]]++;
}

static void
put_copies(Page *page, int feature, const Py_ssize_t *numbers, int64_t most)
{
    count_numbers(page, numbers);
    for (Py_ssize_t i = 0; i < page->lines; i++)
        put(page, feature, i, at_most(most, page->low[numbers[i]]));
}

/* Ten times the mean of `page->values` in each line's group. */
static void
put_means(Page *page, int feature, const Py_ssize_t *group)
{
    count_numbers(page, group);
    memset(page->sums, 0, (size_t)page->lines * sizeof *page->sums);
    for (Py_ssize_t i = 0; i < page->lines; i++) page->sums[group[i]] += page->values[i];
    for (Py_ssize_t i = 0; i < page->lines; i++)
        put(page, feature, i, over(10 * page->sums[group[i]], page->low[group[i]]));
}

/* Sorts keys, equal ones as they stood, by one byte of them. */
static void
sort_by_byte(const Key *from, Key *to, Py_ssize_t count, int shift)
{
    Py_ssize_t starts[257] = {0};
    for (Py_ssize_t i = 0; i < count; i++) starts[(from[i].key >> shift & 255) + 1]++;
    for (int byte = 0; byte < 255; byte++) starts[byte + 1] += starts[byte];
    for (Py_ssize_t i = 0; i < count; i++) to[starts[from[i].key >> shift & 255]++] = from[i];
}

/* The lines by their value, the lowest first; in `page->sorted`. */
static void
sort_lines(Page *page, const int64_t *values)
{
    int64_t lowest = values[0], highest = values[0];
    for (Py_ssize_t i = 0; i < page->lines; i++) {
        lowest = at_most(lowest, values[i]);
        highest = at_least(highest, values[i]);
    }
    for (Py_ssize_t i = 0; i < page->lines; i++)
        page->sorted[i] = (Key){(uint64_t)(values[i] - lowest), i};
    for (int shift = 0; shift < 64 && (uint64_t)(highest - lowest) >> shift; shift += 8) {
        sort_by_byte(page->sorted, page->spare, page->lines, shift);
        Key *sorted = page->spare;
        page->spare = page->sorted;
        page->sorted = sorted;
    }
}

/* What share of the page's values is lower, in so many parts. */
static void
put_ranks(Page *page, int feature, const int64_t *values, int64_t units)
{
    Py_ssize_t lower = 0;
    sort_lines(page, values);
    for (Py_ssize_t i = 0; i < page->lines; i++) {
        if (page->sorted[i].key != page->sorted[lower].key) lower = i;
        put(page, feature, page->sorted[i].place, over(units * lower, page->lines));
    }
}

/* ---- What a line is like ---- */

static void
put_own(Page *page, Py_ssize_t i)
{
    Line *line = page->line + i;
    const Py_ssize_t *counts = line->counts;
    Py_ssize_t ink = 0, words = at_least(1, line->words);
    Py_ssize_t letters = counts[LOWER] + counts[UPPER] + counts[LETTER] + counts[WIDE];
    for (int kind = LOWER; kind < CLASSES; kind++) ink += counts[kind];
    line->length = line->end - line->start + 2 * counts[WIDE];
    line->is_prose = line->length >= PROSE_WIDTH
        && (line->last == STOP || line->last == QUOTE || line->last == BRACKET
            || counts[STOP] > 1);
    page->chars += line->length;
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
    put(page, INDENT, i, at_most(99, line->indent));
    put(page, GAP_BEFORE, i, at_most(9, line->gap));
}

static inline int64_t
step_in(int64_t indents)
{
    return at_least(-20, at_most(20, indents));
}

static void
put_placed(Page *page)
{
    Py_ssize_t chars = 0, last = page->lines - 1;
    for (Py_ssize_t i = 0; i <= last; i++) {
        const Line *line = page->line + i, *next = i < last ? line + 1 : NULL;
        put(page, GAP_AFTER, i, next ? at_most(9, next->gap) : 9);
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

/* ---- What a line has in common with others ---- */

static uint64_t
shape_of(const Line *line)
{
    return (uint64_t)(line->first * 64 + at_most(99, line->indent) * 4096 + line->last);
}

static uint64_t
magnitude(Py_ssize_t value)
{
    uint64_t digits = 0;
    for (; value; value >>= 1) digits++;
    return digits;
}

/* How many neighbours in a row have a line's shape. */
static void
put_shape_runs(Page *page)
{
    for (Py_ssize_t i = 0, end; i < page->lines; i = end) {
        for (end = i + 1; end < page->lines; end++)
            if (shape_of(page->line + end) != shape_of(page->line + i)) break;
        for (Py_ssize_t j = i; j < end; j++)
            put(page, SHAPE_RUN, j, at_most(FAR_LINES, end - i));
    }
}

/* How many lines with its words stand before a line and after, how far away the last. */
static void
put_copied(Page *page, const Py_ssize_t *numbers)
{
    Py_ssize_t *last = page->high; /* from 1 */
    put_copies(page, REPEATS, numbers, 9);
    memset(last, 0, (size_t)page->lines * sizeof *last);
    for (Py_ssize_t i = 0; i < page->lines; i++) {
        Py_ssize_t *seen = last + numbers[i];
        put(page, SINCE_COPY, i, *seen ? at_most(FURTHER_LINES, i + 1 - *seen) : -1);
        *seen = i + 1;
    }
    memset(last, 0, (size_t)page->lines * sizeof *last);
    for (Py_ssize_t i = 0; i < page->lines; i++) {
        Py_ssize_t before = last[numbers[i]]++;
        put(page, COPIES_BEFORE, i, at_most(9, before));
        put(page, COPIES_AFTER, i, at_most(9, page->low[numbers[i]] - 1 - before));
    }
}

static uint64_t
words_key(const Page *page, const Line *line)
{
    uint64_t key = 0;
    for (Py_ssize_t w = 0; w < line->words; w++)
        key += page->word[line->first_word + w] * (2 * (uint64_t)w + 1);
    return key;
}

/* Numbers the lines that belong together; all but the sections. */
static void
put_groups(Page *page)
{
    Py_ssize_t block = 0;
    for (Py_ssize_t i = 0; i < page->lines; i++) {
        page->groups[BLOCK][i] = block += i && page->line[i].gap > 0;
        page->keys[i] = shape_of(page->line + i) * 64 + magnitude(page->line[i].length);
    }
    numbered(page, page->lines, page->groups[ALIKE]);
    for (Py_ssize_t i = 0; i < page->lines; i++) {
        const Line *line = page->line + i;
        page->keys[i] = line->words ? page->word[line->first_word] : 0;
    }
    numbered(page, page->lines, page->groups[OPENING_WORD]);
    put_copies(page, OPENINGS, page->groups[OPENING_WORD], 30);
    for (Py_ssize_t i = 0; i < page->lines; i++)
        page->keys[i] = words_key(page, page->line + i);
    numbered(page, page->lines, page->numbers);
    put_copied(page, page->numbers);
}

/* Numbers each three words in a row on a line; how many different there are. */
static Py_ssize_t
number_runs(Page *page)
{
    Py_ssize_t runs = 0;
    for (const Line *line = page->line; line < page->line + page->lines; line++) {
        const uint64_t *word = page->word + line->first_word;
        for (Py_ssize_t left = line->words; left >= 3; left--, word++)
            page->keys[runs++] = word[0] * PAIR + word[1] * FACTOR + word[2] * OPENING;
    }
    return numbered(page, runs, page->numbers);
}

/* How much of a line's runs of three words stands in lines before, and after. */
static void
put_seen(Page *page)
{
    Py_ssize_t different = number_runs(page), *first = page->low, *last = page->high;
    for (Py_ssize_t n = 0; n < different; n++) first[n] = page->lines;
    const Py_ssize_t *number = page->numbers;
    for (Py_ssize_t i = 0; i < page->lines; i++)
        for (Py_ssize_t left = page->line[i].words; left >= 3; left--, number++) {
            first[*number] = at_most(first[*number], i);
            last[*number] = i;
        }
    number = page->numbers;
    for (Py_ssize_t i = 0; i < page->lines; i++) {
        Py_ssize_t runs = at_least(1, page->line[i].words - 2), before = 0, after = 0;
        for (Py_ssize_t left = page->line[i].words; left >= 3; left--, number++) {
            before += first[*number] < i;
            after += last[*number] > i;
        }
        put(page, SEEN_BEFORE, i, over(100 * before, runs));
        put(page, SEEN_AFTER, i, over(100 * after, runs));
    }
}

/* Words that stand more often in the page's prose than this once. */
static int
put_known(Page *page)
{
    Py_ssize_t *told = take(page, 1 << WORD_BITS, sizeof *told);
    if (told == NULL) return -1;
    for (const Line *line = page->line; line < page->line + page->lines; line++)
        for (Py_ssize_t w = 0; w < line->words && line->is_prose; w++)
            told[page->word[line->first_word + w] >> (64 - WORD_BITS)]++;
    for (Py_ssize_t i = 0; i < page->lines; i++) {
        const Line *line = page->line + i;
        Py_ssize_t known = 0;
        for (Py_ssize_t w = 0; w < line->words; w++)
            known += told[page->word[line->first_word + w] >> (64 - WORD_BITS)]
                > line->is_prose;
        put(page, KNOWN_WORDS, i, over(100 * known, at_least(1, line->words)));
        put(page, KNOWN_COUNT, i, at_most(30, known));
    }
    return 0;
}

/* Counts for each line the words that stand in the title. */
static int
see_title(Page *page, PyObject *title, const Alphabet *alphabet)
{
    Page own = {0};
    Table table = {NULL, 1};
    int failed = taken_apart(&own, title, alphabet);
    while ((Py_ssize_t)1 << table.bits < 2 * own.words) table.bits++;
    table.entries = take(&own, (Py_ssize_t)1 << table.bits, sizeof(Entry));
    failed = failed || table.entries == NULL;
    for (Py_ssize_t w = 0; w < own.words && !failed; w++)
        number_of(&table, own.word[w], &page->titled);
    for (Line *line = page->line; line < page->line + page->lines && !failed; line++)
        for (Py_ssize_t w = 0; w < line->words; w++)
            line->wanted += entry_of(&table, page->word[line->first_word + w])->number > 0;
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
        since = share >= 60 && cover >= 60 ? 0 : at_most(FAR_LINES, since + 1);
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
       SIGNAL_REPEATS, SIGNAL_OPENINGS, SIGNAL_JUMP, SIGNALS };

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
    int64_t chars = at_most(500, line->length);
    switch (signal) {
    case SIGNAL_CHARS: return chars;
    case SIGNAL_STOPS: return at_most(9, line->counts[STOP]);
    case SIGNAL_PROSE: return line->is_prose ? line->length : 0;
    case SIGNAL_LISTED: return line->first == BULLET;
    case SIGNAL_DIGITS: return row_of(page, SHARES + DIGIT - LETTER)[i];
    case SIGNAL_REPEATS: return row_of(page, REPEATS)[i];
    case SIGNAL_OPENINGS: return row_of(page, OPENINGS)[i];
    default: return llabs(chars - (i ? at_most(500, line[-1].length) : 0));
    }
}

/* From values of lines to sums of the lines before each, in `page->sums`. */
static void
sum_up(Page *page)
{
    page->sums[0] = 0;
    for (Py_ssize_t i = 0; i < page->lines; i++)
        page->sums[i + 1] = page->sums[i] + page->values[i];
}

/* Ten times the mean of what was summed up, for each line, in `page->values`. */
static void
windowed(Page *page, Reach reach)
{
    for (Py_ssize_t i = 0; i < page->lines; i++) {
        Py_ssize_t low = at_least(0, i - reach.behind);
        Py_ssize_t high = at_most(page->lines, i + reach.ahead + 1);
        page->values[i] = over(10 * (page->sums[high] - page->sums[low]), high - low);
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
    int64_t listed = 0, brief = 0, wide = 0, repeated = 0, gaps = 0, stops = 0, digits = 0,
            longest = 0;
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

/* ---- What the words say ---- */

typedef struct { uint16_t row; int16_t threshold; } Node; /* row: its place in a Batch */

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

static inline void
add_key(const Model *self, uint64_t key, int64_t sums[TABLES])
{
    const int8_t *weights = self->words[key >> (64 - WORD_BITS)];
    for (int table = 0; table < TABLES; table++) sums[table] += weights[table];
}

static void
score_words(const Model *self, const Page *page)
{
    for (Py_ssize_t i = 0; i < page->lines; i++) {
        const Line *line = page->line + i;
        const uint64_t *word = page->word + line->first_word;
        int64_t sums[TABLES] = {0};
        for (Py_ssize_t w = 0; w < line->words; w++) add_key(self, word[w], sums);
        for (Py_ssize_t w = 1; w < line->words; w++)
            add_key(self, word[w - 1] * PAIR + word[w] * FACTOR, sums);
        if (line->words) {
            add_key(self, word[0] * OPENING, sums);
            add_key(self, word[line->words - 1] * CLOSING, sums);
        }
        for (int table = 0; table < TABLES; table++) page->scores[table][i] = sums[table];
    }
}

/* What the different words say of the page's kind. */
static void
kind_sums(const Model *self, const Page *page, int64_t sums[KINDS])
{
    uint8_t is_seen[1 << KIND_BITS] = {0};
    Py_ssize_t different = 0;
    memset(sums, 0, KINDS * sizeof *sums);
    for (Py_ssize_t w = 0; w < page->words; w++) {
        uint64_t place = page->word[w] >> (64 - KIND_BITS);
        if (is_seen[place]) continue;
        is_seen[place] = 1;
        different++;
        for (int kind = 0; kind < KINDS; kind++) sums[kind] += self->kinds[place][kind];
    }
    for (int kind = 0; kind < KINDS; kind++)
        sums[kind] = over(UNITS * sums[kind], at_least(1, different));
}

/* The scores below which so many shares of the page's characters lie. */
static void
put_levels(Page *page)
{
    const int16_t *lengths = row_of(page, LENGTH);
    int64_t whole = 0, chars = 0;
    Py_ssize_t place = -1;
    sort_lines(page, page->scores[0]);
    for (Py_ssize_t i = 0; i < page->lines; i++) whole += lengths[i];
    for (int level = 0; level < LEVELS; level++) {
        while (place < 0 || 100 * chars < LEVEL_PERCENT[level] * whole)
            chars += lengths[page->sorted[++place].place];
        put_same(page, LEVEL + level, page->scores[0][page->sorted[place].place]);
    }
}

/* A row of a table's context as it is in `page->values`, and its rank if it has one. */
static void
put_context_row(Page *page, int row)
{
    put_all(page, AROUND + row, page->values);
    for (int ranked = 0; ranked < SIZE(RANKED_AROUND); ranked++)
        if (RANKED_AROUND[ranked] == row)
            put_ranks(page, RANK + SIZE(RANKED) + ranked, page->values, UNITS);
}

static void
put_context(Page *page, int table)
{
    const int64_t *scores = page->scores[table];
    int first = table * CONTEXT;
    Py_ssize_t last = page->lines - 1, peak = 0;
    memcpy(page->values, scores, (size_t)page->lines * sizeof *scores);
    put_context_row(page, first);
    sum_up(page);
    for (int window = 0; window < SIZE(CONTEXT_WINDOWS); window++) {
        windowed(page, CONTEXT_WINDOWS[window]);
        put_context_row(page, first + WINDOWS + window);
    }
    for (Py_ssize_t i = 0; i <= last; i++) {
        if (scores[i] >= scores[peak]) peak = i;
        put(page, AROUND + first + 1, i, i ? scores[i - 1] : -1);
        put(page, AROUND + first + 2, i, i < last ? scores[i + 1] : -1);
        put(page, AROUND + first + HIGHEST, i, scores[peak]);
        put(page, AROUND + first + SINCE_HIGHEST, i, i - peak);
    }
}

static void
put_words(Page *page, const int64_t kinds[KINDS])
{
    for (int table = 0; table < TABLES; table++) put_context(page, table);
    for (int kind = 0; kind < KINDS; kind++) put_same(page, KIND + kind, kinds[kind]);
    put_levels(page);
    memcpy(page->values, page->scores[0], (size_t)page->lines * sizeof *page->values);
    for (int group = 0; group < GROUPS; group++)
        put_means(page, GROUP + group, page->groups[group]);
    for (int ranked = 0; ranked < SIZE(RANKED); ranked++) {
        const int16_t *row = row_of(page, RANKED[ranked]);
        for (Py_ssize_t i = 0; i < page->lines; i++) page->values[i] = row[i];
        put_ranks(page, RANK + ranked, page->values, UNITS);
    }
}

/* Everything that the trees see of a page that was taken apart. */
static int
describe(const Model *self, Page *page, PyObject *title, int64_t kinds[KINDS])
{
    Alphabet alphabet = {self->classes, self->folded};
    if (make_room(page) < 0) return -1;
    if (title != Py_None && see_title(page, title, &alphabet) < 0) return -1;
    for (Py_ssize_t i = 0; i < page->lines; i++) put_own(page, i);
    put_placed(page);
    put_groups(page);
    put_shape_runs(page);
    put_seen(page);
    if (put_known(page) < 0) return -1;
    put_titled(page);
    score_words(self, page);
    put_headed(page);
    put_grouped(page);
    put_around(page);
    put_windows(page);
    put_whole(page);
    put_near(page);
    put_words(page, kinds);
    return 0;
}

/* ---- The trees ---- */

enum { BATCH = 16 };
typedef int16_t Batch[ROWS][BATCH]; /* the rows of some lines, close together */

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
            places[lane] = 2 * places[lane] + 1 + (values[node.row + lane] >= node.threshold);
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
                     self->leaves + tree * (self->tree_nodes + 1), self->tree_nodes, batch,
                     sums);
        for (Py_ssize_t i = 0; i < count; i++) totals[first + i] = self->base + sums[i];
    }
}

/* ---- What Python sees ---- */

static PyObject *
numbers_of(const int64_t kinds[KINDS])
{
    PyObject *numbers = PyTuple_New(KINDS);
    for (int kind = 0; numbers && kind < KINDS; kind++) {
        PyObject *number = PyLong_FromLongLong(kinds[kind]);
        if (number == NULL) Py_CLEAR(numbers);
        else PyTuple_SET_ITEM(numbers, kind, number);
    }
    return numbers;
}

enum { STARTS, ENDS, LINE_WORDS, TOTALS, TOLD };

/* What was found of the lines, four numbers each, and of the page. */
static PyObject *
told(const Model *self, const Page *page, const int64_t kinds[KINDS])
{
    Py_ssize_t bytes = TOLD * page->lines * (Py_ssize_t)sizeof(int64_t);
    PyObject *lines = PyBytes_FromStringAndSize(NULL, bytes), *numbers = numbers_of(kinds);
    PyObject *both = NULL;
    if (lines && numbers) {
        int64_t *found = (int64_t *)PyBytes_AS_STRING(lines);
        for (Py_ssize_t i = 0; i < page->lines; i++) {
            found[STARTS * page->lines + i] = page->line[i].start;
            found[ENDS * page->lines + i] = page->line[i].end;
            found[LINE_WORDS * page->lines + i] = row_of(page, WORDS)[i];
        }
        put_totals(self, page, found + TOTALS * page->lines);
        both = PyTuple_Pack(2, lines, numbers);
    }
    Py_XDECREF(lines);
    Py_XDECREF(numbers);
    return both;
}

PyDoc_STRVAR(sums_doc,
"sums(text: str, title: str | None) -> tuple[bytes, tuple[int, ...]]\n\n"
"Where each line starts and ends, its words, and the sum of its leaves, four rows of 64\n"
"bits a number; and what the words say of each kind of page.");

static PyObject *
Model_sums(Model *self, PyObject *args)
{
    PyObject *text, *title, *found = NULL;
    Page page = {0};
    int64_t kinds[KINDS];
    Alphabet alphabet = {self->classes, self->folded};
    if (!PyArg_ParseTuple(args, "UO", &text, &title)) return NULL;
    if (title != Py_None && !PyUnicode_Check(title)) {
        PyErr_SetString(PyExc_TypeError, "a title is a str, or None");
        return NULL;
    }
    if (taken_apart(&page, text, &alphabet) == 0) {
        kind_sums(self, &page, kinds);
        if (!page.lines || describe(self, &page, title, kinds) == 0)
            found = told(self, &page, kinds);
    }
    free_page(&page);
    return found;
}

/* ---- The making of a model ---- */

static void
Model_dealloc(Model *self)
{
    PyTypeObject *type = Py_TYPE(self);
    PyMem_Free(self->nodes);
    PyMem_Free(self->leaves);
    type->tp_free(self);
    Py_DECREF(type);
}

static void
set_tables(Model *self, const int8_t *words, const int8_t *kinds)
{
    for (Py_ssize_t code = 0; code < 1 << WORD_BITS; code++)
        for (int table = 0; table < TABLES; table++)
            self->words[code][table] = words[((Py_ssize_t)table << WORD_BITS) + code];
    for (Py_ssize_t code = 0; code < 1 << KIND_BITS; code++)
        for (int kind = 0; kind < KINDS; kind++)
            self->kinds[code][kind] = kinds[((Py_ssize_t)kind << KIND_BITS) + code];
}

/* Takes the trees over; -1 with an error set if one asks for a row that is not there. */
static int
set_forest(Model *self, const int16_t *rows, const int16_t *thresholds,
           const int16_t *leaves)
{
    Py_ssize_t nodes = self->trees * self->tree_nodes, ends = nodes + self->trees;
    self->nodes = PyMem_New(Node, nodes);
    self->leaves = PyMem_New(int16_t, ends);
    if (!self->nodes || !self->leaves) {
        PyErr_NoMemory();
        return -1;
    }
    memcpy(self->leaves, leaves, (size_t)ends * sizeof *leaves);
    for (Py_ssize_t node = 0; node < nodes; node++) {
        if (rows[node] < 0 || rows[node] >= ROWS) {
            PyErr_SetString(PyExc_ValueError, "a tree asks for a feature that is not there");
            return -1;
        }
        self->nodes[node] = (Node){(uint16_t)(rows[node] * BATCH), thresholds[node]};
    }
    return 0;
}

enum { CLASS_TABLE, FOLD_TABLE, WORD_TABLE, KIND_TABLE, NODE_ROWS, THRESHOLDS, LEAVES,
       PARTS };

static int
set_model(Model *self, const Py_buffer parts[PARTS])
{
    Py_ssize_t nodes = self->trees * self->tree_nodes, cell = sizeof(int16_t);
    Py_ssize_t sizes[PARTS] = {BMP, BMP * cell, (Py_ssize_t)TABLES << WORD_BITS,
                               (Py_ssize_t)KINDS << KIND_BITS, nodes * cell, nodes * cell,
                               (nodes + self->trees) * cell};
    int is_wrong = !nodes || (self->tree_nodes & (self->tree_nodes + 1));
    for (int part = 0; part < PARTS; part++) is_wrong |= parts[part].len != sizes[part];
    if (is_wrong) {
        PyErr_SetString(PyExc_ValueError, "a page model of a wrong size");
        return -1;
    }
    memcpy(self->classes, parts[CLASS_TABLE].buf, sizeof self->classes);
    memcpy(self->folded, parts[FOLD_TABLE].buf, sizeof self->folded);
    for (int code = 0; code < BMP; code++)
        if (self->classes[code] >= CLASSES) {
            PyErr_SetString(PyExc_ValueError, "a class that is not there");
            return -1;
        }
    set_tables(self, parts[WORD_TABLE].buf, parts[KIND_TABLE].buf);
    return set_forest(self, parts[NODE_ROWS].buf, parts[THRESHOLDS].buf, parts[LEAVES].buf);
}

PyDoc_STRVAR(Model_doc,
"Model(classes, folded, words, kinds, trees, nodes, rows, thresholds, leaves, base)\n\n"
"A class (8 bits) and a folded character (16 bits) for each up to U+FFFF, the tables of\n"
"words and kinds, and so many trees of so many nodes.");

static PyObject *
Model_new(PyTypeObject *type, PyObject *args, PyObject *Py_UNUSED(keywords))
{
    enum { MOST = 1 << 16 };
    Py_buffer parts[PARTS];
    Py_ssize_t trees, nodes;
    long long base;
    if (!PyArg_ParseTuple(args, "y*y*y*y*nny*y*y*L", parts, parts + 1, parts + 2, parts + 3,
                          &trees, &nodes, parts + 4, parts + 5, parts + 6, &base))
        return NULL;
    Model *self = (Model *)type->tp_alloc(type, 0);
    int is_bounded = trees > 0 && trees < MOST && nodes > 0 && nodes < MOST;
    if (self) {
        self->trees = is_bounded ? trees : 0;
        self->tree_nodes = is_bounded ? nodes : 0;
        self->base = base;
        if (set_model(self, parts) < 0) Py_CLEAR(self);
    }
    for (int part = 0; part < PARTS; part++) PyBuffer_Release(parts + part);
    return (PyObject *)self;
}

static PyMethodDef Model_methods[] = {
    {"sums", (PyCFunction)Model_sums, METH_VARARGS, sums_doc},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot Model_slots[] = {
    {Py_tp_doc, (void *)Model_doc},
    {Py_tp_new, Model_new},
    {Py_tp_dealloc, Model_dealloc},
    {Py_tp_methods, Model_methods},
    {0, NULL},
};

static PyType_Spec Model_spec = {
    .name = "cleaner._page.Model",
    .basicsize = sizeof(Model),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_IMMUTABLETYPE,
    .slots = Model_slots,
};

/* Python's own hashes of texts are salted. */
static int
set_salt(void)
{
    PyObject *name = PyUnicode_FromString("cleaner._page");
    Py_hash_t hash = name ? PyObject_Hash(name) : -1;
    Py_XDECREF(name);
    salt = (uint64_t)hash * FACTOR | 1;
    return hash == -1 ? -1 : 0;
}

static int
fill(PyObject *module)
{
    PyObject *type = PyType_FromSpec(&Model_spec);
    if (type == NULL || set_salt() < 0) {
        Py_XDECREF(type);
        return -1;
    }
    int failed = PyModule_AddObjectRef(module, "Model", type);
    Py_DECREF(type);
    return failed;
}

static PyModuleDef_Slot module_slots[] = {{Py_mod_exec, fill}, {0, NULL}};

static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "cleaner._page",
    .m_doc = "The compiled way of the page model.",
    .m_slots = module_slots,
};

PyMODINIT_FUNC
PyInit__page(void)
{
    return PyModuleDef_Init(&module);
}
