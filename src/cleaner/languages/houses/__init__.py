"""What sites print around their articles, word for word, by language and slot.

A `line` is all of a line; an `opening` is what a longer line begins with, near enough.
"""
