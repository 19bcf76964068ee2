/* What the compiled modules have in common.

   Each of them is one source with headers, all in a folder: cleaner._scan in scan,
   cleaner._lines in lines, cleaner._page in page. The functions are static, so that the
   compiler sees a module as a whole. Each module says the same as plain Python code
   beside which it stands, and the tests compare the two. */

#pragma once

#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdint.h>
#include <string.h>

/* ---- Errors ---- */

/* -1, as of a function that failed, with a ValueError set. */
static inline int
refused(const char *why)
{
    PyErr_SetString(PyExc_ValueError, why);
    return -1;
}

static inline int
no_memory(void)
{
    PyErr_NoMemory();
    return -1;
}

/* ---- Characters ---- */

/* Tables have a place for each character up to U+FFFF; those beyond share the last. */
enum { BMP = 65536 };

static inline Py_UCS4
in_table(Py_UCS4 c)
{
    return c < BMP ? c : BMP - 1;
}

/* A table with so many bytes for each, as long as the object; NULL with an error set. */
static inline const void *
table_of(PyObject *bytes, Py_ssize_t width)
{
    if (PyBytes_Check(bytes) && PyBytes_GET_SIZE(bytes) == width * BMP)
        return PyBytes_AS_STRING(bytes);
    return PyErr_Format(PyExc_ValueError,
                        "a table needs %zd bytes for each of 65536 characters", width);
}

/* For "O&" among arguments: tables of bytes, and of numbers of 16 bits. */
static inline int
byte_table(PyObject *bytes, void *place)
{
    const uint8_t **table = place;
    return (*table = table_of(bytes, 1)) != NULL;
}

static inline int
unit_table(PyObject *bytes, void *place)
{
    const uint16_t **table = place;
    return (*table = table_of(bytes, 2)) != NULL;
}

/* A str as it lies in memory: the bytes of a character, where, and how many. */
typedef struct { int width; const void *data; Py_ssize_t size; int is_ascii; } Text;

static inline Text
text_of(PyObject *str)
{
    return (Text){PyUnicode_KIND(str), PyUnicode_DATA(str), PyUnicode_GET_LENGTH(str),
                  PyUnicode_IS_ASCII(str)};
}

static inline Py_UCS4
char_at(Text text, Py_ssize_t i)
{
    return PyUnicode_READ(text.width, text.data, i);
}

/* ---- Numbers and hashes ---- */

#define SIZE(table) ((int)(sizeof(table) / sizeof *(table)))

static inline int64_t
at_least(int64_t least, int64_t value)
{
    return value < least ? least : value;
}

static inline int64_t
at_most(int64_t most, int64_t value)
{
    return value > most ? most : value;
}

/* Without a processor's own instruction, that not all have: of each two bits, each four,
   each eight, then of all. */
static inline uint32_t
BITS_SET(uint64_t bits)
{
    bits -= bits >> 1 & 0x5555555555555555u;
    bits = (bits & 0x3333333333333333u) + (bits >> 2 & 0x3333333333333333u);
    bits = (bits + (bits >> 4)) & 0x0F0F0F0F0F0F0F0Fu;
    return (uint32_t)(bits * 0x0101010101010101u >> 56);
}

#ifdef __GNUC__
#define LOWEST_BIT(bits) __builtin_ctzll(bits)
#define FETCH_AHEAD(address) __builtin_prefetch(address)
#define NOT_INLINED __attribute__((noinline))
#else
#define NOT_INLINED
static inline int
LOWEST_BIT(uint64_t bits)
{
    int place = 0;
    for (; !(bits & 1); bits >>= 1) place++;
    return place;
}
#define FETCH_AHEAD(address) (void)(address)
#endif

/* Odd numbers whose products spread over the high bits: 2^64 by the golden ratio, and
   one without a pattern. */
#define GOLDEN 0x9E3779B97F4A7C15u
#define SPREAD 0xD6E8FEB86659FD93u

/* FNV-1a, by characters. */
static const uint64_t FNV_START = 0xCBF29CE484222325u;

static inline uint64_t
fnv(uint64_t hash, uint32_t unit)
{
    return (hash ^ unit) * 0x100000001B3u;
}

/* Of a hash table with 2^bits places, at most half of them taken. */
static inline int
table_bits(uint64_t entries)
{
    int bits = 2;
    while ((uint64_t)1 << bits < 2 * entries) bits++;
    return bits;
}

/* ---- Memory and lists ---- */

/* Larger room for items, of which `room` says how many; NULL with an error set. */
static inline void *
grown(void *items, Py_ssize_t *room, size_t size)
{
    Py_ssize_t larger = 2 * *room + 32;
    void *moved = PyMem_Realloc(items, (size_t)larger * size);
    if (moved == NULL) PyErr_NoMemory();
    else *room = larger;
    return moved;
}

/* Appends an item that was just made, and lets go of it; NULL if its making failed. */
static inline int
append(PyObject *list, PyObject *item)
{
    if (item == NULL) return -1;
    int failed = PyList_Append(list, item);
    Py_DECREF(item);
    return failed;
}

/* The texts of a sequence as a tuple, which holds them while they are read. */
static inline PyObject *
texts_of(PyObject *sequence)
{
    PyObject *texts = PySequence_Tuple(sequence);
    for (Py_ssize_t i = 0; texts && i < PyTuple_GET_SIZE(texts); i++)
        if (!PyUnicode_Check(PyTuple_GET_ITEM(texts, i))) {
            PyErr_SetString(PyExc_TypeError, "each text must be a str");
            Py_CLEAR(texts);
        }
    return texts;
}

/* The places of what is marked, as a list. */
static inline PyObject *
numbers_of_marked(const char *is_marked, Py_ssize_t count)
{
    PyObject *numbers = PyList_New(0);
    for (Py_ssize_t i = 0; numbers && i < count; i++)
        if (is_marked[i] && append(numbers, PyLong_FromSsize_t(i)) < 0) Py_CLEAR(numbers);
    return numbers;
}

/* ---- Types and modules ---- */

/* The last act of a type's dealloc. */
static inline void
free_object(void *object)
{
    PyTypeObject *type = Py_TYPE(object);
    type->tp_free(object);
    Py_DECREF(type);
}

/* TYPE_spec, of TYPE_doc, TYPE_new, TYPE_dealloc and TYPE_methods. */
#define DEFINE_TYPE(TYPE, NAME)                                                        \
    static PyType_Slot TYPE##_slots[] = {                                              \
        {Py_tp_doc, (void *)TYPE##_doc},                                               \
        {Py_tp_new, TYPE##_new},                                                       \
        {Py_tp_dealloc, TYPE##_dealloc},                                               \
        {Py_tp_methods, TYPE##_methods},                                               \
        {0, NULL},                                                                     \
    };                                                                                 \
    static PyType_Spec TYPE##_spec = {                                                 \
        .name = NAME,                                                                  \
        .basicsize = sizeof(TYPE),                                                     \
        .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_IMMUTABLETYPE,                        \
        .slots = TYPE##_slots,                                                         \
    }

static inline int
add_type(PyObject *module, PyType_Spec *spec)
{
    PyObject *type = PyType_FromSpec(spec);
    if (type == NULL) return -1;
    int failed = PyModule_AddType(module, (PyTypeObject *)type);
    Py_DECREF(type);
    return failed;
}

/* The module cleaner.NAME: its functions or NULL, and what puts types into it. */
#define DEFINE_MODULE(NAME, DOC, FUNCTIONS, FILL)                                      \
    static PyModuleDef_Slot NAME##_slots[] = {{Py_mod_exec, FILL}, {0, NULL}};         \
    static struct PyModuleDef NAME##_module = {                                        \
        PyModuleDef_HEAD_INIT,                                                         \
        .m_name = "cleaner." #NAME,                                                    \
        .m_doc = DOC,                                                                  \
        .m_methods = FUNCTIONS,                                                        \
        .m_slots = NAME##_slots,                                                       \
    };                                                                                 \
    PyMODINIT_FUNC                                                                     \
    PyInit_##NAME(void)                                                                \
    {                                                                                  \
        return PyModuleDef_Init(&NAME##_module);                                       \
    }
