/* The making of a scanner from the tables that patterns/gate.py and patterns/automaton.py
   give it. */

#pragma once
#include "lines.h"
#include "scanner.h"

static void
Scanner_dealloc(Scanner *self)
{
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
    free_object(self);
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
        return no_memory();
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

/* A row's key, folded. */
static int
set_key(const Scanner *self, Key *key, PyObject *row)
{
    PyObject *phrase;
    Py_ssize_t slot;
    int asks;
    if (!PyArg_ParseTuple(row, "Uni", &phrase, &slot, &asks)) return -1;
    Text text = text_of(phrase);
    if (!text.size || text.size > INT16_MAX || slot < 0 || slot >= self->slot_count)
        return refused("a key that is too long, or fits no slot");
    key->units = PyMem_Calloc((size_t)text.size + WIDE_GRAM, sizeof *key->units);
    if (key->units == NULL) return no_memory();
    for (Py_ssize_t i = 0; i < text.size; i++)
        key->units[i] = self->characters[narrowed(char_at(text, i))].folded;
    key->length = (int16_t)text.size;
    key->slot = (int32_t)slot;
    key->asks = (uint8_t)asks;
    return 0;
}

/* How rare a character is: a letter by its place here, any other the most. */
static int
rarity(uint16_t unit)
{
    static const char common_first[] = " etaoinshrdlcumwfgypbvkjxqz";
    const char *found = unit && unit < 128 ? strchr(common_first, unit) : NULL;
    return found ? (int)(found - common_first) : SIZE(common_first);
}

/* Where in a key seven units, five or, of a short one, one stand that are the least
   common in sum; the first, of a short word. */
static Py_ssize_t
rarest_at(const Key *key)
{
    Py_ssize_t needed = key->length >= LONG ? LONG : key->length >= MIDDLE ? MIDDLE : 1;
    if (key->length < MIDDLE && key->asks & OPENS_WORD) return 0;
    int sum = 0, most = -1;
    Py_ssize_t place = 0;
    for (Py_ssize_t i = 0; i < key->length; i++) {
        sum += rarity(key->units[i]);
        if (i >= needed) sum -= rarity(key->units[i - needed]);
        if (i + 1 < needed || sum <= most) continue;
        most = sum;
        place = i + 1 - needed;
    }
    return place;
}

/* Flags the characters that are folded to this unit: a short key is found by them. */
static void
flag_opening(Scanner *self, uint16_t unit, uint8_t flag)
{
    for (Character *c = self->characters; c < self->characters + BMP; c++)
        if (c->folded == unit) c->flags |= flag;
}

static int
add_key(Scanner *self, int32_t number, PyObject *row)
{
    Key *key = self->keys + number;
    if (set_key(self, key, row) < 0) return -1;
    Py_ssize_t place = rarest_at(key);
    if (key->length < MIDDLE) {
        flag_opening(self, key->units[place],
                     key->asks & OPENS_WORD && is_of_word(key->units[place])
                         ? OPENS : OPENS_ANYWHERE);
        add_way(self, number, place, 0);
        return 0;
    }
    for (Py_ssize_t at = place; at < place + STRIDE; at++) {
        int has_next = at + 2 * GRAM <= key->length;
        add_way(self, number, at, has_next ? at + GRAM : at_least(0, at - GRAM));
    }
    return 0;
}

static int
set_keys(Scanner *self, PyObject *keys)
{
    self->key_count = PyTuple_GET_SIZE(keys);
    self->keys = PyMem_Calloc((size_t)self->key_count + 1, sizeof(Key));
    self->ways = PyMem_Calloc((size_t)self->key_count * STRIDE + 1, sizeof(Way));
    if (!self->keys || !self->ways) return no_memory();
    for (Py_ssize_t i = 0; i < self->key_count; i++)
        if (add_key(self, (int32_t)i, PyTuple_GET_ITEM(keys, i)) < 0) return -1;
    return sort_ways(self);
}

/* Whether it is a tuple of the numbers of slots. */
static int
tells_slots(const Scanner *self, PyObject *told)
{
    if (!PyTuple_Check(told)) return 0;
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(told); i++) {
        PyObject *slot = PyTuple_GET_ITEM(told, i);
        Py_ssize_t number = PyLong_Check(slot) ? PyLong_AsSsize_t(slot) : -1;
        if (number >= 0 && number < self->slot_count) continue;
        PyErr_Clear(); /* of a number too large */
        return 0;
    }
    return 1;
}

/* States are kept as the place of their row, so that a step is one addition. */
static int
set_states(Scanner *self, PyObject *table)
{
    Py_ssize_t bytes = PyBytes_GET_SIZE(table), cells = bytes / 4;
    Py_ssize_t rows = cells / self->class_count, telling = PyTuple_GET_SIZE(self->told);
    const uint32_t *next = (const void *)PyBytes_AS_STRING(table);
    int is_whole = bytes == 4 * rows * self->class_count;
    if (!is_whole || !rows || rows > 0xFFFF || telling > rows)
        return refused("a table of states of a wrong size");
    for (Py_ssize_t i = 0; i < telling; i++)
        if (!tells_slots(self, PyTuple_GET_ITEM(self->told, i)))
            return refused("a state that tells no slots");
    self->next_state = PyMem_Malloc((size_t)bytes);
    if (self->next_state == NULL) return no_memory();
    for (Py_ssize_t i = 0; i < cells; i++) {
        if (next[i] >= rows) return refused("a state that is not there");
        self->next_state[i] = next[i] * (uint32_t)self->class_count;
    }
    self->first_telling = (uint32_t)((rows - telling) * self->class_count);
    return 0;
}

static int
set_slots(Scanner *self, PyObject *slots, PyObject *longest)
{
    self->slots = Py_NewRef(slots);
    self->slot_count = PyTuple_GET_SIZE(slots);
    size_t room = (size_t)self->slot_count + 1;
    self->last_mark = PyMem_Calloc(room, sizeof *self->last_mark);
    self->longest = PyMem_Calloc(room, sizeof *self->longest);
    if (!self->last_mark || !self->longest) return no_memory();
    if (PyTuple_GET_SIZE(longest) != self->slot_count)
        return refused("not as many lengths as slots");
    for (Py_ssize_t i = 0; i < self->slot_count; i++) {
        self->longest[i] = PyLong_AsSsize_t(PyTuple_GET_ITEM(longest, i));
        if (self->longest[i] == -1 && PyErr_Occurred()) return -1;
    }
    return 0;
}

static void
set_characters(Scanner *self, const uint16_t *folded, const uint8_t *classes)
{
    for (Py_ssize_t i = 0; i < BMP; i++) {
        Py_UCS4 code = narrowed((Py_UCS4)i); /* of a lone surrogate another one's */
        uint8_t class = classes[code];
        uint16_t unit = folded[code];
        int lets = OPENS_ANYWHERE | (is_of_word(unit) ? 0 : OPENS);
        uint8_t flags = (uint8_t)(lets << LETS);
        if (unit == ' ') flags |= SPACE | SPACE << LETS;
        self->characters[i] = (Character){unit, class, flags};
        if (class >= self->class_count) self->class_count = class + 1;
    }
}

PyDoc_STRVAR(Scanner_doc,
"Scanner(slots, longest, folded, classes, keys, states, told)\n\n"
"What is looked for, in lines no longer than `longest` says for each slot: keys are\n"
"phrases, (phrase, slot, what is asked of the characters beside it); states say which\n"
"state follows each state for each class; the last of them tell of slots.");

static PyObject *
Scanner_new(PyTypeObject *type, PyObject *args, PyObject *Py_UNUSED(keywords))
{
    PyObject *slots, *longest, *keys, *states, *told;
    const uint16_t *folded;
    const uint8_t *classes;
    if (!PyArg_ParseTuple(args, "O!O!O&O&O!SO!", &PyTuple_Type, &slots, &PyTuple_Type,
                          &longest, unit_table, &folded, byte_table, &classes,
                          &PyTuple_Type, &keys, &states, &PyTuple_Type, &told))
        return NULL;
    Scanner *self = (Scanner *)type->tp_alloc(type, 0);
    if (self == NULL) return NULL;
    self->told = Py_NewRef(told);
    set_characters(self, folded, classes);
    if (set_slots(self, slots, longest) < 0 || set_keys(self, keys) < 0
        || set_states(self, states) < 0)
        Py_CLEAR(self);
    return (PyObject *)self;
}
