"""Texts that look like scraped articles, salted with what the rules look for."""

from hypothesis import strategies as st

from cleaner.languages import LANGUAGES

PHRASES = sorted(
    {
        phrase
        for language in LANGUAGES.values()
        for slot in language.phrases.values()
        for phrase in slot
    }
)
SENTENCES = (
    "The council met on Monday to discuss the new bridge over the river.",
    "“We were told nothing,” said Anna Berg, who runs a bakery near the site.",
    "Der Stadtrat hat am Montag über die neue Brücke beraten.",
    "Le conseil municipal s’est réuni lundi pour discuter du pont.",
    "Совет собрался в понедельник, чтобы обсудить новый мост.",
    "परिषद की बैठक सोमवार को नए पुल पर चर्चा के लिए हुई।",
    "市议会周一开会讨论新桥的问题。",
    "اجتمع المجلس يوم الاثنين لمناقشة الجسر الجديد؟",
    "It will cost 3.5 million euros, theIsis-k report said.The next one is due.",
    "Council Approves New Bridge Over River",
    "* * *",
    "- No.",
    "Sarah Miller",
    "€ 12,50 â€“ cafÃ©",
)
LINE_BREAKS = ("\n", "\n\n", "\r\n", "\r\n\r\n", "\n \n", "\n\u200b\n", "\n\n\n")
ODD = st.characters(
    categories=("Lu", "Ll", "Lo", "Nd", "Po", "Zs", "Zl", "Zp", "Cc", "Cf", "Mn", "Cs")
)

prose = st.sampled_from(SENTENCES)
phrase = st.builds(
    lambda words, written: str(written(words)),
    st.sampled_from(PHRASES),
    st.sampled_from((str, str.upper, str.capitalize, str.title)),
)
noise = st.builds(
    lambda cue, mark, rest: f"{cue}{mark}{rest}",
    phrase,
    st.sampled_from(("", ":", ": ", ":\u00a0", " ", "\u00a0", "…", " | ", " → ")),
    st.one_of(st.just(""), prose, st.text(ODD, max_size=12)),
)
line = st.one_of(
    prose,
    noise,
    st.lists(st.one_of(prose, noise), min_size=2, max_size=4).map(" ".join),
    st.text(ODD, max_size=20),
)


@st.composite
def texts(draw: st.DrawFn) -> str:
    """Lines of prose and noise, some repeated, some cut short, between odd breaks."""
    lines: list[str] = draw(st.lists(line, max_size=10))
    repeats = draw(st.booleans())
    if lines and repeats:
        again = draw(st.sampled_from(lines))
        cut = draw(st.integers(0, len(again)))
        at = draw(st.integers(0, len(lines)))
        lines.insert(at, again if draw(st.booleans()) else again[:cut] + "…")
    breaks = st.sampled_from(LINE_BREAKS)
    return "".join(part for text in lines for part in (text, draw(breaks)))
