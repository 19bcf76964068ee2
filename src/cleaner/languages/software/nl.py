"""Dutch."""

PHRASES = {
    "banner_line": (
        "beheer {vendor_count} leveranciers",
        "functioneel altijd actief",
        "lees meer over deze doeleinden",
    ),
    "banner_opening": (
        "als je doorgaat met het gebruiken van deze site, gaan we er",
        "als je geen toestemming geeft of uw toestemming intrekt",
        "als u geen toestemming geeft of uw toestemming intrekt",
        "de technische opslag of toegang die uitsluitend voor statistische",
        "de technische opslag of toegang is strikt noodzakelijk voor het legitieme",
        "door in te stemmen met deze technologieën kunnen wij gegevens",
        "informatie op een apparaat opslaan en/of openen",
        "om de beste ervaringen te bieden, gebruiken wij technologieën",
        "we gebruiken cookies om content en advertenties te",
        "we gebruiken cookies om ervoor te zorgen dat onze site",
    ),
    "widget_line": (
        "bekijk hoe je reactie gegevens worden verwerkt",
        "berichtnavigatie",
        "deze site gebruikt akismet om spam te verminderen",
    ),
    "widget_opening": ("mijn naam, e-mail en site opslaan in deze browser",),
}
