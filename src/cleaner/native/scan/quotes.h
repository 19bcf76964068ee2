/* Lines that may be pulled out of a text, for detectors/duplicates/pull_quotes.py. */

#pragma once
#include "lines.h"
#include "stretches.h"

/* As there: how long such a line is, where a standfirst stands, how many of the lines
   below may be open, and how much of the middle must stand in the text again. */
enum { MIN_QUOTE = 60, END_QUOTE = 400, STANDFIRST_END = 3, MAX_QUOTES = 40, PROBE = 24 };

/* A text with its lines as `cut` gives them, and the numbers of those that may be. */
typedef struct {
    PyObject *lines, *starts;
    const char *shapes;
    Py_ssize_t count, quotes[STANDFIRST_END + MAX_QUOTES], quote_count;
} Quotes;

static void
add_quote(Quotes *found, Py_ssize_t i)
{
    Py_ssize_t size = text_of(PyList_GET_ITEM(found->lines, i)).size;
    if (size >= MIN_QUOTE && size < END_QUOTE) found->quotes[found->quote_count++] = i;
}

static int
ends_in_stop(Text line)
{
    Py_UCS4 last = line.size ? char_at(line, line.size - 1) : 0;
    return last == '.' || last == 0x3002 || last == 0x0964; /* Chinese, Hindi */
}

/* Finds the lines of a quote's length at the top, and the open ones below if few are. */
static void
find_quotes(Quotes *found)
{
    Py_ssize_t open = 0;
    if (!found->count) return;
    Py_ssize_t first = ends_in_stop(text_of(PyList_GET_ITEM(found->lines, 0))) ? 0 : 1;
    for (Py_ssize_t i = first; i < found->count && i < STANDFIRST_END; i++)
        add_quote(found, i);
    for (Py_ssize_t i = STANDFIRST_END; i < found->count; i++)
        open += found->shapes[i] == 'o';
    if (open > MAX_QUOTES) return;
    for (Py_ssize_t i = STANDFIRST_END; i < found->count; i++)
        if (found->shapes[i] == 'o') add_quote(found, i);
}

/* Where the middle of each begins in the text. */
static int
get_middles(const Quotes *found, Py_ssize_t *middles, Py_ssize_t last)
{
    for (Py_ssize_t n = 0; n < found->quote_count; n++) {
        Py_ssize_t i = found->quotes[n];
        Py_ssize_t start = PyLong_AsSsize_t(PyList_GET_ITEM(found->starts, i));
        if (start == -1 && PyErr_Occurred()) return -1;
        Py_ssize_t before = (text_of(PyList_GET_ITEM(found->lines, i)).size - PROBE) / 2;
        if (start < 0 || start > last - before)
            return refused("a line that is not in the text");
        middles[n] = start + before;
    }
    return 0;
}

static PyObject *
quotes_again(const Quotes *found, const char *stands_again)
{
    PyObject *numbers = PyList_New(0);
    for (Py_ssize_t n = 0; numbers && n < found->quote_count; n++)
        if (stands_again[n] && append(numbers, PyLong_FromSsize_t(found->quotes[n])) < 0)
            Py_CLEAR(numbers);
    return numbers;
}

static PyObject *
find_again(const Quotes *found, Text text)
{
    Py_ssize_t middles[STANDFIRST_END + MAX_QUOTES];
    char again[STANDFIRST_END + MAX_QUOTES] = {0};
    if (get_middles(found, middles, text.size - PROBE) < 0) return NULL;
    int bits = table_bits((uint64_t)(found->quote_count * (PROBE - WINDOW + 1)));
    Stretches stretches = {
        middles, found->quote_count, PROBE, again,
        PyMem_Calloc((size_t)1 << bits, sizeof(Window)), ((uint64_t)1 << bits) - 1,
    };
    if (stretches.table == NULL) return PyErr_NoMemory();
    mark_again(&stretches, text);
    PyMem_Free(stretches.table);
    return quotes_again(found, again);
}

PyDoc_STRVAR(pulled_doc,
"pulled(text: str, lines: list[str], starts: list[int], shapes: bytes) -> list[int]\n\n"
"Which lines, as `cut` gives them, have a quote's length, stand at the top or are open,\n"
"and have a middle that stands at another place of the text too.");

static PyObject *
pulled(PyObject *Py_UNUSED(module), PyObject *args)
{
    PyObject *text;
    Quotes found = {0};
    if (!PyArg_ParseTuple(args, "UO!O!y#", &text, &PyList_Type, &found.lines, &PyList_Type,
                          &found.starts, &found.shapes, &found.count))
        return NULL;
    if (PyList_GET_SIZE(found.lines) != found.count
        || PyList_GET_SIZE(found.starts) != found.count) {
        refused("not as many lines as starts and shapes");
        return NULL;
    }
    for (Py_ssize_t i = 0; i < found.count; i++)
        if (!PyUnicode_Check(PyList_GET_ITEM(found.lines, i)))
            return PyErr_Format(PyExc_TypeError, "each line must be a str");
    find_quotes(&found);
    return found.quote_count ? find_again(&found, text_of(text)) : PyList_New(0);
}
