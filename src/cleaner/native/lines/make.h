/* The making of a line model from the tables that scoring.py gives it. */

#pragma once
#include "words.h"

static void
Model_dealloc(Model *self)
{
    PyMem_Free(self->copied);
    Py_XDECREF(self->names);
    PyMem_Free(self->table);
    PyMem_Free(self->spare);
    for (int kind = 0; kind < KINDS; kind++) {
        PyMem_Free(self->forests[kind].masks);
        PyMem_Free(self->forests[kind].weights);
    }
    free_object(self);
}

/* The two weights that scoring.py packs into one integer. */
static int
unpack(int64_t both, Weighed *entry)
{
    int64_t whole = (int64_t)1 << 32;
    if (both > MAX_WEIGHTS || both < -MAX_WEIGHTS)
        return refused("weights of a word beyond 2^30");
    int64_t noise = ((both + whole / 2) & (whole - 1)) - whole / 2;
    entry->noise = (int32_t)noise;
    entry->frame = (int32_t)((both - noise) / whole);
    return 0;
}

/* Adds a word whose characters are there; no line has an empty one. */
static int
add_weighed(Model *self, Weighed entry)
{
    if (!entry.size) return 0;
    uint64_t hash = hash_of(FNV_START, self->characters + entry.start, entry.size);
    uint64_t place = place_of(self, hash);
    for (int looks = 0; self->table[place].size; place = (place + 1) & (self->room - 1))
        if (++looks > MAX_LOOKS) return refused("words made to share a hash");
    entry.hash = (uint32_t)hash;
    self->table[place] = entry;
    return 0;
}

/* The characters of the words: a copy only where the string keeps them narrower. */
static int
set_characters(Model *self, PyObject *names, Text text)
{
    if (text.size > INT32_MAX) return refused("words of too many characters");
    self->names = Py_NewRef(names);
    self->characters = text.data;
    if (text.width == sizeof(Py_UCS4)) return 0;
    self->characters = self->copied = PyUnicode_AsUCS4Copy(names);
    return self->copied ? 0 : -1;
}

/* Room for so many words. */
static int
make_table(Model *self, Py_ssize_t count)
{
    self->room = (uint64_t)1 << table_bits((uint64_t)count);
    self->table = PyMem_Calloc((size_t)self->room, sizeof *self->table);
    return self->table ? 0 : no_memory();
}

/* The words, one a line of `names`, and two weights in one for each. */
static int
set_words(Model *self, PyObject *names, const int64_t *weights, Py_ssize_t count)
{
    Text text = text_of(names);
    if (set_characters(self, names, text) < 0 || make_table(self, count) < 0) return -1;
    Py_ssize_t start = 0, found = 0;
    for (Py_ssize_t i = 0; count && i <= text.size; i++) {
        if (i < text.size && self->characters[i] != '\n') continue;
        Weighed entry = {.start = (uint32_t)start, .size = (uint32_t)(i - start)};
        if (found == count) return refused("more words than weights");
        if (unpack(weights[found++], &entry) < 0 || add_weighed(self, entry) < 0) return -1;
        start = i + 1;
    }
    return found == count ? 0 : refused("more weights than words");
}

static int
set_cuts(Model *self, int verdict, PyObject *cuts)
{
    self->cut_count[verdict] = PyTuple_GET_SIZE(cuts);
    if (self->cut_count[verdict] > MAX_CUTS) return refused("too many cuts");
    for (Py_ssize_t i = 0; i < self->cut_count[verdict]; i++) {
        self->cuts[verdict][i] = PyLong_AsLongLong(PyTuple_GET_ITEM(cuts, i));
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

/* Weights are kept in planes: a plane has one bit of each. */
static void
set_weights(Forest *forest, const uint8_t *planes, Py_ssize_t plane_count)
{
    Py_ssize_t bytes = 8 * forest->cells;
    for (Py_ssize_t power = 0; power < plane_count; power++, planes += bytes)
        for (Py_ssize_t leaf = 0; leaf < 8 * bytes; leaf++)
            forest->weights[leaf] += (int32_t)(planes[leaf / 8] >> leaf % 8 & 1) << power;
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
    for (int code = 0; code < CODES; code++) count += CODE_COUNTS[code];
    if (cells < 1 || cells > MAX_CELLS || mask_bytes != 8 * cells * count
        || plane_bytes % (8 * cells) || plane_bytes / (8 * cells) > MAX_PLANES
        || base < -MAX_BASE || base > MAX_BASE)
        return refused("a forest of a wrong size");
    forest->cells = cells;
    forest->base = base;
    forest->masks = PyMem_New(uint64_t, cells * count);
    forest->weights = PyMem_Calloc((size_t)cells, 64 * sizeof *forest->weights);
    if (!forest->masks || !forest->weights) return no_memory();
    for (Py_ssize_t i = 0; i < cells * count; i++) forest->masks[i] = cell_of(masks, i);
    set_weights(forest, planes, plane_bytes / (8 * cells));
    return 0;
}

static int
set_kinds(Model *self, PyObject *cuts[VERDICTS], PyObject *forests[KINDS])
{
    for (int verdict = 0; verdict < VERDICTS; verdict++)
        if (set_cuts(self, verdict, cuts[verdict]) < 0) return -1;
    for (int kind = 0; kind < KINDS; kind++)
        if (set_forest(self->forests + kind, forests[kind]) < 0) return -1;
    return 0;
}

PyDoc_STRVAR(Model_doc,
"Model(classes, folds, names, weights, (noise_cuts, frame_cuts, inset_cuts), forests)\n\n"
"What the lines are judged by: a class and a folded character for each up to U+FFFF;\n"
"words, one a line, and for each two weights in one integer of 64 bits; for each kind a\n"
"forest, which is (cells of 64 leaves, masks, planes, base).");

static PyObject *
Model_new(PyTypeObject *type, PyObject *args, PyObject *Py_UNUSED(keywords))
{
    PyObject *names, *cuts[VERDICTS], *forests[KINDS];
    const uint16_t *classes, *folds;
    Py_buffer weights;
    if (!PyArg_ParseTuple(args, "O&O&Uy*(O!O!O!)(O!O!)", unit_table, &classes, unit_table,
                          &folds, &names, &weights, &PyTuple_Type, cuts, &PyTuple_Type,
                          cuts + 1, &PyTuple_Type, cuts + 2, &PyTuple_Type, forests,
                          &PyTuple_Type, forests + 1))
        return NULL;
    Model *self = (Model *)type->tp_alloc(type, 0);
    if (self != NULL) {
        memcpy(self->classes, classes, sizeof self->classes);
        memcpy(self->folds, folds, sizeof self->folds);
        if (set_words(self, names, weights.buf, weights.len / 8) < 0
            || set_kinds(self, cuts, forests) < 0)
            Py_CLEAR(self);
    }
    PyBuffer_Release(&weights);
    return (PyObject *)self;
}
