"""Greek."""

PHRASES = {
    "widget_opening": ("αποθήκευσε το όνομά μου, email, και τον ιστότοπο",),
}
