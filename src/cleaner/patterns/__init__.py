"""Patterns: rules with slots that phrases fill, and the gate that keeps most from them.

`gate` finds in one scan the lines that hold a phrase, or one of the `signatures`, which
an `automaton` tells; `slots` fills a rule's pattern with the phrases of a language, and
`cache` keeps on disk what it compiles to; `rules` tries it on those lines, whole or at
their `sentences`, of a long one only at the `starts` near a phrase.
"""

from cleaner.patterns.rules import ANY_CHARS, ANY_LINES, Find, Rule, find_by, is_of

__all__ = ["ANY_CHARS", "ANY_LINES", "Find", "Rule", "find_by", "is_of"]
