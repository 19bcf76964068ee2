"""Patterns: rules with slots that phrases fill, and the gate that keeps most from them.

`gate` finds in one scan the lines that hold a phrase or a signature; `slots` fills a
rule's pattern with the phrases of a language; `rules` tries it on those lines.
"""

from cleaner.patterns.rules import ANY_CHARS, ANY_LINES, Find, Rule, find_by, is_of

__all__ = ["ANY_CHARS", "ANY_LINES", "Find", "Rule", "find_by", "is_of"]
