"""Menus, tags, sections, pages, galleries."""

PHRASES = {
    "contents_heading": ("inhaltsverzeichnis",),
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
    "release_kind": (
        "forschungs- / wissenstransfer",
        "forschungsergebnisse",
        "forschungsprojekte",
        "kooperationen",
        "organisatorisches",
        "personalia",
        "schule und wissenschaft",
        "studium und lehre",
        "wettbewerbe / auszeichnungen",
        "wissenschaftliche publikationen",
        "wissenschaftliche tagungen",
        "wissenschaftliche weiterbildung",
        "wissenschaftspolitik",
    ),
    "tag_heading": ("themen",),
}
