/* The making of a page model from the tables that model/page.py gives it. */

#pragma once
#include "forest.h"

static void
Model_dealloc(Model *self)
{
    PyMem_Free(self->thresholds);
    PyMem_Free(self->forest);
    PyMem_Free(self->splits);
    PyMem_Free(self->having);
    PyMem_Free(self->chances);
    free_object(self);
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

/* Takes over what chance lies behind a sum, in thousandths. */
static int
set_chances(Model *self, const int16_t *chances)
{
    self->chances = PyMem_New(int16_t, self->chance_count);
    if (self->chances == NULL) return no_memory();
    for (Py_ssize_t i = 0; i < self->chance_count; i++) {
        if (chances[i] < 0 || chances[i] > UNITS)
            return refused("a chance that is not there");
        self->chances[i] = chances[i];
    }
    return 0;
}

enum { WORD_TABLE, KIND_TABLE, NODE_ROWS, THRESHOLDS, LEAVES, CHANCES, PARTS };

static int
check_sizes(const Model *self, PyObject *const parts[PARTS])
{
    Py_ssize_t nodes = self->trees * self->tree_nodes, cell = sizeof(int16_t);
    Py_ssize_t sizes[PARTS] = {(Py_ssize_t)TABLES << WORD_BITS,
                               (Py_ssize_t)KINDS << KIND_BITS, nodes * cell, nodes * cell,
                               (nodes + self->trees) * cell,
                               self->chance_count * cell};
    int is_wrong = !nodes || !self->chance_count
        || (self->tree_nodes & (self->tree_nodes + 1));
    for (int part = 0; part < PARTS; part++)
        is_wrong |= PyBytes_GET_SIZE(parts[part]) != sizes[part];
    return is_wrong ? refused("a page model of a wrong size") : 0;
}

static int
set_characters(Model *self, const uint8_t *classes, const uint16_t *folded)
{
    memcpy(self->classes, classes, sizeof self->classes);
    memcpy(self->folded, folded, sizeof self->folded);
    for (int code = 0; code < BMP; code++)
        if (classes[code] >= CLASSES) return refused("a class that is not there");
    return 0;
}

static int
set_parts(Model *self, PyObject *const parts[PARTS])
{
    const void *held[PARTS];
    self->chance_count = PyBytes_GET_SIZE(parts[CHANCES]) / (Py_ssize_t)sizeof(int16_t);
    if (check_sizes(self, parts) < 0) return -1;
    for (int part = 0; part < PARTS; part++) held[part] = PyBytes_AS_STRING(parts[part]);
    set_tables(self, held[WORD_TABLE], held[KIND_TABLE]);
    if (set_chances(self, held[CHANCES]) < 0) return -1;
    Tables trees = {held[NODE_ROWS], held[THRESHOLDS], held[LEAVES]};
    return set_forest(self, trees);
}

PyDoc_STRVAR(Model_doc,
"Model(classes, folded, words, kinds, trees, nodes, rows, thresholds, leaves, chances,\n"
"base)\n\n"
"A class (8 bits) and a folded character (16 bits) for each up to U+FFFF, the tables of\n"
"words and kinds, so many trees of so many nodes, and the chance behind a sum.");

static PyObject *
Model_new(PyTypeObject *type, PyObject *args, PyObject *Py_UNUSED(keywords))
{
    enum { MOST = 1 << 16 };
    PyObject *parts[PARTS];
    const uint8_t *classes;
    const uint16_t *folded;
    Py_ssize_t trees, nodes;
    long long base;
    if (!PyArg_ParseTuple(args, "O&O&SSnnSSSSL", byte_table, &classes, unit_table, &folded,
                          parts, parts + 1, &trees, &nodes, parts + 2, parts + 3,
                          parts + 4, parts + 5, &base))
        return NULL;
    Model *self = (Model *)type->tp_alloc(type, 0);
    if (self == NULL) return NULL;
    int is_bounded = trees > 0 && trees < MOST && nodes > 0 && nodes <= MAX_NODES;
    self->trees = is_bounded ? trees : 0;
    self->tree_nodes = is_bounded ? nodes : 0;
    self->base = base;
    if (set_characters(self, classes, folded) < 0 || set_parts(self, parts) < 0)
        Py_CLEAR(self);
    return (PyObject *)self;
}
