"""Texts that look like scraped articles, salted with what the rules look for."""

from pathlib import Path

from caselib import CASES, load
from hypothesis import strategies as st

from cleaner.languages import LANGUAGES

ROOT = Path(__file__).parents[1]
SOWN = load(ROOT / "tests" / "sown.txt")
SEEDS = [path.read_bytes().decode() for path in sorted((ROOT / "seeds").glob("*.txt"))]
CASE_TEXTS = [case.text for path in sorted(CASES.glob("*.txt")) for case in load(path)]
REAL_TEXTS = [*SEEDS, *(case.text for case in SOWN), *CASE_TEXTS]
REAL_NOISE = sorted(
    {
        case.text[mark.start : mark.end]
        for path in (*CASES.glob("*.txt"), ROOT / "tests" / "sown.txt")
        for case in load(path)
        for mark in case.marks
    }
)

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
# Only the first two end a line; all others are blank space inside one.
LINE_ENDS = ("\n", "\r\n", "\r", "\v", "\f", "\x1c", "\x85", "\u2028", "\u2029")
USUAL_ENDS = ("\n", "\r\n", "\n", "\r\n", "\n", *LINE_ENDS)
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
real_noise = st.sampled_from(REAL_NOISE)
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


def copied(draw: st.DrawFn, line: str) -> str:
    """A line as it may be printed a second time."""
    cut = draw(st.integers(0, len(line)))
    return draw(st.sampled_from((line, line[:cut] + "…", line[:cut], line.upper())))


def salted(draw: st.DrawFn, lines: list[str]) -> list[str]:
    """The lines with a grain of noise between two of them or on one."""
    grain = draw(st.one_of(real_noise, real_noise, line))
    at = draw(st.integers(0, len(lines)))
    if at == len(lines) or draw(st.booleans()):
        return [*lines[:at], grain, *lines[at:]]
    joined = draw(st.sampled_from((f"{lines[at]} {grain}", f"{grain} {lines[at]}")))
    return [*lines[:at], joined, *lines[at + 1 :]]


@st.composite
def documents(draw: st.DrawFn) -> str:
    """A real-looking document of any script, salted with real noise, any line ends."""
    lines = draw(st.sampled_from(REAL_TEXTS)).splitlines()
    for _ in range(draw(st.integers(0, 4))):
        lines = salted(draw, lines)
    if draw(st.booleans()) and lines:
        copy = copied(draw, draw(st.sampled_from(lines)))
        lines.insert(draw(st.integers(0, len(lines))), copy)
    usual, odd = draw(st.sampled_from(USUAL_ENDS)), draw(st.sampled_from(LINE_ENDS))
    gap, odd_at = draw(st.integers(1, 3)), draw(st.integers(0, len(lines)))
    ends = [odd if at == odd_at else usual for at in range(len(lines))]
    text = "".join(words + end * gap for words, end in zip(lines, ends, strict=True))
    return text if draw(st.booleans()) else text.rstrip()
