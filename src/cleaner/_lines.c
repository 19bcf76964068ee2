/* The line model's compiled way: which lines to ask about, and the sums of the trees.

   It says the same as `plain_to_ask` in model/features.py and `plain_totals` in
   model/scoring.py, to which the tests compare it, only faster: no object a word or a
   code. Whole numbers only. What the codes mean is said there. */

#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdint.h>
#include <string.h>

#ifdef __GNUC__
#define LOWEST_BIT(bits) __builtin_ctzll(bits)
#else
static inline int
LOWEST_BIT(uint64_t bits)
{
    int place = 0;
    for (; !(bits & 1); bits >>= 1) place++;
    return place;
}
#endif

enum { BMP = 65536, MAX_FOLDED = 3 };

/* A character's class at a line's end and start, as features.py numbers them, and
   whether it stands in words, and in a script without spaces. */
enum { END = 15, START_SHIFT = 4, START = 15, WORD = 256, UNSPACED = 512 };

/* features.py */
enum { STOP = 1, LAST_STOP = 4, QUOTE = 5, BRACKET = 6, ENDED_INSIDE = 12,
       UPPER_END = 13, OTHER_END = 14, NO_LINE_END = 15 };
enum { LOWER_START = 1, BULLET = 4, ALPHA_START = 8, OTHER_START = 9, NO_LINE_START = 10 };
enum { UNSPACED_LOOK = 40, PREFIX = 4, FAR_LINES = 9, NO_TITLE = 6, IS_TITLE = 7,
       NO_SYMBOL = 4, MARK = 4 };
/* context.py */
enum { TELLING = 4, STORY = 8000 };
/* The codes of a line, in the order of its row. */
enum { OWN = 3, PLACE = 11, NEAR = 19, REPEATS = 27, TITLE, SHARED, GONE = 31,
       WORDS = 39, CODES = 41 };

/* How many codes there are for each, as features.py and storage.py say. */
static const uint8_t SIZES[CODES] = {
    16, 15, 10, 16, 8, 4, 8, 4, 6, 8, 6, 12, 12, 9, 9, 9, 10, 10, 12, 17, 16, 11, 17, 16,
    11, 5, 4, 3, 8, 9, 8, 5, 5, 10, 10, 8, 8, 8, 8, 34, 34,
};

static const int LENGTH_CUTS[] = {1, 3, 6, 10, 16, 24, 34, 46, 60, 76, 96, 125, 170,
                                  240, 400};
static const int PLACE_CUTS[] = {0, 1, 2, 3, 5, 8, 13, 25};
static const int SHARE_CUTS[] = {0, 4, 9, 19, 34, 49, 64, 79, 89, 96, 99};
static const int TITLE_CASE_CUTS[] = {15, 30, 50, 70, 90};
static const int OVERLAP_CUTS[] = {0, 30, 60, 99};
static const int WORD_LENGTH_CUTS[] = {30, 40, 48, 55, 65, 80, 120}; /* tenths */
static const int STORY_SHARE_CUTS[] = {0, 1, 15, 30, 45, 60, 75, 90};
static const int TELLING_CUTS[] = {1, 2, 3, 5, 8, 12, 20};
static const int GONE_CUTS[] = {1, 2, 3, 4};
static const int GONE_IN_ALL_CUTS[] = {1, 2, 3, 5, 8, 12, 20};
static const int GONE_PERCENT_CUTS[] = {1, 5, 10, 20, 30, 45, 60};

#define CODE(cuts, value) code_of(cuts, sizeof(cuts) / sizeof *(cuts), value)

/* How many of the rising cuts the value has reached. */
static uint8_t
code_of(const int *cuts, size_t count, int64_t value)
{
    uint8_t code = 0;
    while (code < count && value >= cuts[code]) code++;
    return code;
}

/* ---- Lines ---- */

typedef struct { int width; const void *data; Py_ssize_t size; int is_ascii; } Text;

static inline Text
text_of(PyObject *line)
{
    return (Text){PyUnicode_KIND(line), PyUnicode_DATA(line),
                  PyUnicode_GET_LENGTH(line), PyUnicode_IS_ASCII(line)};
}

static inline Py_UCS4
at(Text text, Py_ssize_t i)
{
    return PyUnicode_READ(text.width, text.data, i);
}

static inline unsigned
class_of(const uint16_t *classes, Py_UCS4 c)
{
    return c < BMP ? classes[c] : WORD;
}

static int
is_unspaced(const uint16_t *classes, Text line, Py_ssize_t characters)
{
    if (line.is_ascii) return 0;
    for (Py_ssize_t i = 0; i < line.size && i < characters; i++)
        if (class_of(classes, at(line, i)) & UNSPACED) return 1;
    return 0;
}

static int
is_in_doubt(const uint16_t *classes, Text line)
{
    Py_ssize_t unended = 200, ended = 100;
    if (is_unspaced(classes, line, UNSPACED_LOOK)) unended = 80, ended = 40;
    if (line.size < ended || line.size >= unended) return line.size < ended;
    unsigned end = class_of(classes, at(line, line.size - 1)) & END;
    return !end || end > QUOTE;
}

/* The lines as a tuple that holds them; each must be a str with more than space. */
static PyObject *
checked_lines(PyObject *list)
{
    PyObject *lines = PySequence_Tuple(list);
    for (Py_ssize_t i = 0; lines && i < PyTuple_GET_SIZE(lines); i++) {
        PyObject *line = PyTuple_GET_ITEM(lines, i);
        if (PyUnicode_Check(line) && PyUnicode_GET_LENGTH(line)
            && !Py_UNICODE_ISSPACE(PyUnicode_READ_CHAR(line, 0)))
            continue;
        PyErr_SetString(PyExc_ValueError, "stripped lines that are not blank are needed");
        Py_CLEAR(lines);
    }
    return lines;
}

/* ---- Which lines to ask about ---- */

/* What opens a line as an item of a list: letters, '0' for a number, a mark; or zeros. */
typedef struct { Py_UCS4 signs[MARK]; } Mark;

static int
is_letter(Py_UCS4 c)
{
    return c != '_' && Py_UNICODE_ISALNUM(c) && !Py_UNICODE_ISDECIMAL(c);
}

static int
is_item_end(Py_UCS4 c)
{
    switch (c) {
    case '.': case ':': case ')': case 0x3001: case 0xFF0E: case 0xFF1A: case 0xFF09:
        return 1;
    default:
        return 0;
    }
}

static Mark
item_mark(Text line)
{
    Mark mark = {{0}};
    Py_ssize_t i = 0, letters, digits;
    for (; i < 3 && i < line.size && is_letter(at(line, i)); i++)
        mark.signs[i] = at(line, i);
    letters = i;
    while (i < letters + 3 && i < line.size && Py_UNICODE_ISDECIMAL(at(line, i))) i++;
    digits = i - letters;
    if (i == line.size || !is_item_end(at(line, i)) || letters + (digits > 0) > 3 || !i)
        return (Mark){{0}};
    if (digits) mark.signs[letters++] = '0';
    mark.signs[letters] = at(line, i);
    return mark;
}

static int
is_alike(Mark a, Mark b)
{
    return !memcmp(&a, &b, sizeof a);
}

/* Appends a line's number, unless it is an item of a list beside another such. */
static int
add_asked(PyObject *asked, PyObject *lines, const char *doubted, Py_ssize_t i)
{
    Mark none = {{0}}, mark = item_mark(text_of(PyTuple_GET_ITEM(lines, i)));
    for (Py_ssize_t j = i - 1; j <= i + 1 && !is_alike(mark, none); j += 2)
        if (j >= 0 && j < PyTuple_GET_SIZE(lines) && doubted[j]
            && is_alike(mark, item_mark(text_of(PyTuple_GET_ITEM(lines, j)))))
            return 0;
    PyObject *number = PyLong_FromSsize_t(i);
    int failed = number == NULL || PyList_Append(asked, number) < 0;
    Py_XDECREF(number);
    return failed ? -1 : 0;
}

static PyObject *
asked_of(PyObject *lines, const uint16_t *classes, int64_t least_percent)
{
    Py_ssize_t count = PyTuple_GET_SIZE(lines);
    int64_t story = 0, whole = 0;
    PyObject *asked = PyList_New(0);
    char *doubted = PyMem_Malloc((size_t)count + 1);
    if (doubted == NULL) PyErr_NoMemory();
    if (asked == NULL || doubted == NULL) goto failed;
    for (Py_ssize_t i = 0; i < count; i++) {
        Text line = text_of(PyTuple_GET_ITEM(lines, i));
        doubted[i] = (char)is_in_doubt(classes, line);
        whole += line.size;
        if (!doubted[i]) story += line.size;
    }
    for (Py_ssize_t i = 0; i < count && 100 * story >= least_percent * whole; i++)
        if (doubted[i] && add_asked(asked, lines, doubted, i) < 0) goto failed;
    PyMem_Free(doubted);
    return asked;
failed:
    PyMem_Free(doubted);
    Py_XDECREF(asked);
    return NULL;
}

static int
get_table(const Py_buffer *table)
{
    if (table->len == 2 * BMP) return 0;
    PyErr_SetString(PyExc_ValueError, "a 16-bit number for each of 65536 characters");
    return -1;
}

PyDoc_STRVAR(to_ask_doc,
"to_ask(lines: list[str], classes: bytes, least_percent: int) -> list[int]\n\n"
"Which lines the model is asked about, where so much is story.");

static PyObject *
to_ask(PyObject *Py_UNUSED(module), PyObject *args)
{
    PyObject *list, *lines = NULL, *asked = NULL;
    Py_buffer classes;
    int least_percent;
    if (!PyArg_ParseTuple(args, "Oy*i", &list, &classes, &least_percent)) return NULL;
    if (get_table(&classes) == 0 && (lines = checked_lines(list)) != NULL)
        asked = asked_of(lines, classes.buf, least_percent);
    Py_XDECREF(lines);
    PyBuffer_Release(&classes);
    return asked;
}

/* ---- Words ---- */

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

/* Words by the million share a run of the table with some hundred others. */
enum { KINDS = 2, MAX_CUTS = 33, MAX_CELLS = 1024, MAX_PLANES = 24, MAX_LOOKS = 4096 };
static const int64_t MAX_BASE = (int64_t)1 << 40, MAX_WEIGHTS = (int64_t)1 << 62;

typedef struct {
    PyObject_HEAD
    uint16_t classes[BMP], folds[BMP]; /* 0: folds to more than one character */
    Py_UCS4 *characters;               /* of all words with weights */
    Weighed *table;
    uint64_t room;                     /* of the table, a power of two */
    Story *spare;                      /* room of the last call, for the next one */
    int64_t cuts[2][MAX_CUTS];         /* of words that speak of noise, of frame */
    Py_ssize_t cut_count[2];
    Forest forests[KINDS];
} Model;

static inline uint64_t
mixed(uint64_t hash, Py_UCS4 c)
{
    return (hash ^ c) * 0x100000001B3u;
}

static const uint64_t SEED = 0xCBF29CE484222325u;

static uint64_t
hash_of(uint64_t hash, const Py_UCS4 *units, Py_ssize_t size)
{
    for (Py_ssize_t i = 0; i < size; i++) hash = mixed(hash, units[i]);
    return hash;
}

static inline uint64_t
place_of(const Model *self, uint64_t hash)
{
    return (hash ^ hash >> 29) & (self->room - 1);
}

/* The entry of prefix + word + suffix (0: none); NULL if it has no weights. */
static const Weighed *
weighed(const Model *self, Py_UCS4 prefix, const Py_UCS4 *units, const Word *word,
        Py_UCS4 suffix)
{
    uint64_t hash = prefix ? hash_of(mixed(SEED, prefix), units, word->size) : word->hash;
    if (suffix) hash = mixed(hash, suffix);
    Py_ssize_t size = word->size + !!prefix + !!suffix;
    for (uint64_t place = place_of(self, hash);; place = (place + 1) & (self->room - 1)) {
        const Weighed *entry = self->table + place;
        if (!entry->size) return NULL;
        if (entry->hash != (uint32_t)hash || entry->size != (uint64_t)size) continue;
        const Py_UCS4 *known = self->characters + entry->start;
        if ((!prefix || known[0] == prefix) && (!suffix || known[size - 1] == suffix)
            && !memcmp(known + !!prefix, units, (size_t)word->size * sizeof *units))
            return entry;
    }
}

static int
make_room(Folded *folded, Py_ssize_t characters)
{
    if (characters <= folded->room) return 0;
    PyMem_Free(folded->units);
    PyMem_Free(folded->words);
    folded->room = 0;
    folded->units = PyMem_New(Py_UCS4, characters);
    folded->words = PyMem_New(Word, characters);
    if (!folded->units || !folded->words) {
        PyErr_NoMemory();
        return -1;
    }
    folded->room = characters;
    return 0;
}

static void
free_folded(Folded *folded)
{
    PyMem_Free(folded->units);
    PyMem_Free(folded->words);
}

/* Writes `str.casefold` of a line's first characters; there is room for all of it. */
static Py_ssize_t
fold(const Model *self, PyObject *line, Py_ssize_t characters, Py_UCS4 *units)
{
    Text text = text_of(line);
    Py_ssize_t i = 0;
    for (; i < characters; i++) {
        Py_UCS4 c = at(text, i);
        if (c >= BMP || !self->folds[c]) break;
        units[i] = self->folds[c];
    }
    if (i == characters) return i;
    PyObject *rest = PyUnicode_Substring(line, i, characters), *folded = NULL;
    if (rest)
        folded = PyObject_CallMethod((PyObject *)&PyUnicode_Type, "casefold", "O", rest);
    Py_XDECREF(rest);
    if (folded == NULL) return -1;
    Text tail = text_of(folded);
    for (Py_ssize_t j = 0; j < tail.size; j++) units[i++] = at(tail, j);
    Py_DECREF(folded);
    return i;
}

static void
add_word(Folded *folded, Py_ssize_t start, Py_ssize_t size)
{
    uint64_t hash = hash_of(SEED, folded->units + start, size);
    folded->words[folded->word_count++] = (Word){hash, start, size};
}

static int
is_ascii(const Py_UCS4 *units, Py_ssize_t size)
{
    for (Py_ssize_t i = 0; i < size; i++)
        if (units[i] > 127) return 0;
    return 1;
}

/* Folds a line and finds its words; of scripts without spaces, pairs of characters. */
static int
find_words(const Model *self, PyObject *line, Folded *folded)
{
    Text text = text_of(line);
    if (make_room(folded, MAX_FOLDED * text.size + 1) < 0) return -1;
    folded->size = fold(self, line, text.size, folded->units);
    folded->word_count = 0;
    if (folded->size < 0) return -1;
    int in_pairs = is_unspaced(self->classes, text, text.size);
    for (Py_ssize_t i = 0, end; i < folded->size; i = end + 1) {
        end = i;
        while (end < folded->size && class_of(self->classes, folded->units[end]) & WORD)
            end++;
        if (!in_pairs || end - i <= 2 || is_ascii(folded->units + i, end - i)) {
            if (end > i) add_word(folded, i, end - i);
        }
        else
            for (Py_ssize_t pair = i; pair < end - 1; pair++) add_word(folded, pair, 2);
    }
    return 0;
}

static void
add_weights(const Weighed *entry, int64_t sums[2])
{
    if (entry == NULL) return;
    sums[0] += entry->noise;
    sums[1] += entry->frame;
}

/* What the words say of noise and of frame, as two codes. */
static void
word_codes(const Model *self, const Folded *line, uint8_t codes[2])
{
    int64_t sums[2] = {0, 0};
    const Py_UCS4 *units = line->units;
    for (const Word *w = line->words; w < line->words + line->word_count; w++)
        add_weights(weighed(self, 0, units + w->start, w, 0), sums);
    if (line->word_count) {
        const Word *first = line->words, *last = first + line->word_count - 1;
        add_weights(weighed(self, '^', units + first->start, first, 0), sums);
        add_weights(weighed(self, 0, units + last->start, last, '$'), sums);
    }
    for (int kind = 0; kind < 2; kind++) {
        codes[kind] = 0;
        while (codes[kind] < self->cut_count[kind]
               && sums[kind] >= self->cuts[kind][codes[kind]])
            codes[kind]++;
    }
}

/* ---- The story, to look words up in ---- */

static inline uint32_t
pair_of(const Py_UCS4 *units)
{
    return (units[0] * 0x9E3779B1u ^ units[1] * 0x85EBCA77u) >> (32 - PAIR_BITS);
}

static int
tell(const Model *self, PyObject *lines, const char *doubted, Story *story)
{
    Py_ssize_t left = STORY, size = 0;
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(lines) && left; i++) {
        PyObject *line = PyTuple_GET_ITEM(lines, i);
        Py_ssize_t taken = PyUnicode_GET_LENGTH(line);
        if (doubted[i]) continue;
        if (size) story->units[size++] = '\n', left--;
        if (taken > left) taken = left;
        Py_ssize_t added = fold(self, line, taken, story->units + size);
        if (added < 0) return -1;
        size += added;
        left -= taken;
    }
    memset(story->last, 0, sizeof story->last);
    for (Py_ssize_t i = 0; i + 1 < size; i++) {
        uint16_t *last = story->last + pair_of(story->units + i);
        story->before[i] = *last;
        *last = (uint16_t)(i + 1);
    }
    story->size = size;
    return 0;
}

static int
is_told(const Story *story, const Py_UCS4 *units, Py_ssize_t size)
{
    if (size == 1) {
        for (Py_ssize_t i = 0; i < story->size; i++)
            if (story->units[i] == *units) return 1;
        return 0;
    }
    for (Py_ssize_t i = story->last[pair_of(units)]; i; i = story->before[i - 1]) {
        if (i - 1 + size > story->size) continue;
        if (story->units[i - 2 + size] != units[size - 1]) continue; /* most of them */
        if (!memcmp(story->units + i - 1, units, (size_t)size * sizeof *units)) return 1;
    }
    return 0;
}

static int
by_hash(const void *a, const void *b)
{
    const Word *x = a, *y = b;
    if (x->hash != y->hash) return x->hash < y->hash ? -1 : 1;
    return (x->size > y->size) - (x->size < y->size);
}

/* Leaves one of each word. Of two that share hash and size the characters decide. */
static void
make_distinct(Folded *line)
{
    Py_ssize_t kept = 0;
    if (line->word_count > 1)
        qsort(line->words, (size_t)line->word_count, sizeof(Word), by_hash);
    for (Py_ssize_t i = 0; i < line->word_count; i++) {
        Word word = line->words[i];
        int is_new = 1;
        for (Py_ssize_t j = kept; j-- > 0 && is_new && !by_hash(line->words + j, &word);)
            is_new = memcmp(line->units + line->words[j].start, line->units + word.start,
                            (size_t)word.size * sizeof *line->units) != 0;
        if (is_new) line->words[kept++] = word;
    }
    line->word_count = kept;
}

/* Of the distinct telling words, how many the story has, and how many there are. */
static void
shared_codes(const Story *story, const Folded *line, uint8_t codes[2])
{
    int64_t telling = 0, told = 0;
    for (const Word *w = line->words; w < line->words + line->word_count; w++) {
        const Py_UCS4 *units = line->units + w->start;
        if (w->size < TELLING && is_ascii(units, w->size)) continue;
        telling++;
        told += is_told(story, units, w->size);
    }
    codes[0] = telling ? CODE(STORY_SHARE_CUTS, 100 * told / telling) : 0;
    codes[1] = CODE(TELLING_CUTS, telling);
}

/* ---- The codes of a line ---- */

/* What is known of the document whose lines are described. */
typedef struct {
    PyObject *lines, *title, *title_words, *copies;
    char *doubted;
    int64_t *ends;       /* of the lines, in characters */
    int64_t *gone_above; /* lines cut up to each, it included; NULL if none */
    uint8_t prose_share;
    Story *story;
} Context;

static Text
line_at(const Context *document, Py_ssize_t i)
{
    return text_of(PyTuple_GET_ITEM(document->lines, i));
}

static uint8_t
end_code(const uint16_t *classes, Text line)
{
    Py_UCS4 last = at(line, line.size - 1);
    unsigned code = class_of(classes, last) & END;
    unsigned before = line.size > 1 ? class_of(classes, at(line, line.size - 2)) & END : 0;
    if (last == '.' && line.size > 2 && at(line, line.size - 2) == '.'
        && at(line, line.size - 3) == '.')
        return LAST_STOP;
    if ((code == QUOTE || code == BRACKET) && before >= STOP && before <= LAST_STOP)
        return ENDED_INSIDE;
    if (code) return (uint8_t)code;
    return Py_UNICODE_ISLOWER(last) ? 0 : Py_UNICODE_ISUPPER(last) ? UPPER_END : OTHER_END;
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
edge_codes(const uint16_t *classes, const Context *document, Py_ssize_t i, uint8_t *codes)
{
    if (i < 0 || i >= PyTuple_GET_SIZE(document->lines)) {
        codes[0] = sizeof LENGTH_CUTS / sizeof *LENGTH_CUTS + 1;
        codes[1] = NO_LINE_END;
        codes[2] = NO_LINE_START;
        return;
    }
    Text line = line_at(document, i);
    codes[0] = CODE(LENGTH_CUTS, line.size);
    codes[1] = end_code(classes, line);
    codes[2] = start_code(classes, at(line, 0));
}

/* Case, as `str.isupper` and `str.istitle` see it, and digits. */
typedef struct { int is_cased, is_bad, in_word; } Case;

typedef struct { int64_t parts, titled, numbers; int is_upper; } Parts;

static void
see_title(Case *title, Py_UCS4 c)
{
    int is_upper = Py_UNICODE_ISUPPER(c) || Py_UNICODE_ISTITLE(c);
    int is_cased = is_upper || Py_UNICODE_ISLOWER(c);
    if (is_cased && is_upper == title->in_word) title->is_bad = 1;
    title->is_cased |= is_cased;
    title->in_word = is_cased;
}

static Parts
parts_of(Text line)
{
    Parts found = {0, 0, 0, 0};
    int has_upper = 0, has_other_case = 0;
    for (Py_ssize_t i = 0; i < line.size; i++) {
        if (Py_UNICODE_ISSPACE(at(line, i))) continue;
        Case title = {0, 0, 0};
        int is_number = 1;
        for (Py_UCS4 c; i < line.size && !Py_UNICODE_ISSPACE(c = at(line, i)); i++) {
            see_title(&title, c);
            is_number = is_number && Py_UNICODE_ISDIGIT(c);
            has_other_case |= Py_UNICODE_ISLOWER(c) || Py_UNICODE_ISTITLE(c);
            has_upper |= Py_UNICODE_ISUPPER(c);
        }
        found.parts++;
        found.titled += title.is_cased && !title.is_bad;
        found.numbers += is_number;
    }
    found.is_upper = has_upper && !has_other_case;
    return found;
}

/* The signs within a line that say something of it. */
typedef struct {
    int bar, link, at, sentences, commas, colon, copyright, dots, dash, quotes, bracket;
} Signs;

static int
follows(Text line, Py_ssize_t i, const char *wanted)
{
    for (; *wanted; wanted++, i++)
        if (i >= line.size || at(line, i) != (Py_UCS4)(unsigned char)*wanted) return 0;
    return 1;
}

static void
see_sign(Text line, Py_ssize_t i, Signs *signs)
{
    switch (at(line, i)) {
    case '|': signs->bar = 1; break;
    case '@': signs->at = 1; break;
    case '(': signs->bracket = 1; break;
    case ',': signs->commas++; break;
    case 'w': signs->link |= follows(line, i, "www."); break;
    case ':':
        signs->link |= follows(line, i, "://");
        signs->colon |= follows(line, i, ": ");
        break;
    case '?': signs->sentences += follows(line, i, "? "); break;
    case '.':
        signs->sentences += follows(line, i, ". ");
        signs->dots |= follows(line, i, "...");
        break;
    case ' ':
        signs->dash |= i + 2 < line.size && at(line, i + 2) == ' '
            && (at(line, i + 1) == '-' || at(line, i + 1) == 0x2013);
        break;
    case 0x3002: signs->sentences++; break;
    case 0xA9: signs->copyright = 1; break;
    case 0x2026: signs->dots = 1; break;
    case '"': case 0x201C: case 0x201E: signs->quotes++; break;
    default: break;
    }
}

static inline uint8_t
at_most(int64_t most, int64_t value)
{
    return (uint8_t)(value < most ? value : most);
}

static void
own_codes(Text line, uint8_t *codes)
{
    Parts parts = parts_of(line);
    Signs s = {0};
    for (Py_ssize_t i = 0; i < line.size; i++) see_sign(line, i, &s);
    int title = parts.parts == 1 ? 0
        : CODE(TITLE_CASE_CUTS, 100 * parts.titled / parts.parts) + 1;
    codes[0] = (uint8_t)(title + 8 * parts.is_upper);
    codes[1] = CODE(WORD_LENGTH_CUTS, 10 * (line.size - parts.parts + 1) / parts.parts);
    codes[2] = at_most(3, parts.numbers);
    codes[3] = (uint8_t)(s.bar + 2 * s.link + 4 * s.at);
    codes[4] = at_most(3, s.sentences);
    codes[5] = (uint8_t)(at_most(2, s.commas) + 3 * s.colon);
    codes[6] = (uint8_t)(s.copyright + 2 * s.dots + 4 * s.dash);
    codes[7] = (uint8_t)(at_most(2, s.quotes) + 3 * s.bracket);
}

/* How many lines on in this direction prose stands. */
static uint8_t
far_from_prose(const Context *document, Py_ssize_t i, int step)
{
    uint8_t lines = 0;
    for (; lines < FAR_LINES; lines++, i += step)
        if (i < 0 || i >= PyTuple_GET_SIZE(document->lines)) return FAR_LINES;
        else if (!document->doubted[i]) break;
    return lines;
}

static void
place_codes(const Context *document, Py_ssize_t i, uint8_t *codes)
{
    Py_ssize_t last = PyTuple_GET_SIZE(document->lines) - 1;
    int64_t whole = document->ends[last], end = document->ends[i];
    codes[0] = CODE(SHARE_CUTS, 100 * (end - line_at(document, i).size) / whole);
    codes[1] = CODE(SHARE_CUTS, 100 * (whole - end) / whole);
    codes[2] = CODE(PLACE_CUTS, i);
    codes[3] = CODE(PLACE_CUTS, last - i);
    codes[4] = CODE(PLACE_CUTS, last);
    codes[5] = far_from_prose(document, i, -1);
    codes[6] = far_from_prose(document, i, 1);
    codes[7] = document->prose_share;
}

/* Whether the line there begins as this one does, in so many characters. */
static int
opens_alike(const Context *document, Py_ssize_t other, Text line, Py_ssize_t characters)
{
    if (other < 0 || other >= PyTuple_GET_SIZE(document->lines)) return 0;
    Text near = line_at(document, other);
    if (characters > line.size) characters = line.size;
    if (near.size < characters) return 0;
    for (Py_ssize_t i = 0; i < characters; i++)
        if (at(near, i) != at(line, i)) return 0;
    return 1;
}

static void
near_codes(const uint16_t *classes, const Context *document, Py_ssize_t i, uint8_t *codes)
{
    Text line = line_at(document, i);
    edge_codes(classes, document, i - 1, codes);
    edge_codes(classes, document, i + 1, codes + 3);
    codes[6] = NO_SYMBOL;
    if ((class_of(classes, at(line, 0)) >> START_SHIFT & START) >= BULLET)
        codes[6] = (uint8_t)(opens_alike(document, i - 1, line, 1)
                             + 2 * opens_alike(document, i + 1, line, 1));
    codes[7] = (uint8_t)(opens_alike(document, i - 1, line, PREFIX)
                         + 2 * opens_alike(document, i + 1, line, PREFIX));
}

static int
repeat_code(const Context *document, Py_ssize_t i, uint8_t *code)
{
    PyObject *line = PyTuple_GET_ITEM(document->lines, i);
    PyObject *count = PyDict_GetItemWithError(document->copies, line);
    if (count == NULL) return PyErr_Occurred() ? -1 : 0;
    long copies = PyLong_AsLong(count);
    if (copies == -1 && PyErr_Occurred()) return -1;
    *code = at_most(2, copies > 1 ? copies - 1 : 0);
    return 0;
}

/* How much of the line the title shares; of `count` words these are the distinct. */
static int
title_code(const Context *document, Py_ssize_t i, const Folded *line, Py_ssize_t count,
           uint8_t *code)
{
    PyObject *text = PyTuple_GET_ITEM(document->lines, i);
    *code = NO_TITLE;
    if (document->title_words == Py_None) return 0;
    *code = IS_TITLE;
    if (PyUnicode_Compare(text, document->title) == 0) return 0;
    *code = 0;
    if (!count) return 0;
    int64_t shared = 0;
    for (const Word *w = line->words; w < line->words + line->word_count; w++) {
        PyObject *word = PyUnicode_FromKindAndData(PyUnicode_4BYTE_KIND,
                                                   line->units + w->start, w->size);
        int is_shared = word ? PySet_Contains(document->title_words, word) : -1;
        Py_XDECREF(word);
        if (is_shared < 0) return -1;
        shared += is_shared;
    }
    *code = (uint8_t)(CODE(OVERLAP_CUTS, 100 * shared / count) + 1);
    return 0;
}

/* How many lines went before the line i; after the last one for the number of lines. */
static int64_t
gone_before(const Context *document, Py_ssize_t i)
{
    return document->gone_above[i] - (i ? document->gone_above[i - 1] : 0);
}

/* How near lines are gone in this direction, counted down. */
static uint8_t
nearness(const Context *document, Py_ssize_t i, int step)
{
    for (int near = FAR_LINES; near > 0; near--, i += step) {
        if (i < 0 || i > PyTuple_GET_SIZE(document->lines)) break;
        if (gone_before(document, i)) return (uint8_t)near;
    }
    return 0;
}

static void
gone_codes(const Context *document, Py_ssize_t i, uint8_t *codes)
{
    if (document->gone_above == NULL) return; /* all are 0 */
    Py_ssize_t count = PyTuple_GET_SIZE(document->lines);
    int64_t whole = document->gone_above[count], above = document->gone_above[i];
    codes[0] = CODE(GONE_CUTS, gone_before(document, i));
    codes[1] = CODE(GONE_CUTS, gone_before(document, i + 1));
    codes[2] = nearness(document, i, -1);
    codes[3] = nearness(document, i + 1, 1);
    codes[4] = CODE(GONE_IN_ALL_CUTS, whole);
    codes[5] = CODE(GONE_IN_ALL_CUTS, above);
    codes[6] = CODE(GONE_IN_ALL_CUTS, whole - above);
    codes[7] = CODE(GONE_PERCENT_CUTS, 100 * whole / (whole + count));
}

/* The codes of a line whose word codes and words are there already. */
static int
describe(const Model *self, const Context *document, Py_ssize_t i, Folded *line,
         uint8_t *codes)
{
    Py_ssize_t count = line->word_count;
    edge_codes(self->classes, document, i, codes);
    own_codes(line_at(document, i), codes + OWN);
    place_codes(document, i, codes + PLACE);
    near_codes(self->classes, document, i, codes + NEAR);
    make_distinct(line);
    shared_codes(document->story, line, codes + SHARED);
    gone_codes(document, i, codes + GONE);
    if (repeat_code(document, i, codes + REPEATS) < 0) return -1;
    return title_code(document, i, line, count, codes + TITLE);
}

/* The sum of the leaves in which the codes end. */
static int64_t
total(const Forest *forest, const uint8_t *codes, uint64_t *left)
{
    Py_ssize_t cells = forest->cells;
    const uint64_t *first = forest->masks;
    memset(left, 0xFF, (size_t)cells * sizeof *left);
    for (int feature = 0; feature < CODES; feature++) {
        const uint64_t *mask = first + codes[feature] * cells;
        for (Py_ssize_t cell = 0; cell < cells; cell++) left[cell] &= mask[cell];
        first += SIZES[feature] * cells;
    }
    int64_t sum = forest->base;
    for (Py_ssize_t cell = 0; cell < cells; cell++)
        for (uint64_t bits = left[cell]; bits; bits &= bits - 1)
            sum += forest->weights[64 * cell + LOWEST_BIT(bits)];
    return sum;
}

/* ---- Totals of a document ---- */

static void
free_context(Model *self, Context *document)
{
    PyMem_Free(self->spare);
    self->spare = document->story;
    Py_CLEAR(document->lines);
    PyMem_Free(document->doubted);
    PyMem_Free(document->ends);
    PyMem_Free(document->gone_above);
}

/* Sums of the lines gone before each line and after the last. */
static int
set_gone(Context *document, PyObject *gone)
{
    Py_ssize_t count = PyTuple_GET_SIZE(document->lines) + 1;
    if (gone == Py_None) return 0;
    PyObject *list = PySequence_Tuple(gone);
    if (list == NULL) return -1;
    int64_t *above = PyMem_New(int64_t, count), whole = 0;
    document->gone_above = above;
    if (above == NULL) PyErr_NoMemory();
    else if (PyTuple_GET_SIZE(list) != count)
        PyErr_SetString(PyExc_ValueError, "gone: a number before each line, one after");
    for (Py_ssize_t i = 0; i < count && !PyErr_Occurred(); i++) {
        int64_t lines = PyLong_AsLong(PyTuple_GET_ITEM(list, i));
        if (lines > INT32_MAX || (lines < 0 && !PyErr_Occurred()))
            PyErr_SetString(PyExc_ValueError, "gone: lines are counted from 0");
        above[i] = whole += lines;
    }
    Py_DECREF(list);
    return PyErr_Occurred() ? -1 : 0;
}

static int
set_context(const Model *self, Context *document, PyObject *list, PyObject *gone)
{
    document->lines = checked_lines(list);
    if (document->lines == NULL) return -1;
    Py_ssize_t count = PyTuple_GET_SIZE(document->lines), prose = 0;
    document->doubted = PyMem_Malloc((size_t)count + 1);
    document->ends = PyMem_New(int64_t, count + 1);
    if (!document->doubted || !document->ends) {
        PyErr_NoMemory();
        return -1;
    }
    int64_t end = 0;
    for (Py_ssize_t i = 0; i < count; i++) {
        Text line = line_at(document, i);
        document->doubted[i] = (char)is_in_doubt(self->classes, line);
        document->ends[i] = end += line.size;
        prose += !document->doubted[i];
    }
    document->prose_share = count ? CODE(SHARE_CUTS, 100 * prose / count) : 0;
    return set_gone(document, gone);
}

/* The story is told for the first line that is described: many documents have none. */
static int
set_story(Model *self, Context *document)
{
    if (document->story) return 0;
    document->story = self->spare ? self->spare : PyMem_New(Story, 1);
    self->spare = NULL; /* another thread has none while this one waits */
    if (document->story == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    return tell(self, document->lines, document->doubted, document->story);
}

/* The sum of a line's leaves; None where its words leave no doubt. */
static PyObject *
line_total(Model *self, Context *document, Py_ssize_t i, const Forest *forest,
           int least, Folded *words, uint64_t *left)
{
    uint8_t codes[CODES] = {0};
    if (find_words(self, PyTuple_GET_ITEM(document->lines, i), words) < 0) return NULL;
    word_codes(self, words, codes + WORDS);
    if (codes[WORDS] < least) return Py_NewRef(Py_None);
    if (set_story(self, document) < 0
        || describe(self, document, i, words, codes) < 0)
        return NULL;
    return PyLong_FromLongLong(total(forest, codes, left));
}

static PyObject *
chosen_totals(Model *self, Context *document, PyObject *chosen,
              const Forest *forest, int least, Py_ssize_t story)
{
    Py_ssize_t count = PyTuple_GET_SIZE(chosen);
    Folded words = {NULL, NULL, 0, 0, 0};
    uint64_t *left = PyMem_New(uint64_t, forest->cells);
    PyObject *found = PyList_New(count);
    if (left == NULL) PyErr_NoMemory();
    for (Py_ssize_t n = 0; n < count && !PyErr_Occurred(); n++) {
        Py_ssize_t i = PyLong_AsSsize_t(PyTuple_GET_ITEM(chosen, n));
        if (i < 0 || i >= PyTuple_GET_SIZE(document->lines)) {
            if (!PyErr_Occurred()) PyErr_SetString(PyExc_IndexError, "no such line");
            break;
        }
        int needed = i > story ? 0 : least;
        PyObject *sum = line_total(self, document, i, forest, needed, &words, left);
        if (sum) PyList_SET_ITEM(found, n, sum);
    }
    if (PyErr_Occurred()) Py_CLEAR(found);
    PyMem_Free(left);
    free_folded(&words);
    return found;
}

PyDoc_STRVAR(totals_doc,
"totals(lines, chosen, title, title_words, copies, gone, kind, least, story)\n"
"    -> list[int | None]\n\n"
"The sums for the chosen lines by the forest of the kind, 0 or 1; None for a line up to\n"
"number `story` with a code of its words below the least. `copies` says how often a line\n"
"stands that stands more than once, `title_words` is None without a title.");

static PyObject *
Model_totals(Model *self, PyObject *args)
{
    PyObject *list, *numbers, *gone, *chosen = NULL, *found = NULL;
    Context document = {0};
    int kind, least;
    Py_ssize_t story;
    if (!PyArg_ParseTuple(args, "OOOOO!Oiin", &list, &numbers, &document.title,
                          &document.title_words, &PyDict_Type, &document.copies, &gone,
                          &kind, &least, &story))
        return NULL;
    int has_title = document.title_words != Py_None;
    if (kind < 0 || kind >= KINDS
        || (has_title && !(PyFrozenSet_Check(document.title_words)
                           && PyUnicode_Check(document.title)))) {
        PyErr_SetString(PyExc_TypeError, "a kind, a title or its words of a wrong type");
        return NULL;
    }
    if (set_context(self, &document, list, gone) == 0
        && (chosen = PySequence_Tuple(numbers)) != NULL)
        found = chosen_totals(self, &document, chosen, self->forests + kind, least,
                              story);
    Py_XDECREF(chosen);
    free_context(self, &document);
    return found;
}

/* ---- The making of a model ---- */

static void
Model_dealloc(Model *self)
{
    PyTypeObject *type = Py_TYPE(self);
    PyMem_Free(self->characters);
    PyMem_Free(self->table);
    PyMem_Free(self->spare);
    for (int kind = 0; kind < KINDS; kind++) {
        PyMem_Free(self->forests[kind].masks);
        PyMem_Free(self->forests[kind].weights);
    }
    type->tp_free(self);
    Py_DECREF(type);
}

/* Adds a word with its weights, both in one integer, as scoring.py packs them. */
static int
add_weighed(Model *self, PyObject *name, PyObject *weights, uint32_t start)
{
    Text word = text_of(name);
    int64_t both = PyLong_AsLongLong(weights);
    if (both == -1 && PyErr_Occurred()) return -1;
    if (both > MAX_WEIGHTS || both < -MAX_WEIGHTS) {
        PyErr_SetString(PyExc_ValueError, "weights of a word beyond 2^30");
        return -1;
    }
    int64_t whole = (int64_t)1 << 32, noise = ((both + whole / 2) & (whole - 1)) - whole / 2;
    int32_t frame = (int32_t)((both - noise) / whole);
    if (!word.size) return 0; /* no line has such a word */
    for (Py_ssize_t i = 0; i < word.size; i++) self->characters[start + i] = at(word, i);
    uint64_t hash = hash_of(SEED, self->characters + start, word.size);
    uint64_t place = place_of(self, hash);
    for (int looks = 0; self->table[place].size; place = (place + 1) & (self->room - 1))
        if (++looks > MAX_LOOKS) {
            PyErr_SetString(PyExc_ValueError, "words made to share a hash");
            return -1;
        }
    self->table[place] = (Weighed){(uint32_t)hash, start, (uint32_t)word.size,
                                     (int32_t)noise, frame};
    return 0;
}

/* The characters of all words together; -1 with an error set. */
static Py_ssize_t
characters_of(PyObject *words)
{
    PyObject *name;
    Py_ssize_t characters = 0, place = 0;
    while (PyDict_Next(words, &place, &name, NULL)) {
        if (!PyUnicode_Check(name)) {
            PyErr_SetString(PyExc_TypeError, "words are str");
            return -1;
        }
        characters += PyUnicode_GET_LENGTH(name);
    }
    if (characters <= INT32_MAX) return characters;
    PyErr_SetString(PyExc_ValueError, "words of too many characters");
    return -1;
}

static int
set_words(Model *self, PyObject *words)
{
    PyObject *name, *weights;
    Py_ssize_t characters = characters_of(words), place = 0;
    if (characters < 0) return -1;
    for (self->room = 4; self->room < 2 * (uint64_t)PyDict_GET_SIZE(words);)
        self->room *= 2;
    self->table = PyMem_Calloc((size_t)self->room, sizeof *self->table);
    self->characters = PyMem_New(Py_UCS4, characters + 1);
    if (!self->table || !self->characters) {
        PyErr_NoMemory();
        return -1;
    }
    for (uint32_t start = 0; PyDict_Next(words, &place, &name, &weights);
         start += (uint32_t)PyUnicode_GET_LENGTH(name))
        if (add_weighed(self, name, weights, start) < 0) return -1;
    return 0;
}

static int
set_cuts(Model *self, int kind, PyObject *cuts)
{
    self->cut_count[kind] = PyTuple_GET_SIZE(cuts);
    if (self->cut_count[kind] > MAX_CUTS) {
        PyErr_SetString(PyExc_ValueError, "too many cuts");
        return -1;
    }
    for (Py_ssize_t i = 0; i < self->cut_count[kind]; i++) {
        self->cuts[kind][i] = PyLong_AsLongLong(PyTuple_GET_ITEM(cuts, i));
        if (PyErr_Occurred()) return -1;
    }
    return 0;
}

/* Sixty-four leaves of a mask that is kept in bytes, the lowest first. */
static uint64_t
cell_of(const uint8_t *mask, Py_ssize_t cell)
{
    uint64_t bits = 0;
    for (int i = 7; i >= 0; i--) bits = bits << 8 | mask[8 * cell + i];
    return bits;
}

static void
set_weights(Forest *forest, const uint8_t *planes, Py_ssize_t plane_count)
{
    for (Py_ssize_t power = 0; power < plane_count; power++)
        for (Py_ssize_t leaf = 0; leaf < 64 * forest->cells; leaf++)
            forest->weights[leaf] += (int32_t)(planes[8 * forest->cells * power + leaf / 8]
                                               >> leaf % 8 & 1) << power;
}

/* A forest from its masks, one for each code of each feature, and its planes. */
static int
set_forest(Forest *forest, PyObject *row)
{
    const uint8_t *masks, *planes;
    Py_ssize_t cells, mask_bytes, plane_bytes, count = 0;
    long long base;
    if (!PyArg_ParseTuple(row, "ny#y#L", &cells, &masks, &mask_bytes, &planes,
                          &plane_bytes, &base))
        return -1;
    for (int feature = 0; feature < CODES; feature++) count += SIZES[feature];
    if (cells < 1 || cells > MAX_CELLS || mask_bytes != 8 * cells * count
        || plane_bytes % (8 * cells) || plane_bytes / (8 * cells) > MAX_PLANES
        || base < -MAX_BASE || base > MAX_BASE) {
        PyErr_SetString(PyExc_ValueError, "a forest of a wrong size");
        return -1;
    }
    forest->cells = cells;
    forest->base = base;
    forest->masks = PyMem_New(uint64_t, cells * count);
    forest->weights = PyMem_Calloc((size_t)cells, 64 * sizeof *forest->weights);
    if (!forest->masks || !forest->weights) {
        PyErr_NoMemory();
        return -1;
    }
    for (Py_ssize_t i = 0; i < cells * count; i++) forest->masks[i] = cell_of(masks, i);
    set_weights(forest, planes, plane_bytes / (8 * cells));
    return 0;
}

PyDoc_STRVAR(Model_doc,
"Model(classes, folds, words, noise_cuts, frame_cuts, forests)\n\n"
"What the lines are judged by: a class and a folded character for each up to U+FFFF;\n"
"words with their weights, two in one; for each kind a forest, which is (cells of 64 leaves,\n"
"masks, planes, base).");

static PyObject *
Model_new(PyTypeObject *type, PyObject *args, PyObject *Py_UNUSED(keywords))
{
    PyObject *words, *cuts[2], *forests[KINDS];
    Py_buffer classes, folds;
    if (!PyArg_ParseTuple(args, "y*y*O!O!O!(O!O!)", &classes, &folds, &PyDict_Type,
                          &words, &PyTuple_Type, cuts, &PyTuple_Type, cuts + 1,
                          &PyTuple_Type, forests, &PyTuple_Type, forests + 1))
        return NULL;
    Model *self = (Model *)type->tp_alloc(type, 0);
    if (self == NULL || get_table(&classes) < 0 || get_table(&folds) < 0
        || set_words(self, words) < 0)
        goto failed;
    memcpy(self->classes, classes.buf, sizeof self->classes);
    memcpy(self->folds, folds.buf, sizeof self->folds);
    for (int kind = 0; kind < KINDS; kind++)
        if (set_cuts(self, kind, cuts[kind]) < 0
            || set_forest(self->forests + kind, forests[kind]) < 0)
            goto failed;
    goto done;
failed:
    Py_CLEAR(self);
done:
    PyBuffer_Release(&classes);
    PyBuffer_Release(&folds);
    return (PyObject *)self;
}

static PyMethodDef Model_methods[] = {
    {"totals", (PyCFunction)Model_totals, METH_VARARGS, totals_doc},
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
    .name = "cleaner._lines.Model",
    .basicsize = sizeof(Model),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_IMMUTABLETYPE,
    .slots = Model_slots,
};

static PyMethodDef functions[] = {
    {"to_ask", to_ask, METH_VARARGS, to_ask_doc},
    {NULL, NULL, 0, NULL},
};

static int
fill(PyObject *module)
{
    PyObject *type = PyType_FromSpec(&Model_spec);
    if (type == NULL) return -1;
    int failed = PyModule_AddObjectRef(module, "Model", type);
    Py_DECREF(type);
    return failed;
}

static PyModuleDef_Slot module_slots[] = {{Py_mod_exec, fill}, {0, NULL}};

static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "cleaner._lines",
    .m_doc = "The compiled way of the line model.",
    .m_methods = functions,
    .m_slots = module_slots,
};

PyMODINIT_FUNC
PyInit__lines(void)
{
    return PyModuleDef_Init(&module);
}
