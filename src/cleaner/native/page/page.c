/* cleaner._page: the page model, characters seen once, no array made for a step. Whole
   numbers only, but for one division of such.

   A Model (model.h), which is made once (make.h, forest.h) and then gives the sums of a
   page's lines and says what kind of page it is (sums.h), and which of the lines are noise
   (noise.h). A text is taken apart (text.h) into a page (page.h) with a row for each
   feature (rows.h): what a line is like (features.h), what it has in common with others
   (repeats.h), what its words say (words.h), each of it among the lines around
   (context.h). The trees see the rows (trees.h). A function has the name of what it does
   in Python. */

#include "make.h"
#include "sums.h"

static PyMethodDef Model_methods[] = {
    {"sums", (PyCFunction)Model_sums, METH_VARARGS, sums_doc},
    {"noise", (PyCFunction)Model_noise, METH_O, noise_doc},
    {NULL, NULL, 0, NULL},
};

DEFINE_TYPE(Model, "cleaner._page.Model");

static int
fill(PyObject *module)
{
    return set_salt() < 0 ? -1 : add_type(module, &Model_spec);
}

DEFINE_MODULE(_page, "The compiled way of the page model.", NULL, fill)
