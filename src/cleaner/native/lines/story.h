/* The story, to look a line's words up in; the same as `shared_codes` in
   model/context.py. */

#pragma once
#include "words.h"

enum { TELLING = 4 };

static const int64_t STORY_SHARE_CUTS[] = {0, 1, 15, 30, 45, 60, 75, 90};
static const int64_t TELLING_CUTS[] = {1, 2, 3, 5, 8, 12, 20};

static inline uint32_t
pair_of(const Py_UCS4 *units)
{
    return (units[0] * 0x9E3779B1u ^ units[1] * 0x85EBCA77u) >> (32 - PAIR_BITS);
}

static void
index_pairs(Story *story)
{
    memset(story->last, 0, sizeof story->last);
    for (Py_ssize_t i = 0; i + 1 < story->size; i++) {
        uint16_t *last = story->last + pair_of(story->units + i);
        story->before[i] = *last;
        *last = (uint16_t)(i + 1);
    }
}

/* Takes the first characters of the lines that are not in doubt. */
static int
tell(const Model *self, PyObject *lines, const char *doubted, Story *story)
{
    Py_ssize_t left = STORY, size = 0;
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(lines) && left; i++) {
        PyObject *line = PyTuple_GET_ITEM(lines, i);
        Py_ssize_t taken = PyUnicode_GET_LENGTH(line);
        if (doubted[i]) continue;
        if (size) story->units[size++] = '\n', left--;
        if (taken > left) taken = left;
        Py_ssize_t added = fold(self, line, taken, story->units + size);
        if (added < 0) return -1;
        size += added;
        left -= taken;
    }
    story->size = size;
    index_pairs(story);
    return 0;
}

static int
is_told(const Story *story, const Py_UCS4 *units, Py_ssize_t size)
{
    if (size == 1) {
        for (Py_ssize_t i = 0; i < story->size; i++)
            if (story->units[i] == *units) return 1;
        return 0;
    }
    for (Py_ssize_t i = story->last[pair_of(units)]; i; i = story->before[i - 1]) {
        if (i - 1 + size > story->size) continue;
        if (story->units[i - 2 + size] != units[size - 1]) continue; /* most of them */
        if (!memcmp(story->units + i - 1, units, (size_t)size * sizeof *units)) return 1;
    }
    return 0;
}

static int
by_hash(const void *a, const void *b)
{
    const Word *x = a, *y = b;
    if (x->hash != y->hash) return x->hash < y->hash ? -1 : 1;
    return (x->size > y->size) - (x->size < y->size);
}

/* Leaves one of each word. Of two that share hash and size the characters decide. */
static void
make_distinct(Folded *line)
{
    Py_ssize_t kept = 0;
    if (line->word_count > 1)
        qsort(line->words, (size_t)line->word_count, sizeof(Word), by_hash);
    for (Py_ssize_t i = 0; i < line->word_count; i++) {
        Word word = line->words[i];
        int is_new = 1;
        for (Py_ssize_t j = kept; j-- > 0 && is_new && !by_hash(line->words + j, &word);)
            is_new = memcmp(line->units + line->words[j].start, line->units + word.start,
                            (size_t)word.size * sizeof *line->units) != 0;
        if (is_new) line->words[kept++] = word;
    }
    line->word_count = kept;
}

/* Of the distinct telling words, how many the story has, and how many there are. */
static void
shared_codes(const Story *story, const Folded *line, uint8_t codes[2])
{
    int64_t telling = 0, told = 0;
    for (const Word *w = line->words; w < line->words + line->word_count; w++) {
        const Py_UCS4 *units = line->units + w->start;
        if (w->size < TELLING && is_ascii(units, w->size)) continue;
        telling++;
        told += is_told(story, units, w->size);
    }
    codes[0] = telling ? CODE(STORY_SHARE_CUTS, 100 * told / telling) : 0;
    codes[1] = CODE(TELLING_CUTS, telling);
}
