/* The sums of lines' leaves; the same as `plain_totals` in model/scoring.py. */

#pragma once
#include "around.h"
#include "signs.h"

/* The codes of a line whose word codes and words are there already. */
static int
describe(const Model *self, const Document *document, Py_ssize_t i, Folded *line,
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
        first += CODE_COUNTS[feature] * cells;
    }
    int64_t sum = forest->base;
    for (Py_ssize_t cell = 0; cell < cells; cell++)
        for (uint64_t bits = left[cell]; bits; bits &= bits - 1)
            sum += forest->weights[64 * cell + LOWEST_BIT(bits)];
    return sum;
}

/* What is asked of lines, and room to work in. */
typedef struct {
    const Forest *forest;
    int least; /* lines down to the one right below the story are summed only if the code
                  of their words is at least this */
    Folded words, cased;
    uint64_t *left; /* of the leaves */
} Question;

/* The sum of a line's leaves; None where its words leave no doubt. */
static PyObject *
line_total(Model *self, Document *document, Py_ssize_t i, Question *asked)
{
    uint8_t codes[CODES] = {0};
    Folded *words = &asked->words;
    PyObject *line = PyTuple_GET_ITEM(document->lines, i);
    if (find_words(self, line, words) < 0) return NULL;
    word_codes(self, words, codes + WORDS);
    if (i <= document->story_end && codes[WORDS] < asked->least) return Py_NewRef(Py_None);
    if (find_cased_words(self, line, &asked->cased) < 0) return NULL;
    codes[WORDS + ON_INSET] = inset_code(self, &asked->cased);
    if (set_copies(document) < 0 || set_story(self, document) < 0
        || describe(self, document, i, words, codes) < 0)
        return NULL;
    return PyLong_FromLongLong(total(asked->forest, codes, asked->left));
}

/* The number of a line as C has it; -1 with an error set if there is no such line. */
static Py_ssize_t
number_of(const Document *document, PyObject *number)
{
    Py_ssize_t i = PyLong_AsSsize_t(number);
    if (i >= 0 && i < PyTuple_GET_SIZE(document->lines)) return i;
    if (!PyErr_Occurred()) PyErr_SetString(PyExc_IndexError, "no such line");
    return -1;
}

static PyObject *
line_totals(Model *self, Document *document, PyObject *chosen, Question *asked)
{
    Py_ssize_t count = PyTuple_GET_SIZE(chosen);
    PyObject *found = PyList_New(count);
    for (Py_ssize_t n = 0; found && n < count; n++) {
        Py_ssize_t i = number_of(document, PyTuple_GET_ITEM(chosen, n));
        PyObject *sum = i < 0 ? NULL : line_total(self, document, i, asked);
        if (sum) PyList_SET_ITEM(found, n, sum);
        else Py_CLEAR(found);
    }
    return found;
}

/* Of a sequence of lines' numbers. */
static PyObject *
chosen_totals(Model *self, Document *document, PyObject *numbers, Question *asked)
{
    PyObject *found = NULL, *chosen = PySequence_Tuple(numbers);
    if (chosen == NULL) return NULL;
    asked->left = PyMem_New(uint64_t, asked->forest->cells);
    if (asked->left == NULL) PyErr_NoMemory();
    else found = line_totals(self, document, chosen, asked);
    Py_DECREF(chosen);
    PyMem_Free(asked->left);
    free_folded(&asked->words);
    free_folded(&asked->cased);
    return found;
}

static int
check_title(const Document *document)
{
    if (document->title_words == Py_None) return 0;
    if (PyFrozenSet_Check(document->title_words) && PyUnicode_Check(document->title))
        return 0;
    PyErr_SetString(PyExc_TypeError, "a title is a str, its words are a frozenset");
    return -1;
}

PyDoc_STRVAR(totals_doc,
"totals(lines, chosen, title, title_words, copies_of, gone, kind, least)\n"
"    -> list[int | None]\n\n"
"The sums for the chosen lines by the forest of the kind, 0 or 1; None for a line with a\n"
"code of its words below the least, unless it stands further down than right below the\n"
"last line that is in no doubt. `copies_of` counts, in a dict, lines that stand more than\n"
"once; `title_words` is None without a title.");

static PyObject *
Model_totals(Model *self, PyObject *args)
{
    PyObject *lines, *chosen, *gone, *found = NULL;
    Document document = {0};
    int kind, least;
    if (!PyArg_ParseTuple(args, "OOOOOOii", &lines, &chosen, &document.title,
                          &document.title_words, &document.copies_of, &gone, &kind,
                          &least)
        || check_title(&document) < 0)
        return NULL;
    if (kind < 0 || kind >= KINDS) return PyErr_Format(PyExc_ValueError, "no such kind");
    Question asked = {.forest = self->forests + kind, .least = least};
    if (set_document(self, &document, lines, gone) == 0)
        found = chosen_totals(self, &document, chosen, &asked);
    free_document(self, &document);
    return found;
}
