"""What the software of sites prints, word for word, by language and slot.

Forms for comments, shops, forums, and cookie banners: WordPress, Complianz, OneTrust,
Cookiebot, Borlabs, and the purposes of IAB Europe's Transparency and Consent Framework.
Most of the English was met on sites of WCXB; the rest are the software's translations.
A `line` is all of a line or sentence; an `opening` is what a sentence begins with.
"""
