/* cleaner._scan: a pass over a text, one look at each character, no object a word.

   A text cut into lines (cut.h), its short lines (short_lines.h), texts that open alike
   (openings.h), lines that stand again in another (quotes.h); and a Scanner, which is made
   once (make.h) and then looks for phrases and signatures (find.h). Characters beyond
   U+FFFF count as U+FFFF, lone surrogates as U+FFFD. */

#include "cut.h"
#include "find.h"
#include "make.h"
#include "openings.h"
#include "quotes.h"
#include "short_lines.h"

static PyMethodDef Scanner_methods[] = {
    {"find", (PyCFunction)Scanner_find, METH_VARARGS, find_doc},
    {NULL, NULL, 0, NULL},
};

DEFINE_TYPE(Scanner, "cleaner._scan.Scanner");

static PyMethodDef functions[] = {
    {"cut", cut, METH_VARARGS, cut_doc},
    {"short_lines", short_lines, METH_VARARGS, short_lines_doc},
    {"open_alike", open_alike, METH_VARARGS, open_alike_doc},
    {"pulled", pulled, METH_VARARGS, pulled_doc},
    {NULL, NULL, 0, NULL},
};

static int
fill(PyObject *module)
{
    return set_salt() < 0 ? -1 : add_type(module, &Scanner_spec);
}

DEFINE_MODULE(_scan, "The compiled pass over a text.", functions, fill)
