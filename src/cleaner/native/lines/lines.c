/* cleaner._lines: the line model, no object a word or a code. Whole numbers only.

   The lines in doubt (suspects.h); and a Model (model.h), which is made once (make.h)
   and then gives the sums of its trees for lines (totals.h). These see a row of codes
   (codes.h): of a line's words (words.h) and what the story has of them (story.h), its
   edges (edges.h), its signs (signs.h), and of its place in the document (around.h). */

#include "make.h"
#include "suspects.h"
#include "totals.h"

static PyMethodDef Model_methods[] = {
    {"totals", (PyCFunction)Model_totals, METH_VARARGS, totals_doc},
    {NULL, NULL, 0, NULL},
};

DEFINE_TYPE(Model, "cleaner._lines.Model");

static PyMethodDef functions[] = {
    {"suspects", suspects, METH_VARARGS, suspects_doc},
    {NULL, NULL, 0, NULL},
};

static int
fill(PyObject *module)
{
    return add_type(module, &Model_spec);
}

DEFINE_MODULE(_lines, "The compiled way of the line model.", functions, fill)
