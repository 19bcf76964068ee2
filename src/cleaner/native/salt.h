/* A number of this process, so that nobody can write a text whose keys all meet. */

#pragma once
#include "common.h"

static uint64_t salt;

/* Python's own hashes of texts are salted. */
static int
set_salt(void)
{
    PyObject *name = PyUnicode_FromString("cleaner");
    Py_hash_t hash = name ? PyObject_Hash(name) : -1;
    Py_XDECREF(name);
    salt = (uint64_t)hash * GOLDEN | 1;
    return hash == -1 ? -1 : 0;
}

/* Where a key stands in a table of 2^bits places, or is looked for first. */
static inline uint64_t
place_of_key(uint64_t key, int bits)
{
    return key * salt >> (64 - bits);
}
