"""Turkish."""

PHRASES = {
    "banner_opening": ("size daha iyi hizmet sunabilmek için sitemizde çerezler",),
    "widget_opening": ("daha sonraki yorumlarımda kullanılması için adım",),
}
