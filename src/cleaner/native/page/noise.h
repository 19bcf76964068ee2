/* Which lines are none of a page's main content; the same as `plain_noise` in
   model/page.py. */

#pragma once
#include "model.h"

/* Of each line, in 64 bits each; what `Model.sums` gives. */
enum { STARTS, ENDS, LINE_WORDS, TOTALS, TOLD };

/* A page's lines with the chance of each, in thousandths, and the likeliest first. */
typedef struct {
    Py_ssize_t lines;
    const int64_t *told;
    int16_t *chances;
    Py_ssize_t *ordered;
} Choice;

static int64_t
words_of(const Choice *choice, Py_ssize_t i)
{
    return choice->told[LINE_WORDS * choice->lines + i] + 1;
}

/* Finds the chances, and the order by them. */
static void
choose(const Model *self, const Choice *choice)
{
    const int64_t *totals = choice->told + TOTALS * choice->lines;
    Py_ssize_t starts[UNITS + 2] = {0};
    for (Py_ssize_t i = 0; i < choice->lines; i++) {
        int64_t place = over(totals[i], CHANCE_STEP) + self->chance_count / 2;
        place = at_least(0, at_most(self->chance_count - 1, place));
        choice->chances[i] = self->chances[place];
        starts[UNITS - choice->chances[i] + 1]++;
    }
    for (int unit = 0; unit < UNITS; unit++) starts[unit + 1] += starts[unit];
    for (Py_ssize_t i = 0; i < choice->lines; i++)
        choice->ordered[starts[UNITS - choice->chances[i]]++] = i;
}

/* The chance of the last line that raises the F1 which can be expected. */
static int64_t
best_chance(const Choice *choice)
{
    int64_t mass = 1, hits = 0, taken = 0, found = 0;
    double best = -1;
    for (Py_ssize_t i = 0; i < choice->lines; i++)
        mass += choice->chances[i] * words_of(choice, i);
    for (Py_ssize_t n = 0; n < choice->lines; n++) {
        Py_ssize_t i = choice->ordered[n];
        hits += choice->chances[i] * words_of(choice, i);
        taken += UNITS * words_of(choice, i);
        double half = (double)hits / (double)(taken + mass);
        if (half > best) {
            best = half;
            found = choice->chances[i];
        }
    }
    return found;
}

/* Appends where a line starts and ends, and how surely it is noise. */
static int
append_noise(PyObject *noise, const Choice *choice, Py_ssize_t i)
{
    long long start = choice->told[STARTS * choice->lines + i];
    long long end = choice->told[ENDS * choice->lines + i];
    double score = (double)at_least(1, UNITS - choice->chances[i]) / UNITS;
    return append(noise, Py_BuildValue("LLd", start, end, score));
}

/* A list of the lines that are not worth their place, if they are noise enough. */
static PyObject *
noise_of(const Choice *choice)
{
    PyObject *noise = PyList_New(0);
    int64_t least = 9 * best_chance(choice), mass = 0, words = 0;
    for (Py_ssize_t i = 0; noise && i < choice->lines; i++) {
        words += words_of(choice, i);
        if (10 * choice->chances[i] >= least) continue;
        mass += (UNITS - choice->chances[i]) * words_of(choice, i);
        if (append_noise(noise, choice, i) < 0) Py_CLEAR(noise);
    }
    if (noise && mass < MIN_NOISE_PER_MILLE * words) Py_SETREF(noise, PyList_New(0));
    return noise;
}

PyDoc_STRVAR(noise_doc,
"noise(lines: bytes) -> list[tuple[int, int, float]]\n\n"
"Of the lines that `sums` tells of those that are noise: start, end, and how surely.");

static PyObject *
Model_noise(Model *self, PyObject *lines)
{
    enum { LINE_BYTES = TOLD * sizeof(int64_t) };
    if (!PyBytes_Check(lines) || PyBytes_GET_SIZE(lines) % LINE_BYTES) {
        PyErr_SetString(PyExc_TypeError, "lines are what `sums` gives of them");
        return NULL;
    }
    Page room = {0};
    Py_ssize_t count = PyBytes_GET_SIZE(lines) / LINE_BYTES;
    Choice choice = {count, (const int64_t *)PyBytes_AS_STRING(lines),
                     take(&room, count, sizeof(int16_t)),
                     take(&room, count, sizeof(Py_ssize_t))};
    PyObject *noise = NULL;
    if (choice.chances && choice.ordered) {
        choose(self, &choice);
        noise = noise_of(&choice);
    }
    free_page(&room);
    return noise;
}
