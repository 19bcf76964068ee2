"""Menus, tags, sections, pages, galleries."""

PHRASES = {
    "filed_under": (
        "kategorien",
        "mehr themen",
        "schlagworte",
        "schlagwörter",
        "stichwörter",
        "themen",
    ),
    "gallery_count": (
        "bilder",
        "fotos",
    ),
    "page_of": (
        "bild",
        "foto",
    ),
    "tag_heading": ("themen",),
}
