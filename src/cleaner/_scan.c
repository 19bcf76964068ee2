/* The compiled pass: a text cut into lines, and a look for phrases and shapes.

   It says the same as `plain_cut` in document.py and `plain_gate` in gate.py, to which
   the tests compare it, only faster: one look at each character, no object a word.
   Characters beyond U+FFFF count as U+FFFF, lone surrogates as U+FFFD. */

#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdint.h>
#include <string.h>

#ifdef __GNUC__
#define BITS_SET(bits) ((uint32_t)__builtin_popcountll(bits))
#define FETCH_AHEAD(address) __builtin_prefetch(address)
#else
static inline uint32_t
BITS_SET(uint64_t bits)
{
    uint32_t count = 0;
    for (; bits; bits &= bits - 1) count++;
    return count;
}
#define FETCH_AHEAD(address) (void)(address)
#endif

enum { BMP = 65536, ASTRAL = 0xFFFF, REPLACEMENT = 0xFFFD };

/* The kinds of characters, as document.py numbers them. */
enum { BLANK = 1, END = 2, CLOSING = 4, WIDE = 8, COLON = 16, MARK = 32 };

enum { PROSE_WIDTH = 80, EXTRA_PER_WIDE = 2 };

static inline Py_UCS4
narrowed(Py_UCS4 c)
{
    if (c > 0xFFFF) return ASTRAL;
    return (c & 0xF800) == 0xD800 ? REPLACEMENT : c;
}

/* ---- Lines ---- */

/* A line: from line break to line break, and what of it is not blank. */
typedef struct { Py_ssize_t from, to, start, end; } Line;

/* The next line that is not blank, without the blank space around it; 0 at the end. */
static int
next_line(int width, const void *data, Py_ssize_t size, const uint8_t *kinds,
          Py_ssize_t *at, Line *line)
{
    while (*at < size) {
        Py_ssize_t end = *at;
        if (width == PyUnicode_1BYTE_KIND) {
            const char *from = (const char *)data + *at;
            const char *stop = memchr(from, '\n', (size_t)(size - *at));
            end = stop ? *at + (stop - from) : size;
        }
        else {
            while (end < size && PyUnicode_READ(width, data, end) != '\n') end++;
        }
        Line span = {*at, end, *at, end};
        *at = end + 1;
        while (span.start < span.end
               && kinds[narrowed(PyUnicode_READ(width, data, span.start))] & BLANK)
            span.start++;
        while (span.end > span.start
               && kinds[narrowed(PyUnicode_READ(width, data, span.end - 1))] & BLANK)
            span.end--;
        if (span.start < span.end) {
            *line = span;
            return 1;
        }
    }
    return 0;
}

/* 'o'pen, 'p'rose, or 'c'losed but no prose: see document.py. */
static char
shape_of(int width, const void *data, const uint8_t *kinds, Line line)
{
    Py_ssize_t last = line.end - 1;
    uint8_t final = kinds[narrowed(PyUnicode_READ(width, data, last))], kind = final;
    while (kind & CLOSING && last > line.start)
        kind = kinds[narrowed(PyUnicode_READ(width, data, --last))];
    if (!(kind & END)) return 'o';
    if (final & COLON) return 'c';
    Py_ssize_t columns = line.end - line.start;
    for (Py_ssize_t i = line.start; i < line.end && columns < PROSE_WIDTH; i++)
        if (kinds[narrowed(PyUnicode_READ(width, data, i))] & WIDE)
            columns += EXTRA_PER_WIDE;
    return columns >= PROSE_WIDTH ? 'p' : 'c';
}

/* What a document has a line of, as document.py numbers it. */
enum { DOUBLED = 1, FIGURE_END = 2, NAME_LIKE = 4, SUFFIX_CHARS = 5 };

static int
is_doubled(int width, const void *data, Line line)
{
    Py_ssize_t half = (line.end - line.start) / 2;
    const char *first = (const char *)data + line.start * width;
    return half && (line.end - line.start) % 2
        && !memcmp(first, first + (half + 1) * width, (size_t)(half * width));
}

static int
is_name_like(int width, const void *data, Line line)
{
    Py_ssize_t at = line.end > line.start + SUFFIX_CHARS ? line.end - SUFFIX_CHARS
                                                         : line.start;
    for (; at < line.end; at++)
        if (PyUnicode_READ(width, data, at) == '.') return 1;
    for (at = line.start; at < line.end; at++)
        if (PyUnicode_READ(width, data, at) == ' ') return 0;
    return 1;
}

static int
signs_of(int width, const void *data, Line line, char shape)
{
    int signs = is_doubled(width, data, line) ? DOUBLED : 0;
    if (shape != 'o') return signs;
    Py_UCS4 last = PyUnicode_READ(width, data, line.end - 1);
    if (Py_UNICODE_ISDIGIT(last) || last == '/' || last == '|') signs |= FIGURE_END;
    return is_name_like(width, data, line) ? signs | NAME_LIKE : signs;
}

static int
append(PyObject *list, PyObject *item)
{
    if (item == NULL) return -1;
    int failed = PyList_Append(list, item);
    Py_DECREF(item);
    return failed;
}

static int
get_kinds(const Py_buffer *kinds)
{
    if (kinds->len == BMP) return 0;
    PyErr_SetString(PyExc_ValueError, "kinds: one byte for each of 65536 characters");
    return -1;
}

PyDoc_STRVAR(cut_doc,
"cut(text: str, kinds: bytes) -> tuple[list[str], list[int], bytes, int]\n\n"
"The lines that are not blank, where each starts, the shape of each, and the signs of\n"
"all.");

static PyObject *
cut(PyObject *Py_UNUSED(module), PyObject *args)
{
    PyObject *text;
    Py_buffer kinds;
    if (!PyArg_ParseTuple(args, "Uy*", &text, &kinds)) return NULL;
    PyObject *lines = PyList_New(0), *starts = PyList_New(0), *result = NULL;
    char *shapes = NULL;
    Py_ssize_t count = 0, room = 64, at = 0;
    int signs = 0;
    Line line;
    if (get_kinds(&kinds) < 0 || lines == NULL || starts == NULL) goto done;
    int width = PyUnicode_KIND(text);
    const void *data = PyUnicode_DATA(text);
    shapes = PyMem_Malloc((size_t)room);
    if (shapes == NULL) { PyErr_NoMemory(); goto done; }
    while (next_line(width, data, PyUnicode_GET_LENGTH(text), kinds.buf, &at, &line)) {
        if (count == room) {
            char *larger = PyMem_Realloc(shapes, (size_t)(room *= 2));
            if (larger == NULL) { PyErr_NoMemory(); goto done; }
            shapes = larger;
        }
        shapes[count] = shape_of(width, data, kinds.buf, line);
        signs |= signs_of(width, data, line, shapes[count++]);
        if (append(lines, PyUnicode_Substring(text, line.start, line.end)) < 0
            || append(starts, PyLong_FromSsize_t(line.start)) < 0)
            goto done;
    }
    result = Py_BuildValue("OOy#i", lines, starts, shapes, count, signs);
done:
    PyMem_Free(shapes);
    Py_XDECREF(lines);
    Py_XDECREF(starts);
    PyBuffer_Release(&kinds);
    return result;
}

/* ---- Short lines, bare ---- */

enum { MAX_SHORT = 255 };

/* A short line without its marks, case and odd spaces; `bare` is asked for what of it is
   not ASCII. */
static PyObject *
bare_words(PyObject *line, const uint8_t *kinds, PyObject *bare)
{
    int width = PyUnicode_KIND(line);
    const void *data = PyUnicode_DATA(line);
    Py_ssize_t start = 0, end = PyUnicode_GET_LENGTH(line), size = 0;
    char words[MAX_SHORT + 1];
    while (start < end && kinds[narrowed(PyUnicode_READ(width, data, start))] & MARK)
        start++;
    while (end > start && kinds[narrowed(PyUnicode_READ(width, data, end - 1))] & MARK)
        end--;
    for (Py_ssize_t i = start; i < end; i++) {
        Py_UCS4 c = PyUnicode_READ(width, data, i);
        if (c > 127) return PyObject_CallOneArg(bare, line);
        if (!Py_UNICODE_ISSPACE(c))
            words[size++] = (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
        else if (size && words[size - 1] != ' ') words[size++] = ' ';
    }
    if (size && words[size - 1] == ' ') size--;
    return PyUnicode_FromStringAndSize(words, size);
}

/* Adds a number to the list that stands in a dictionary under a key. */
static int
add_under(PyObject *found, PyObject *key, Py_ssize_t number)
{
    PyObject *numbers = PyDict_GetItemWithError(found, key);
    if (numbers) return append(numbers, PyLong_FromSsize_t(number));
    if (PyErr_Occurred() || (numbers = PyList_New(0)) == NULL) return -1;
    int failed = append(numbers, PyLong_FromSsize_t(number)) < 0
        || PyDict_SetItem(found, key, numbers) < 0;
    Py_DECREF(numbers);
    return failed ? -1 : 0;
}

PyDoc_STRVAR(short_lines_doc,
"short_lines(lines: list[str], characters: int, kinds: bytes, bare)\n"
"    -> dict[str, list[int]]\n\n"
"The lines of up to so many characters, bare of marks and case, and where they stand.\n"
"`bare` is the function that says so of any line.");

static PyObject *
short_lines(PyObject *Py_UNUSED(module), PyObject *args)
{
    PyObject *list, *bare, *lines = NULL, *found = NULL;
    Py_ssize_t characters;
    Py_buffer kinds;
    if (!PyArg_ParseTuple(args, "Ony*O", &list, &characters, &kinds, &bare)) return NULL;
    if (characters > MAX_SHORT)
        PyErr_SetString(PyExc_ValueError, "short lines of over 255 characters");
    else if (get_kinds(&kinds) == 0 && (lines = PySequence_Tuple(list)) != NULL)
        found = PyDict_New();
    for (Py_ssize_t i = 0; found && i < PyTuple_GET_SIZE(lines); i++) {
        PyObject *line = PyTuple_GET_ITEM(lines, i);
        if (!PyUnicode_Check(line)) {
            PyErr_SetString(PyExc_TypeError, "short_lines takes a list of str");
            Py_CLEAR(found);
            break;
        }
        if (PyUnicode_GET_LENGTH(line) > characters) continue;
        PyObject *words = bare_words(line, kinds.buf, bare);
        if (words == NULL || add_under(found, words, i) < 0) Py_CLEAR(found);
        Py_XDECREF(words);
    }
    Py_XDECREF(lines);
    PyBuffer_Release(&kinds);
    return found;
}

/* ---- Lines that open alike ---- */

/* A hash of a text's first characters, as `units` has them; 0 stands for a character
   that is passed over before the first that is not. */
static uint64_t
opening_of(PyObject *text, const uint16_t *units, Py_ssize_t characters)
{
    int width = PyUnicode_KIND(text);
    const void *data = PyUnicode_DATA(text);
    Py_ssize_t size = PyUnicode_GET_LENGTH(text), at = 0;
    uint64_t hash = 0xCBF29CE484222325u;
    while (at < size && !units[narrowed(PyUnicode_READ(width, data, at))]) at++;
    Py_ssize_t end = size - at < characters ? size : at + characters;
    for (; at < end; at++)
        hash = (hash ^ units[narrowed(PyUnicode_READ(width, data, at))])
            * 0x100000001B3u;
    return hash;
}

/* The places of the hashes that another one is equal to, in order. */
static PyObject *
twins(const uint64_t *hashes, Py_ssize_t count)
{
    Py_ssize_t room = 4;
    while (room < 2 * count) room *= 2;
    Py_ssize_t *table = PyMem_Calloc((size_t)room, sizeof *table); /* index + 1 */
    char *is_twin = PyMem_Calloc((size_t)count + 1, 1);
    PyObject *found = PyList_New(0);
    if (table == NULL || is_twin == NULL) { PyErr_NoMemory(); goto failed; }
    for (Py_ssize_t i = 0; i < count; i++) {
        Py_ssize_t at = (Py_ssize_t)(hashes[i] * 0x9E3779B97F4A7C15u >> 20) & (room - 1);
        while (table[at] && hashes[table[at] - 1] != hashes[i]) at = (at + 1) & (room - 1);
        if (table[at]) is_twin[i] = is_twin[table[at] - 1] = 1;
        else table[at] = i + 1;
    }
    for (Py_ssize_t i = 0; found && i < count; i++)
        if (is_twin[i] && append(found, PyLong_FromSsize_t(i)) < 0) goto failed;
    goto done;
failed:
    Py_CLEAR(found);
done:
    PyMem_Free(table);
    PyMem_Free(is_twin);
    return found;
}

PyDoc_STRVAR(open_alike_doc,
"open_alike(texts: list[str], units: bytes, characters: int) -> list[int]\n\n"
"Which texts open as another one may: all whose first characters are equal in `units`,\n"
"which has a 16-bit number for each up to U+FFFF, 0 to pass over it.");

static PyObject *
open_alike(PyObject *Py_UNUSED(module), PyObject *args)
{
    PyObject *texts, *found = NULL;
    Py_buffer units;
    Py_ssize_t characters;
    if (!PyArg_ParseTuple(args, "O!y*n", &PyList_Type, &texts, &units, &characters))
        return NULL;
    Py_ssize_t count = PyList_GET_SIZE(texts);
    uint64_t *hashes = PyMem_New(uint64_t, count + 1);
    if (units.len != 2 * BMP) PyErr_SetString(PyExc_ValueError, "units of a wrong size");
    else if (hashes == NULL) PyErr_NoMemory();
    else {
        for (Py_ssize_t i = 0; i < count; i++) {
            PyObject *text = PyList_GET_ITEM(texts, i);
            if (!PyUnicode_Check(text)) {
                PyErr_SetString(PyExc_TypeError, "open_alike takes a list of str");
                goto done;
            }
            hashes[i] = opening_of(text, units.buf, characters);
        }
        found = twins(hashes, count);
    }
done:
    PyMem_Free(hashes);
    PyBuffer_Release(&units);
    return found;
}

/* ---- Stretches that stand again ---- */

/* A stretch that stands anywhere holds one of the windows that begin at every so many
   characters of the text: so a look at those is enough. */
enum { WINDOW = 8 };

/* A window of a stretch: the number of the stretch, from 1, and where in it. */
typedef struct { uint32_t stretch, at; } Window;

static inline uint64_t
window_hash(int width, const char *from)
{
    uint64_t hash = 0, word;
    for (int i = 0; i < width; i++) { /* of so many bytes are its eight characters */
        memcpy(&word, from + 8 * i, sizeof word);
        hash = (hash ^ word) * 0x9E3779B97F4A7C15u;
        hash ^= hash >> 32;
    }
    return hash;
}

/* Puts the windows of the stretches into a table of so many places. */
static void
set_windows(Window *table, uint64_t room, int width, const char *data,
            const Py_ssize_t *starts, Py_ssize_t count, Py_ssize_t length)
{
    for (Py_ssize_t n = 0; n < count; n++)
        for (Py_ssize_t at = 0; at + WINDOW <= length; at++) {
            uint64_t place = window_hash(width, data + (starts[n] + at) * width);
            while (table[place &= room - 1].stretch) place++;
            table[place] = (Window){(uint32_t)n + 1, (uint32_t)at};
        }
}

/* Marks the stretches that stand at another place as well. */
static void
mark_again(const Window *table, uint64_t room, int width, const char *data,
           Py_ssize_t size, const Py_ssize_t *starts, Py_ssize_t length, char *again)
{
    for (Py_ssize_t i = 0; i + WINDOW <= size; i += length - WINDOW + 1) {
        uint64_t place = window_hash(width, data + i * width);
        for (; table[place &= room - 1].stretch; place++) {
            uint32_t n = table[place].stretch - 1;
            Py_ssize_t start = i - table[place].at;
            if (again[n] || start < 0 || start == starts[n] || start + length > size)
                continue;
            again[n] = !memcmp(data + start * width, data + starts[n] * width,
                               (size_t)(length * width));
        }
    }
}

static int
get_starts(PyObject *list, Py_ssize_t *starts, Py_ssize_t last)
{
    for (Py_ssize_t n = 0; n < PyList_GET_SIZE(list); n++) {
        starts[n] = PyLong_AsSsize_t(PyList_GET_ITEM(list, n));
        if (PyErr_Occurred()) return -1;
        if (starts[n] < 0 || starts[n] > last) {
            PyErr_SetString(PyExc_ValueError, "a stretch that is not in the text");
            return -1;
        }
    }
    return 0;
}

PyDoc_STRVAR(stand_again_doc,
"stand_again(text: str, starts: list[int], length: int) -> list[bool]\n\n"
"Of each stretch of this length whether it stands at another place of the text too.");

static PyObject *
stand_again(PyObject *Py_UNUSED(module), PyObject *args)
{
    PyObject *text, *list, *found = NULL;
    Py_ssize_t length;
    if (!PyArg_ParseTuple(args, "UO!n", &text, &PyList_Type, &list, &length)) return NULL;
    Py_ssize_t count = PyList_GET_SIZE(list), size = PyUnicode_GET_LENGTH(text);
    if (length < WINDOW || length > BMP || count > BMP) {
        PyErr_SetString(PyExc_ValueError, "stretches too short, too long or too many");
        return NULL;
    }
    int width = PyUnicode_KIND(text);
    const char *data = PyUnicode_DATA(text);
    uint64_t room = 1;
    while (room <= 2 * (uint64_t)(count * (length - WINDOW + 1))) room *= 2;
    Py_ssize_t *starts = PyMem_New(Py_ssize_t, count + 1);
    char *again = PyMem_Calloc((size_t)count + 1, 1);
    Window *table = PyMem_Calloc((size_t)room, sizeof *table);
    if (!starts || !again || !table) PyErr_NoMemory();
    else if (get_starts(list, starts, size - length) == 0) {
        set_windows(table, room, width, data, starts, count, length);
        mark_again(table, room, width, data, size, starts, length, again);
        found = PyList_New(count);
        for (Py_ssize_t n = 0; found && n < count; n++)
            PyList_SET_ITEM(found, n, PyBool_FromLong(again[n]));
    }
    PyMem_Free(starts);
    PyMem_Free(again);
    PyMem_Free(table);
    return found;
}

/* ---- Phrases and shapes ---- */

/* A phrase of seven units or more is found by six of them in a row at one of two places,
   one of five or six by four: so a look at every second place of a line is enough. A
   shorter phrase is found where it begins, or by a character of it that is less common
   and what follows it. Shapes are found by an automaton over classes. */
enum { HASH_BITS = 18, HASHES = 1 << HASH_BITS, GRAM = 4,
       WIDE_GRAM = 6, STRIDE = 2, MIDDLE = GRAM + STRIDE - 1,
       LONG = WIDE_GRAM + STRIDE - 1, BITS = 64 };

/* What a key may ask: no letter or digit before it, none after it, a letter before it. */
enum { OPENS_WORD = 1, ENDS_WORD = 2, IS_GLUED = 4 };

/* Flags of characters: a short key is found by it, at a word's start or anywhere; it is
   of a word; it is a space. */
enum { OPENS = 1, OF_WORD = 2, SPACE = 4, OPENS_ANYWHERE = 8 };

/* What a character is folded to, its class in the shapes, and flags. */
typedef struct { uint16_t folded; uint8_t class, flags; } Character;

typedef struct {
    uint16_t *units; /* the folded phrase */
    Py_ssize_t length, slot;
    int asks;        /* what must stand beside it */
} Key;

/* A way to a key: by a gram of so many units that stands at a place of it. `gram` and
   `other` are what must stand there and four units on or back, so that few keys need be
   looked at. Small, for it is seldom at hand in the processor's cache. */
typedef struct {
    uint64_t gram, other;
    int32_t key;
    int16_t gram_at;
    int8_t other_at, units;
} Way;

typedef struct { Py_ssize_t slot, line; } Hit;

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

/* What was found; each slot once a line, of which `mark` is the number since ever, and
   `length` that of what is not blank. */
typedef struct {
    Hit *items;
    Py_ssize_t count, room, line, length;
    int64_t mark;
} Hits;

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
    uint32_t first_telling;       /* from this state on, states tell of shapes */
    PyObject *told;               /* by state from there on, slot numbers in a tuple */
    /* Room that calls use again, one after the other: they hold the interpreter. */
    Folded line;
    int64_t *last_mark;           /* by slot */
    int64_t mark;
} Scanner;

static inline uint32_t
hash_of(uint64_t gram)
{
    return (uint32_t)((gram * 0x9E3779B97F4A7C15u) >> (64 - HASH_BITS));
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
    return hash_of(gram + (uint64_t)(units[GRAM] | (uint32_t)units[GRAM + 1] << 16)
                              * 0xD6E8FEB86659FD93u);
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

static int
add_hit(const Scanner *self, Hits *hits, Py_ssize_t slot)
{
    if (self->last_mark[slot] == hits->mark || hits->length > self->longest[slot]) return 0;
    self->last_mark[slot] = hits->mark;
    if (hits->count == hits->room) {
        hits->room = 2 * hits->room + 32;
        Hit *larger = PyMem_Realloc(hits->items, (size_t)hits->room * sizeof(Hit));
        if (larger == NULL) { PyErr_NoMemory(); return -1; }
        hits->items = larger;
    }
    hits->items[hits->count++] = (Hit){slot, hits->line};
    return 0;
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

static int
stands(const Key *key, const Folded *line, Py_ssize_t start)
{
    Py_ssize_t end = start + key->length;
    if (start < 0 || end > line->length) return 0;
    if (memcmp(line->units + start, key->units, (size_t)key->length * 2)) return 0;
    uint16_t before = start ? line->units[start - 1] : 0, after = line->units[end];
    return !(key->asks & OPENS_WORD && is_of_word(before))
        && !(key->asks & ENDS_WORD && is_of_word(after))
        && !(key->asks & IS_GLUED && !is_letter(before));
}

/* Notes a place, which counts if a way begins with what stands there. */
static inline Place *
add_place(const Scanner *self, Place *place, uint32_t at, uint32_t hash)
{
    *place = (Place){at, hash};
    return place + is_seen(self->seen, hash);
}

static void
find_places(const Scanner *self, Folded *line)
{
    const uint16_t *units = line->units;
    Place *place = line->places;
    for (Py_ssize_t i = 0; i + GRAM <= line->length; i += STRIDE) {
        uint64_t gram = gram_at(units + i);
        place = add_place(self, place, (uint32_t)i, hash_of(gram));
        place = add_place(self, place, (uint32_t)i, wide_hash(units + i, gram));
    }
    for (Py_ssize_t o = 0; o < line->opening_count; o++) {
        uint32_t at = line->openings[o];
        uint64_t gram = gram_at(units + at);
        for (Py_ssize_t count = 1; count <= GRAM; count++)
            place = add_place(self, place, at, hash_of(gram & mask_of(count)));
    }
    line->place_count = place - line->places;
}

/* Whether a way leads on from a place: without a look at the key itself. */
static inline int
leads_on(const Way *way, const Folded *line, const Place *place)
{
    Py_ssize_t other = (Py_ssize_t)place->at + way->other_at;
    if (other < 0 || other > line->length) return 0;
    uint64_t mask = mask_of(way->units);
    return (gram_at(line->units + place->at) & mask) == way->gram
        && (gram_at(line->units + other) & mask) == way->other;
}

static inline uint32_t
rank_of(const Scanner *self, uint32_t hash)
{
    uint64_t before = self->seen[hash / BITS] & (((uint64_t)1 << (hash % BITS)) - 1);
    return self->ranks[hash / BITS] + BITS_SET(before);
}

/* Adds the keys to which the places are ways, which are fetched ahead all at once. */
static int
add_keys(const Scanner *self, const Folded *line, Hits *hits)
{
    for (Place *p = line->places; p < line->places + line->place_count; p++) {
        p->hash = rank_of(self, p->hash);
        FETCH_AHEAD(self->ways + self->first_way[p->hash]);
    }
    for (const Place *p = line->places; p < line->places + line->place_count; p++) {
        const uint32_t *first = self->first_way + p->hash;
        for (const Way *way = self->ways + first[0]; way < self->ways + first[1]; way++) {
            if (!leads_on(way, line, p)) continue;
            const Key *key = self->keys + way->key;
            if (stands(key, line, (Py_ssize_t)p->at - way->gram_at)
                && add_hit(self, hits, key->slot) < 0)
                return -1;
        }
    }
    return 0;
}

static int
add_shapes(const Scanner *self, uint32_t state, Hits *hits)
{
    Py_ssize_t row = (state - self->first_telling) / self->class_count;
    PyObject *slots = PyTuple_GET_ITEM(self->told, row);
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(slots); i++)
        if (add_hit(self, hits, PyLong_AsSsize_t(PyTuple_GET_ITEM(slots, i))) < 0)
            return -1;
    return 0;
}

/* Folds a line, a run of spaces to one, and looks for the shapes on the way. */
static inline int
fold_line(const Scanner *self, int width, const void *data, Line raw, Folded *line,
          Hits *hits)
{
    const Character *characters = self->characters;
    const uint32_t *next_state = self->next_state, first_telling = self->first_telling;
    uint32_t state = 0;
    uint16_t *unit = line->units;
    uint32_t *opening = line->openings;
    uint8_t before = 0;
    for (Py_ssize_t i = raw.from; i < raw.to; i++) {
        Py_UCS4 code = PyUnicode_READ(width, data, i);
        Character c = characters[code > ASTRAL ? ASTRAL : code];
        state = next_state[state + c.class];
        if (state >= first_telling && add_shapes(self, state, hits) < 0)
            return -1;
        uint8_t goes_on = c.flags & before;
        uint8_t opens = c.flags & ~(goes_on / OF_WORD); /* not within a word */
        *opening = (uint32_t)(unit - line->units);
        opening += (opens | c.flags / OPENS_ANYWHERE) & OPENS;
        *unit = c.folded;
        unit += !(goes_on & SPACE);
        before = c.flags;
    }
    memset(unit, 0, WIDE_GRAM * sizeof *unit); /* so that a gram may begin with the last */
    line->length = unit - line->units;
    line->opening_count = opening - line->openings;
    return 0;
}

static int
fold(const Scanner *self, int width, const void *data, Line raw, Folded *line,
     Hits *hits)
{
    switch (width) { /* so that the compiler makes a loop for each */
    case PyUnicode_1BYTE_KIND:
        return fold_line(self, PyUnicode_1BYTE_KIND, data, raw, line, hits);
    case PyUnicode_2BYTE_KIND:
        return fold_line(self, PyUnicode_2BYTE_KIND, data, raw, line, hits);
    default:
        return fold_line(self, PyUnicode_4BYTE_KIND, data, raw, line, hits);
    }
}

static int
by_slot(const void *a, const void *b)
{
    const Hit *x = a, *y = b;
    if (x->slot != y->slot) return x->slot < y->slot ? -1 : 1;
    return (x->line > y->line) - (x->line < y->line);
}

/* {slot: [line, ...]}, the slots in their order. */
static PyObject *
as_dict(const Scanner *self, Hits *hits)
{
    PyObject *found = PyDict_New();
    if (found == NULL) return NULL;
    if (hits->count > 1) qsort(hits->items, (size_t)hits->count, sizeof(Hit), by_slot);
    for (Py_ssize_t i = 0; i < hits->count;) {
        Py_ssize_t slot = hits->items[i].slot;
        PyObject *lines = PyList_New(0);
        if (lines == NULL) goto failed;
        for (; i < hits->count && hits->items[i].slot == slot; i++)
            if (append(lines, PyLong_FromSsize_t(hits->items[i].line)) < 0) {
                Py_DECREF(lines);
                goto failed;
            }
        int bad = PyDict_SetItem(found, PyTuple_GET_ITEM(self->slots, slot), lines);
        Py_DECREF(lines);
        if (bad < 0) goto failed;
    }
    return found;
failed:
    Py_DECREF(found);
    return NULL;
}

enum { KEPT_ROOM = 1 << 14 }; /* for lines of so many characters */

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
    PyErr_NoMemory();
    return -1;
}

PyDoc_STRVAR(find_doc,
"find(text: str, kinds: bytes) -> dict[Slot, list[int]]\n\n"
"In which of the lines that `cut` gives a phrase or shape of a slot may stand.");

static PyObject *
Scanner_find(Scanner *self, PyObject *args)
{
    PyObject *text, *result = NULL;
    Py_buffer kinds;
    if (!PyArg_ParseTuple(args, "Uy*", &text, &kinds)) return NULL;
    Hits hits = {NULL, 0, 0, 0, 0, 0};
    if (get_kinds(&kinds) < 0) goto done;
    int width = PyUnicode_KIND(text);
    const void *data = PyUnicode_DATA(text);
    Py_ssize_t size = PyUnicode_GET_LENGTH(text), at = 0;
    for (Line line; next_line(width, data, size, kinds.buf, &at, &line); hits.line++) {
        Py_ssize_t length = line.to - line.from;
        hits.mark = ++self->mark;
        hits.length = line.end - line.start;
        if (length > INT32_MAX) {
            PyErr_SetString(PyExc_OverflowError, "a line of over 2^31 characters");
            goto done;
        }
        if (length > self->line.room && make_room(&self->line, 2 * length) < 0) goto done;
        if (fold(self, width, data, line, &self->line, &hits) < 0) goto done;
        find_places(self, &self->line);
        if (add_keys(self, &self->line, &hits) < 0) goto done;
    }
    result = as_dict(self, &hits);
done:
    if (self->line.room > KEPT_ROOM) free_room(&self->line);
    PyMem_Free(hits.items);
    PyBuffer_Release(&kinds);
    return result;
}

/* ---- The making of a scanner ---- */

static void
Scanner_dealloc(Scanner *self)
{
    PyTypeObject *type = Py_TYPE(self);
    for (Py_ssize_t i = 0; self->keys && i < self->key_count; i++)
        PyMem_Free(self->keys[i].units);
    PyMem_Free(self->keys);
    PyMem_Free(self->ways);
    PyMem_Free(self->first_way);
    PyMem_Free(self->next_state);
    PyMem_Free(self->last_mark);
    PyMem_Free(self->longest);
    free_room(&self->line);
    Py_XDECREF(self->slots);
    Py_XDECREF(self->told);
    type->tp_free(self);
    Py_DECREF(type);
}

/* The hash by which a key is found that has this gram at a place. */
static uint32_t
hash_for(const Key *key, Py_ssize_t at, uint64_t gram)
{
    return key->length < LONG ? hash_of(gram) : wide_hash(key->units + at, gram);
}

/* A way to the key by the gram at a place, checked against one at another place. */
static void
add_way(Scanner *self, int32_t number, Py_ssize_t at, Py_ssize_t other)
{
    const Key *key = self->keys + number;
    Py_ssize_t units = key->length - at < GRAM ? key->length - at : GRAM;
    uint64_t mask = mask_of(units), gram = gram_at(key->units + at) & mask;
    uint32_t hash = hash_for(key, at, gram);
    self->seen[hash / BITS] |= (uint64_t)1 << (hash % BITS);
    self->ways[self->way_count++] = (Way){
        gram, gram_at(key->units + other) & mask, number, (int16_t)at,
        (int8_t)(other - at), (int8_t)units,
    };
}

/* Counts the hashes seen, so that each has a rank: the number of those before it. */
static uint32_t
count_ranks(Scanner *self)
{
    uint32_t count = 0;
    for (Py_ssize_t i = 0; i < HASHES / BITS; i++) {
        self->ranks[i] = count;
        count += BITS_SET(self->seen[i]);
    }
    return count;
}

static uint32_t
way_rank(const Scanner *self, const Way *way)
{
    return rank_of(self, hash_for(self->keys + way->key, way->gram_at, way->gram));
}

/* Sorts the ways by the rank of their hash: counted first, then each put in place. */
static int
sort_ways(Scanner *self)
{
    uint32_t ranks = count_ranks(self), at = 0;
    Way *sorted = PyMem_Calloc((size_t)self->way_count + 1, sizeof(Way));
    self->first_way = PyMem_Calloc((size_t)ranks + 2, sizeof(uint32_t));
    if (!sorted || !self->first_way) {
        PyMem_Free(sorted);
        PyErr_NoMemory();
        return -1;
    }
    uint32_t *next = self->first_way + 1; /* where the next way of a rank goes */
    for (Py_ssize_t i = 0; i < self->way_count; i++)
        next[way_rank(self, self->ways + i)]++;
    for (uint32_t rank = 0; rank < ranks; rank++) {
        uint32_t count = next[rank];
        next[rank] = at;
        at += count;
    }
    for (Py_ssize_t i = 0; i < self->way_count; i++)
        sorted[next[way_rank(self, self->ways + i)]++] = self->ways[i];
    PyMem_Free(self->ways);
    self->ways = sorted;
    return 0;
}

static int
add_key(Scanner *self, Py_ssize_t number, PyObject *row)
{
    const char *units;
    Py_ssize_t bytes, slot, place;
    int asks;
    if (!PyArg_ParseTuple(row, "y#nni", &units, &bytes, &slot, &place, &asks))
        return -1;
    Key *key = self->keys + number;
    Py_ssize_t length = bytes / 2;
    if (!length || length > INT16_MAX || bytes % 2 || slot < 0
        || slot >= self->slot_count || place < 0
        || place + (length >= LONG ? LONG : length >= MIDDLE ? MIDDLE : 1) > length) {
        PyErr_SetString(PyExc_ValueError, "a key that fits no slot or gram");
        return -1;
    }
    key->units = PyMem_Calloc((size_t)length + WIDE_GRAM, sizeof *key->units);
    if (key->units == NULL) { PyErr_NoMemory(); return -1; }
    memcpy(key->units, units, (size_t)bytes);
    key->length = length;
    key->slot = slot;
    key->asks = asks;
    if (length < MIDDLE) {
        for (Py_ssize_t i = 0; i < BMP; i++)
            if (self->characters[i].folded == key->units[place])
                self->characters[i].flags |=
                    asks & OPENS_WORD ? OPENS : OPENS_ANYWHERE;
        add_way(self, (int32_t)number, place, 0);
        return 0;
    }
    for (Py_ssize_t at = place; at < place + STRIDE; at++) {
        Py_ssize_t other = at + 2 * GRAM <= length ? at + GRAM : at < GRAM ? 0 : at - GRAM;
        add_way(self, (int32_t)number, at, other);
    }
    return 0;
}

static int
set_keys(Scanner *self, PyObject *keys)
{
    self->key_count = PyTuple_GET_SIZE(keys);
    self->keys = PyMem_Calloc((size_t)self->key_count + 1, sizeof(Key));
    self->ways = PyMem_Calloc((size_t)self->key_count * STRIDE + 1, sizeof(Way));
    if (!self->keys || !self->ways) { PyErr_NoMemory(); return -1; }
    for (Py_ssize_t i = 0; i < self->key_count; i++)
        if (add_key(self, i, PyTuple_GET_ITEM(keys, i)) < 0) return -1;
    return sort_ways(self);
}

/* States are kept as the place of their row, so that a step is one addition. */
static int
set_states(Scanner *self, const Py_buffer *table)
{
    Py_ssize_t cells = table->len / 4, rows = cells / self->class_count;
    Py_ssize_t telling = PyTuple_GET_SIZE(self->told);
    const uint32_t *next = table->buf;
    int is_whole = table->len == 4 * rows * self->class_count;
    if (!is_whole || !rows || rows > 0xFFFF || telling > rows) goto bad;
    self->next_state = PyMem_Malloc((size_t)table->len);
    if (self->next_state == NULL) { PyErr_NoMemory(); return -1; }
    for (Py_ssize_t i = 0; i < cells; i++) {
        if (next[i] >= rows) goto bad;
        self->next_state[i] = next[i] * (uint32_t)self->class_count;
    }
    self->first_telling = (uint32_t)((rows - telling) * self->class_count);
    return 0;
bad:
    PyErr_SetString(PyExc_ValueError, "a table of states of a wrong size");
    return -1;
}

static int
set_slots(Scanner *self, PyObject *slots, PyObject *longest)
{
    self->slots = Py_NewRef(slots);
    self->slot_count = PyTuple_GET_SIZE(slots);
    size_t room = (size_t)self->slot_count + 1;
    self->last_mark = PyMem_Calloc(room, sizeof *self->last_mark);
    self->longest = PyMem_Calloc(room, sizeof *self->longest);
    if (!self->last_mark || !self->longest) { PyErr_NoMemory(); return -1; }
    if (PyTuple_GET_SIZE(longest) != self->slot_count) {
        PyErr_SetString(PyExc_ValueError, "not as many lengths as slots");
        return -1;
    }
    for (Py_ssize_t i = 0; i < self->slot_count; i++) {
        self->longest[i] = PyLong_AsSsize_t(PyTuple_GET_ITEM(longest, i));
        if (self->longest[i] == -1 && PyErr_Occurred()) return -1;
    }
    return 0;
}

PyDoc_STRVAR(Scanner_doc,
"Scanner(slots, longest, folded, classes, keys, states, told)\n\n"
"What is looked for, in lines no longer than `longest` says for each slot: keys are\n"
"folded phrases, (units, slot, by what place, what is asked of the characters beside\n"
"it); states say which state follows each state for each class; the last of them tell\n"
"of slots.");

static PyObject *
Scanner_new(PyTypeObject *type, PyObject *args, PyObject *Py_UNUSED(keywords))
{
    PyObject *slots, *longest, *keys, *told;
    Py_buffer folded, classes, states;
    if (!PyArg_ParseTuple(args, "O!O!y*y*O!y*O!", &PyTuple_Type, &slots, &PyTuple_Type,
                          &longest, &folded, &classes, &PyTuple_Type, &keys, &states,
                          &PyTuple_Type, &told))
        return NULL;
    Scanner *self = (Scanner *)type->tp_alloc(type, 0);
    if (self == NULL) goto done;
    self->told = Py_NewRef(told);
    if (set_slots(self, slots, longest) < 0) goto failed;
    if (folded.len != 2 * BMP || classes.len != BMP) {
        PyErr_SetString(PyExc_ValueError, "a table of characters of a wrong size");
        goto failed;
    }
    for (Py_ssize_t i = 0; i < BMP; i++) {
        Py_UCS4 code = narrowed((Py_UCS4)i); /* of a lone surrogate another one's */
        uint8_t class = ((const uint8_t *)classes.buf)[code];
        uint16_t unit = ((const uint16_t *)folded.buf)[code];
        uint8_t flags = is_of_word(unit) ? OF_WORD : unit == ' ' ? SPACE : 0;
        self->characters[i] = (Character){unit, class, flags};
        if (class >= self->class_count) self->class_count = class + 1;
    }
    if (set_keys(self, keys) == 0 && set_states(self, &states) == 0)
        goto done;
failed:
    Py_CLEAR(self);
done:
    PyBuffer_Release(&folded);
    PyBuffer_Release(&classes);
    PyBuffer_Release(&states);
    return (PyObject *)self;
}

static PyMethodDef Scanner_methods[] = {
    {"find", (PyCFunction)Scanner_find, METH_VARARGS, find_doc},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot Scanner_slots[] = {
    {Py_tp_doc, (void *)Scanner_doc},
    {Py_tp_new, Scanner_new},
    {Py_tp_dealloc, Scanner_dealloc},
    {Py_tp_methods, Scanner_methods},
    {0, NULL},
};

static PyType_Spec Scanner_spec = {
    .name = "cleaner._scan.Scanner",
    .basicsize = sizeof(Scanner),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_IMMUTABLETYPE,
    .slots = Scanner_slots,
};

static PyMethodDef functions[] = {
    {"cut", cut, METH_VARARGS, cut_doc},
    {"short_lines", short_lines, METH_VARARGS, short_lines_doc},
    {"open_alike", open_alike, METH_VARARGS, open_alike_doc},
    {"stand_again", stand_again, METH_VARARGS, stand_again_doc},
    {NULL, NULL, 0, NULL},
};

static int
fill(PyObject *module)
{
    PyObject *type = PyType_FromSpec(&Scanner_spec);
    if (type == NULL) return -1;
    int failed = PyModule_AddObjectRef(module, "Scanner", type);
    Py_DECREF(type);
    return failed;
}

static PyModuleDef_Slot module_slots[] = {{Py_mod_exec, fill}, {0, NULL}};

static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "cleaner._scan",
    .m_doc = "The compiled pass over a text.",
    .m_methods = functions,
    .m_slots = module_slots,
};

PyMODINIT_FUNC
PyInit__scan(void)
{
    return PyModuleDef_Init(&module);
}
