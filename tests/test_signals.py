"""Document quality: signals by their definitions, verdicts by their rules."""

import pickle
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import texts

from cleaner import QualityConfig, quality
from cleaner.signals import SIGNALS, VERDICTS
from cleaner.signals.measures import measured
from cleaner.signals.score import FEATURES
from cleaner.signals.words import classes_of, codes_of, given_words, split_words

ROOT = Path(__file__).parents[1]
ARTICLE = """\
The council met on Monday to discuss the new bridge over the river in the north.

“We were told nothing of this,” said Anna Berg, who runs a bakery near the site.

The bridge will cost 3.5 million euros and is to be opened by the end of next year.

Those who live nearby have asked for a wall to be built against the noise of cars.

A second meeting will be held in March, when the builders have answered questions.
"""
SENTENCE = "The council has met with the builders of bridge number {} to talk of it. "


def reasons(text: str, verdict: str, lang: str | None = None) -> tuple[str, ...]:
    return quality(text, lang=lang).verdicts[verdict]


def test_an_article_passes_all() -> None:
    done = quality(ARTICLE)
    assert not any(done.verdicts.values()), done.verdicts
    assert done.score > 0.9
    assert quality("Menu\nHome\nNews\nSport\nLog in\n").score < 0.5


def test_every_signal_is_in_the_table() -> None:
    assert quality(ARTICLE).signals.keys() == SIGNALS.keys()
    assert set(FEATURES) <= SIGNALS.keys()
    rules = [rule for rules in VERDICTS.values() for rule in rules]
    assert {rule.signal for rule in rules} <= SIGNALS.keys()
    assert {rule.reason for rule in rules} == {
        name for name in QualityConfig.__slots__ if name != "stop_words"
    }


def told(signal: str) -> str:
    """The row of a signal in docs/quality.md."""
    limits = [
        f"`{name}` {'under' if rule.is_floor else 'over'} "
        f"{getattr(QualityConfig(), rule.reason):g}: `{rule.reason}`"
        for name, rules in VERDICTS.items()
        for rule in rules
        if rule.signal == signal
    ]
    return f"| `{signal}` | {SIGNALS[signal]} | {', '.join(limits)} |"


def test_the_page_tells_every_signal_with_its_limits() -> None:
    page = (ROOT / "docs" / "quality.md").read_text(encoding="utf-8")
    rows = [line for line in page.splitlines() if line.startswith("| `")]
    assert rows == [told(signal) for signal in SIGNALS]


WORDS = " ".join(chr(97 + n // 26 % 26) + chr(97 + n % 26) for n in range(60))
BROKEN = {
    ("c4", "lorem_ipsum"): ARTICLE + "\nThis is lorem ipsum and no more.\n",
    ("c4", "curly_bracket"): ARTICLE + "\nThis is { of the page.\n",
    ("c4", "too_few_sentences"): "The council met. It left. It is to vote.",
    ("gopher_quality", "gopher_short_doc"): "The council is to have met.",
    ("gopher_quality", "gopher_long_doc"): "the council and " * 40_000,
    ("gopher_quality", "gopher_below_avg_threshold"): WORDS,
    ("gopher_quality", "gopher_above_avg_threshold"): "constitutional " * 60,
    ("gopher_quality", "gopher_too_many_hashes"): ARTICLE + " # a" * 15,
    ("gopher_quality", "gopher_too_many_ellipsis"): ARTICLE.replace("e", "e… ", 15),
    ("gopher_quality", "gopher_too_many_bullets"): "- the council and to\n" * 20,
    ("gopher_quality", "gopher_too_many_end_ellipsis"): "The council and to...\n" * 20,
    ("gopher_quality", "gopher_below_alpha_threshold"): ARTICLE + " 1917" * 40,
    ("gopher_quality", "gopher_enough_stop_words"): WORDS,
    ("gopher_repetition", "empty"): "",
    ("gopher_repetition", "dup_para_frac"): "Yes.\n\nYes.\n\nNo.",
    ("gopher_repetition", "dup_para_char_frac"): ARTICLE + "\n" + ARTICLE,
    ("gopher_repetition", "dup_line_frac"): "Yes.\nYes.\nNo.",
    ("gopher_repetition", "dup_line_char_frac"): ARTICLE + "\n" + ARTICLE,
    ("gopher_repetition", "top_2_gram"): "no end of it " * 3,
    ("gopher_repetition", "top_3_gram"): "no end of it " * 3,
    ("gopher_repetition", "top_4_gram"): "no end of it " * 3,
    **{
        ("gopher_repetition", f"duplicated_{n}_n_grams"): SENTENCE * 3
        for n in range(5, 11)
    },
    ("fineweb", "empty"): "\n \n",
    ("fineweb", "line_punct_ratio"): "Menu\nHome\nNews",
    ("fineweb", "short_line_ratio"): "Yes.\nNo.\nNo, never.",
    ("fineweb", "char_dup_ratio"): ARTICLE + "\n" + ARTICLE[:80],
    ("fineweb", "list_ratio"): "Yes.\nNo.\nI did.\n",
}


@pytest.mark.parametrize(("verdict", "reason"), BROKEN)
def test_each_rule_drops_what_breaks_it(verdict: str, reason: str) -> None:
    text = BROKEN[verdict, reason]
    assert reason in reasons(text, verdict)
    off = QualityConfig(**{reason: None})  # type: ignore[arg-type]
    assert reason not in quality(text, config=off).verdicts[verdict]


def test_every_rule_has_its_text() -> None:
    rules = {(name, rule.reason) for name in VERDICTS for rule in VERDICTS[name]}
    assert rules == set(BROKEN)


def test_rules_for_english_are_left_out_elsewhere() -> None:
    assert "gopher_enough_stop_words" not in reasons(WORDS, "gopher_quality", "de")
    assert "gopher_enough_stop_words" in reasons(WORDS, "gopher_quality", "en-GB")
    chinese = "市议会周一开会讨论新桥的问题。他们说要花三百万。" * 6
    assert "too_few_sentences" in reasons(chinese, "c4")
    assert not reasons(chinese, "c4", "zh")
    for tag in ("zh-CN", "zh_TW", "ZH"):
        assert not reasons(chinese, "c4", tag)
    thai = "นายกรัฐมนตรีกล่าวเมื่อวันจันทร์ว่ารัฐบาลจะดำเนินการ " * 60
    assert "gopher_above_avg_threshold" in reasons(thai, "gopher_quality")
    assert not reasons(thai, "gopher_quality", "th")
    assert "line_punct_ratio" not in reasons(thai, "fineweb", "th")
    own = QualityConfig(stop_words=frozenset({"und", "der"}))
    done = quality(WORDS, lang="de", config=own)
    assert "gopher_enough_stop_words" in done.verdicts["gopher_quality"]


def test_noise_is_told_by_its_label() -> None:
    noise = "\n\nRead More: Harbour wall closed"
    signals = quality(ARTICLE.rstrip() + noise).signals
    share = len(noise) / len(ARTICLE.rstrip() + noise)
    assert signals["noise_related_link"] == pytest.approx(share)
    assert signals["kept"] == pytest.approx(1 - share)
    assert signals["story_start"] == 0
    assert signals["story_end"] == pytest.approx(1 - share)


def test_links_in_markdown_leave_the_story_where_it_is() -> None:
    story = ARTICLE.rstrip().split("\n\n")
    linked = [f"[{part}](https://harbour.example/a)" for part in story]
    plain, found = (quality("\n\n".join(parts)) for parts in (story, linked))
    for name in ("prose_chars", "story_start", "story_end", "kept"):
        assert found.signals[name] == pytest.approx(plain.signals[name], abs=0.1)


@pytest.mark.parametrize("wrong", [{}, None, "c4"])
def test_what_is_no_configuration_is_refused(wrong: object) -> None:
    with pytest.raises(TypeError, match="config is a QualityConfig, not"):
        quality(ARTICLE, config=wrong)  # type: ignore[arg-type]


@pytest.mark.parametrize("wrong", [b"text", None, 3])
def test_what_is_no_text_is_refused(wrong: object) -> None:
    with pytest.raises(TypeError, match="cleaner takes str"):
        quality(wrong)  # type: ignore[arg-type]


@given(st.one_of(texts(), st.text(), st.text(st.characters(categories=["Cs", "Zs"]))))
def test_any_text_has_its_quality(text: str) -> None:
    done = quality(text)
    assert 0 <= done.score <= 1
    assert all(value >= 0 for value in done.signals.values())
    assert pickle.loads(pickle.dumps(done)) == done


@given(st.one_of(texts(), st.text()))
def test_words_cover_all_that_is_not_blank(text: str) -> None:
    codes = codes_of(text)
    words = split_words(codes, classes_of(codes))
    assert int(words.lengths.sum()) == sum(not c.isspace() for c in text)


a_word = st.text("abé’.,1—", min_size=1, max_size=3)


@given(st.lists(a_word), st.lists(a_word))
def test_equal_words_have_equal_keys(one: list[str], two: list[str]) -> None:
    keys = given_words(one + two).keys.tolist()
    assert len(set(keys)) == len({*one, *two})


# Gopher's signals as datatrove computes them, word by word.
def top_share(text: str, words: list[str], n: int) -> float:
    grams = [" ".join(words[at : at + n]) for at in range(len(words) - n + 1)]
    top = Counter(grams).most_common(1)
    return len(top[0][0]) * top[0][1] / len(text) if top else 0


def duplicate_share(text: str, words: list[str], n: int) -> float:
    seen = set[tuple[str, ...]]()
    at = characters = 0
    while at < len(words) - n + 1:
        gram = tuple(words[at : at + n])
        if gram in seen:
            characters += sum(map(len, gram))
        at += n if gram in seen else 1
        seen.add(gram)
    return characters / len(text)


@given(st.lists(st.sampled_from(("a", "bc", "def")), min_size=1, max_size=60))
def test_repetition_by_its_definition(words: list[str]) -> None:
    text = " ".join(words)
    found = measured(text, words=words)
    for n in (2, 3, 4):
        assert found[f"top_{n}_gram"] == top_share(text, words, n)
    for n in range(5, 11):
        assert found[f"duplicated_{n}_n_grams"] == duplicate_share(text, words, n)


@pytest.mark.parametrize("text", ["", "   \n\t\n"])
def test_what_has_no_word_is_no_article(text: str) -> None:
    assert quality(text).score == 0.0


def test_blank_lines_make_no_article_of_a_menu() -> None:
    menu = ["Home", "News", "Sport", "Weather", "About us", "Contact"]
    scores = [quality(("\n" * n).join(menu)).score for n in range(1, 20)]
    assert max(scores) < 0.5


def test_limits_are_numbers_and_stop_words_several() -> None:
    with pytest.raises(TypeError, match="too_few_sentences takes a number or None"):
        QualityConfig(too_few_sentences="x")  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="stop_words takes several strings"):
        QualityConfig(stop_words="the")  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="stop_words: cleaner takes str, not int"):
        QualityConfig(stop_words=[1])  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="empty takes a number or None, not nan"):
        QualityConfig(empty=float("nan"))
    usual = QualityConfig(stop_words=[*QualityConfig().stop_words])  # type: ignore[arg-type]
    assert usual == QualityConfig()


def test_stop_words_may_be_any_set() -> None:
    english = QualityConfig(stop_words={"the", "and"})  # type: ignore[arg-type]
    assert quality("The hall and the bridge", config=english).signals["stop_words"] == 2
