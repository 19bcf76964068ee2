"""What a page says to its reader stays where somebody in the story says it."""

from collections.abc import Iterator
from itertools import chain

import pytest

from cleaner import Cleaner
from cleaner.detectors import DETECTORS
from cleaner.languages import LANGUAGES
from cleaner.patterns import rules, sentences

ABOVE = (
    "The harbour town has lived from fishing for three hundred years, and most of its "
    "people still do so today, whatever the weather brings."
)
BELOW = (
    "On Monday morning the council met in the old hall by the market to talk about the "
    "repairs that the storm of last week had made necessary."
)
FRAMES = {
    "ar": "«{}»، قال رئيس البلدية للصحيفة يوم الاثنين.",
    "bg": "„{}“, каза кметът пред вестника в понеделник.",
    "cs": "„{}“, řekl starosta v pondělí novinám.",
    "da": "»{}«, sagde borgmesteren mandag til avisen.",
    "de": "„{}“, sagte der Bürgermeister am Montag der Zeitung.",
    "el": "«{}», είπε ο δήμαρχος τη Δευτέρα στην εφημερίδα.",
    "en": "“{},” the mayor told the paper on Monday.",
    "es": "«{}», dijo el alcalde al diario el lunes.",
    "fr": "« {} », a dit le maire au journal lundi.",
    "hi": "“{}”, महापौर ने सोमवार को अख़बार से कहा।",
    "id": "“{},” kata wali kota kepada koran itu pada Senin.",
    "it": "«{}», ha detto il sindaco al giornale lunedì.",
    "ja": "「{}」と市長は月曜日に話した。",
    "ko": "“{}”라고 그는 월요일 신문에 말했다.",
    "nl": "‘{}’, zei de burgemeester maandag tegen de krant.",
    "no": "«{}», sa ordføreren til avisen mandag.",
    "pl": "„{}”, powiedział burmistrz gazecie w poniedziałek.",
    "pt": "“{}”, disse o prefeito ao jornal na segunda-feira.",
    "ru": "«{}», — сказал мэр газете в понедельник.",
    "sv": "”{}”, sade borgmästaren till tidningen i måndags.",
    "tr": "“{}”, dedi belediye başkanı pazartesi günü gazeteye.",
    "uk": "«{}», — сказав мер газеті в понеділок.",
    "vi": "“{}”, thị trưởng nói với tờ báo hôm thứ Hai.",
    "zh": "“{}”，市长周一对报社表示。",
}
MARK = "ad_break"  # cut wherever it stands, within a sentence too
CLEANER = Cleaner("default")
MIN_GOING = 50  # of a language; others say nothing where a sentence is around them


def phrases(language: str) -> Iterator[str]:
    """Those of rules that find more than the phrase."""
    rules = [rule for row in DETECTORS.values() for rule in row.rules]
    found = {rule.slot for rule in rules if rule.extent != "inline"} - {MARK}
    own = LANGUAGES[language].phrases
    return chain.from_iterable(own[slot] for slot in sorted(found & own.keys()))


def text_of(language: str, phrase: str) -> str:
    said = FRAMES[language].format(phrase[0].upper() + phrase[1:])
    return f"{ABOVE}\n\n{said}\n\n{BELOW}"


def test_the_quick_look_for_who_says_it_asks_for_each_mark_before() -> None:
    verb = LANGUAGES["zh"].phrases["speech_verb"][0]
    frames = ("{} said", ".{} said", "{}" + verb)
    find = sentences._reported().search
    found = {
        mark
        for mark in map(chr, range(0x10000))
        if any(find(frame.format(mark)) for frame in frames)
    }
    assert found == sentences._BEFORE_SPEAKER


@pytest.mark.parametrize("language", FRAMES)
def test_what_would_go_if_nobody_said_it_stays(
    language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = [text_of(language, phrase) for phrase in phrases(language)]
    with monkeypatch.context() as unguarded:
        unguarded.setattr(rules, "is_reported", lambda _: False)
        unguarded.setattr(rules, "is_said", lambda *_: False)
        unguarded.setattr(rules, "is_about_quotation", lambda *_: False)
        unguarded.setattr(rules, "_is_cited", lambda *_: False)
        unguarded.setattr(rules, "_known_spans", rules._known_spans.__wrapped__)
        going = [text for text in texts if CLEANER.clean(text) != text]
    assert len(going) > MIN_GOING
    for text in going:
        assert CLEANER.clean(text) is text
