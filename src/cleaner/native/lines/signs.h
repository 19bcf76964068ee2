/* What a line has in it: parts, case and signs; the same as `_own` in
   model/features.py. */

#pragma once
#include "codes.h"

static const int64_t TITLE_CASE_CUTS[] = {15, 30, 50, 70, 90};
static const int64_t WORD_LENGTH_CUTS[] = {30, 40, 48, 55, 65, 80, 120}; /* tenths */

/* Case, as `str.isupper` and `str.istitle` see it, and digits. */
typedef struct { int is_cased, is_bad, in_word; } Case;

typedef struct { int64_t parts, titled, numbers; int has_upper, has_other_case; } Parts;

static void
see_title(Case *title, Py_UCS4 c)
{
    int is_upper = Py_UNICODE_ISUPPER(c) || Py_UNICODE_ISTITLE(c);
    int is_cased = is_upper || Py_UNICODE_ISLOWER(c);
    if (is_cased && is_upper == title->in_word) title->is_bad = 1;
    title->is_cased |= is_cased;
    title->in_word = is_cased;
}

/* Sees one part, which is not space; where it ends. */
static Py_ssize_t
see_part(Text line, Py_ssize_t i, Parts *found)
{
    Case title = {0, 0, 0};
    int is_number = 1;
    for (Py_UCS4 c; i < line.size && !Py_UNICODE_ISSPACE(c = char_at(line, i)); i++) {
        see_title(&title, c);
        is_number = is_number && Py_UNICODE_ISDIGIT(c);
        found->has_other_case |= Py_UNICODE_ISLOWER(c) || Py_UNICODE_ISTITLE(c);
        found->has_upper |= Py_UNICODE_ISUPPER(c);
    }
    found->parts++;
    found->titled += title.is_cased && !title.is_bad;
    found->numbers += is_number;
    return i;
}

static Parts
parts_of(Text line)
{
    Parts found = {0, 0, 0, 0, 0};
    for (Py_ssize_t i = 0; i < line.size; i++)
        if (!Py_UNICODE_ISSPACE(char_at(line, i))) i = see_part(line, i, &found);
    return found;
}

/* The signs within a line that say something of it. */
typedef struct {
    int bar, link, at, sentences, commas, colon, copyright, dots, dash, quotes, bracket;
} Signs;

static int
follows(Text line, Py_ssize_t i, const char *wanted)
{
    for (; *wanted; wanted++, i++)
        if (i >= line.size || char_at(line, i) != (unsigned char)*wanted) return 0;
    return 1;
}

static void
see_sign(Text line, Py_ssize_t i, Signs *signs)
{
    switch (char_at(line, i)) {
    case '|': signs->bar = 1; break;
    case '@': signs->at = 1; break;
    case '(': signs->bracket = 1; break;
    case ',': signs->commas++; break;
    case 'w': signs->link |= follows(line, i, "www."); break;
    case ':':
        signs->link |= follows(line, i, "://");
        signs->colon |= follows(line, i, ": ");
        break;
    case '?': signs->sentences += follows(line, i, "? "); break;
    case '.':
        signs->sentences += follows(line, i, ". ");
        signs->dots |= follows(line, i, "...");
        break;
    case ' ':
        signs->dash |= i + 2 < line.size && char_at(line, i + 2) == ' '
            && (char_at(line, i + 1) == '-' || char_at(line, i + 1) == 0x2013);
        break;
    case 0x3002: signs->sentences++; break;
    case 0xA9: signs->copyright = 1; break;
    case 0x2026: signs->dots = 1; break;
    case '"': case 0x201C: case 0x201E: signs->quotes++; break;
    default: break;
    }
}

static void
own_codes(Text line, uint8_t *codes)
{
    Parts parts = parts_of(line);
    Signs s = {0};
    for (Py_ssize_t i = 0; i < line.size; i++) see_sign(line, i, &s);
    int title = parts.parts == 1 ? 0
        : CODE(TITLE_CASE_CUTS, 100 * parts.titled / parts.parts) + 1;
    int is_upper = parts.has_upper && !parts.has_other_case;
    codes[0] = (uint8_t)(title + 8 * is_upper);
    codes[1] = CODE(WORD_LENGTH_CUTS, 10 * (line.size - parts.parts + 1) / parts.parts);
    codes[2] = (uint8_t)at_most(3, parts.numbers);
    codes[3] = (uint8_t)(s.bar + 2 * s.link + 4 * s.at);
    codes[4] = (uint8_t)at_most(3, s.sentences);
    codes[5] = (uint8_t)(at_most(2, s.commas) + 3 * s.colon);
    codes[6] = (uint8_t)(s.copyright + 2 * s.dots + 4 * s.dash);
    codes[7] = (uint8_t)(at_most(2, s.quotes) + 3 * s.bracket);
}
