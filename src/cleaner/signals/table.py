"""The table of signals: a line each, with where it comes from."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from cleaner.labels import LABELS, NOISE

TOP_NGRAMS: Final = (2, 3, 4)
DUPLICATE_NGRAMS: Final = (5, 6, 7, 8, 9, 10)
# C4: Raffel et al. 2020 (arXiv 1910.10683) and datatrove's reading. Gopher: Rae et al.
# 2021 (2112.11446), appendix A. FineWeb: Penedo et al. 2024 (2406.17557). RefinedWeb:
# Penedo et al. 2023 (2306.01116), appendix G.2. RedPajama-V2: Weber et al. 2024
# (2411.12372), appendix D. "Lines" break wherever Unicode breaks lines, and are not
# blank, but for FineWeb and Gopher's repetition, which know line feeds only.
_GRAMS: Final = {
    **{
        f"top_{n}_gram": f"Gopher: characters of the most frequent run of {n} words, "
        "all times it stands, of all characters"
        for n in TOP_NGRAMS
    },
    **{
        f"duplicated_{n}_n_grams": f"Gopher: characters of runs of {n} words that "
        "stood before, none counted twice, of all characters"
        for n in DUPLICATE_NGRAMS
    },
}
SIGNALS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "characters": "all characters",
        "c4_kept_chars": "C4: share of the lines' characters that its line rules keep",
        "c4_sentences": "C4: sentences in the lines it keeps",
        "c4_lorem_ipsum": "C4: 1 if a line it keeps says lorem ipsum",
        "c4_curly_bracket": "C4: 1 if a line it keeps has a curly bracket",
        "words": "Gopher: words that are not of marks alone",
        "mean_word_length": "Gopher: their mean length in characters",
        "hash_to_word_ratio": "Gopher: # by words, marks counted as words",
        "ellipsis_to_word_ratio": "Gopher: ellipses by words, marks counted as words",
        "bullet_lines": "Gopher: share of lines, blank ones too, that open on • or -",
        "ellipsis_lines": "Gopher: share of lines, blank ones too, cut short by …",
        "alpha_words": "Gopher: share of words, marks too, that have a letter",
        "stop_words": "Gopher: how many of its stop words the text uses",
        "dup_para_frac": "Gopher: share of paragraphs that stood before",
        "dup_para_char_frac": "Gopher: their characters, of all characters",
        "dup_line_frac": "Gopher: share of lines that stood before",
        "dup_line_char_frac": "Gopher: their characters, of all characters",
        **_GRAMS,
        "lines": "lines between line feeds that are not blank",
        "line_punct_ratio": "FineWeb: share of lines that end in an end mark",
        "short_line_ratio": "FineWeb: share of lines of 30 characters or fewer",
        "char_dup_ratio": "FineWeb: characters of lines that stood before, of all",
        "list_ratio": "FineWeb: line feeds by words",
        "refinedweb_lines": "RefinedWeb: share of lines it drops: of one word, of "
        "digits, mainly upper case, or a counter",
        "rps_lines_ending_with_terminal_punctution_mark": "RedPajama-V2: share of "
        "lines that end in . ! ? or ”",
        "rps_lines_javascript_counts": "RedPajama-V2: mean of a line's javascript",
        "rps_lines_num_words": "RedPajama-V2: mean of a line's words",
        "rps_lines_numerical_chars_fraction": "RedPajama-V2: mean share of digits",
        "rps_lines_start_with_bulletpoint": "RedPajama-V2: share of lines that open on "
        "a bullet",
        "rps_lines_uppercase_letter_fraction": "RedPajama-V2: mean share of capitals",
        "kept": "characters of the clean text by those of the text",
        **{
            f"noise_{label}": f"share of characters removed as: {LABELS[label]}"
            for label in sorted(NOISE)
        },
        "story_start": "where the first kept line of prose starts, 0 to 1 of the text",
        "story_end": "where the last one ends; 0 if there is none",
        "prose_chars": "share of characters in kept lines of prose: wide, and the end "
        "of a sentence",
    }
)
