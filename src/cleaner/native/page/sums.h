/* The sums of a page's lines by the trees; the same as `plain_sums` in
   model/page.py. */

#pragma once
#include "features.h"
#include "noise.h"
#include "trees.h"
#include "words.h"

static int
make_room(Page *page)
{
    Py_ssize_t lines = page->lines;
    Py_ssize_t most = page->words > lines ? page->words : lines;
    page->table.entries = take(page, table_room(most), sizeof(Entry));
    page->rows = take(page, ROWS * lines + COLUMNS, sizeof(int16_t));
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
    page->told = take(page, 1 << WORD_BITS, sizeof(uint8_t));
    return PyErr_Occurred() ? -1 : 0;
}

/* Everything that the trees see of a page that was taken apart. */
static int
describe(const Model *self, Page *page, PyObject *title, int64_t kinds[KINDS])
{
    Alphabet alphabet = {self->classes, self->folded};
    if (make_room(page) < 0) return -1;
    if (title != Py_None && see_title(page, title, &alphabet) < 0) return -1;
    for (Py_ssize_t i = 0; i < page->lines; i++) measure(page, page->line + i);
    for (Py_ssize_t i = 0; i < page->lines; i++) put_own(page, i);
    put_placed(page);
    put_groups(page);
    put_shape_runs(page);
    put_seen(page);
    put_known(page);
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

/* What was found of the lines, four numbers each, and of the page. */
static PyObject *
told(const Model *self, Page *page, const int64_t kinds[KINDS])
{
    Py_ssize_t bytes = TOLD * page->lines * (Py_ssize_t)sizeof(int64_t);
    PyObject *lines = PyBytes_FromStringAndSize(NULL, bytes);
    PyObject *numbers = numbers_of(kinds), *both = NULL;
    if (lines && numbers) {
        int64_t *found = (int64_t *)PyBytes_AS_STRING(lines);
        for (Py_ssize_t i = 0; i < page->lines; i++) {
            found[STARTS * page->lines + i] = page->line[i].start;
            found[ENDS * page->lines + i] = page->line[i].end;
            found[LINE_WORDS * page->lines + i] = row_of(page, WORDS)[i];
        }
        if (put_totals(self, page, found + TOTALS * page->lines) == 0)
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
    if (taken_apart(&page, text_of(text), &alphabet) == 0) {
        kind_sums(self, &page, kinds);
        if (!page.lines || describe(self, &page, title, kinds) == 0)
            found = told(self, &page, kinds);
    }
    free_page(&page);
    return found;
}
