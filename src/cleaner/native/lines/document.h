/* What is known of the document whose lines are described. */

#pragma once
#include "codes.h"
#include "lines.h"
#include "story.h"

static const int64_t SHARE_CUTS[] = {0, 4, 9, 19, 34, 49, 64, 79, 89, 96, 99};

typedef struct {
    PyObject *lines, *title, *title_words;
    PyObject *copies_of, *copies; /* what counts the lines that stand again, once asked */
    char *doubted;
    int64_t *ends;       /* of the lines, in characters */
    int64_t *gone_above; /* lines cut up to each, it included; NULL if none */
    Py_ssize_t story_end; /* the number of lines up to the last that is not in doubt */
    uint8_t prose_share;
    Story *story;
} Document;

static Text
line_at(const Document *document, Py_ssize_t i)
{
    return text_of(PyTuple_GET_ITEM(document->lines, i));
}

static void
free_document(Model *self, Document *document)
{
    if (document->story) {
        PyMem_Free(self->spare);
        self->spare = document->story;
    }
    Py_CLEAR(document->lines);
    Py_CLEAR(document->copies);
    PyMem_Free(document->doubted);
    PyMem_Free(document->ends);
    PyMem_Free(document->gone_above);
}

/* Sums up how many lines are gone before each line and after the last. */
static int
sum_gone(PyObject *gone, int64_t *above)
{
    int64_t whole = 0;
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(gone); i++) {
        int64_t lines = PyLong_AsLong(PyTuple_GET_ITEM(gone, i));
        if (lines == -1 && PyErr_Occurred()) return -1;
        if (lines < 0 || lines > INT32_MAX)
            return refused("gone: lines are counted from 0");
        above[i] = whole += lines;
    }
    return 0;
}

static int
set_gone(Document *document, PyObject *gone)
{
    if (gone == Py_None) return 0;
    Py_ssize_t count = PyTuple_GET_SIZE(document->lines) + 1;
    PyObject *numbers = PySequence_Tuple(gone);
    if (numbers == NULL) return -1;
    document->gone_above = PyMem_New(int64_t, count);
    int failed = document->gone_above == NULL ? no_memory()
        : PyTuple_GET_SIZE(numbers) != count
        ? refused("gone: a number before each line, one after")
        : sum_gone(numbers, document->gone_above);
    Py_DECREF(numbers);
    return failed;
}

static int
set_document(const Model *self, Document *document, PyObject *list, PyObject *gone)
{
    document->lines = stripped_lines(list);
    if (document->lines == NULL) return -1;
    Py_ssize_t count = PyTuple_GET_SIZE(document->lines);
    document->doubted = PyMem_Malloc((size_t)count + 1);
    document->ends = PyMem_New(int64_t, count + 1);
    if (!document->doubted || !document->ends) return no_memory();
    Prose prose = mark_doubted(document->lines, self->classes, document->doubted);
    int64_t end = 0;
    for (Py_ssize_t i = 0; i < count; i++) {
        document->ends[i] = end += line_at(document, i).size;
        if (!document->doubted[i]) document->story_end = i + 1;
    }
    document->prose_share = count ? CODE(SHARE_CUTS, 100 * prose.lines / count) : 0;
    return set_gone(document, gone);
}

/* Copies are counted and the story is told for the first line that is described: many
   documents have none. */
static int
set_copies(Document *document)
{
    if (document->copies) return 0;
    document->copies = PyObject_CallOneArg(document->copies_of, document->lines);
    if (document->copies == NULL) return -1;
    return PyDict_Check(document->copies) ? 0 : refused("copies are counted in a dict");
}

static int
set_story(Model *self, Document *document)
{
    if (document->story) return 0;
    document->story = self->spare ? self->spare : PyMem_New(Story, 1);
    self->spare = NULL; /* another thread has none while this one waits */
    if (document->story == NULL) return no_memory();
    return tell(self, document->lines, document->doubted, document->story);
}
