"""Fits what words say of a line; needs scikit-learn, and only training imports it.

Words as such tell noise and frame, wherever a line stands. Words as they are written
tell what is set into a story from its own short lines, and learn from headlines too.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse  # type: ignore[import-untyped, unused-ignore]
from sklearn.linear_model import LogisticRegression

from cleaner.model.features import in_doubt, story_end
from cleaner.model.line_words import cased_words, words
from cleaner.model.scoring import packed
from cleaner.model.storage import WORD_BUCKETS
from cleaner.training.samples import (
    CONTENT_LINE,
    FRAME_LINE,
    MIXED_LINE,
    NOISE_LINE,
    Sample,
    SampleError,
    fold,
)

if TYPE_CHECKING:
    from cleaner.training.fitting import Settings

Floats = NDArray[np.float64]
# Where each line's words stand, by the places of its sample and of the line in that: a
# sample's name may be another's, too.
Places = dict[tuple[int, int], int]

# Words are weighed in lines up to this length, whether in doubt or not.
_WORDY_CHARS: Final = 400
_WORD_SCALE: Final = 64
_LEAST_WEIGHT: Final = 6  # what weighs less, of both, says nothing and fills the file
_LOGIT_CUTS: Final = np.linspace(-6, 5, WORD_BUCKETS - 1)
_INNER_FOLDS: Final = 8


class LineWords(NamedTuple):
    """The words of lines, side by side, and what each line is."""

    texts: list[list[str]]
    targets: NDArray[np.int64]
    weights: Floats
    sites: list[str]


class Said(NamedTuple):
    """What words say: weights and cuts of a model, and of each line the codes.

    The codes are what words learned from other sites than the line's.
    """

    weights: dict[str, int]
    cuts: list[tuple[int, ...]]
    codes: NDArray[np.int64]


_Row = tuple[list[str], int, float, str]  # of LineWords


def places_of(samples: Iterable[Sample]) -> Places:
    """The lines that are content, frame or noise as a whole, numbered."""
    found = [
        (number, index)
        for number, sample in enumerate(samples)
        for index, line in enumerate(sample.lines)
        if len(line) <= _WORDY_CHARS and sample.targets[index] != MIXED_LINE
    ]
    return {place: number for number, place in enumerate(found)}


def fit_words(
    samples: Sequence[Sample], places: Iterable[tuple[int, int]], settings: "Settings"
) -> Said:
    """What words say of noise, of frame and of insets. SampleError without an example.

    The codes stand as the places do.
    """
    chosen = [(samples[number], index) for number, index in places]
    targets = {sample.targets[index] for sample, index in chosen}
    if not {CONTENT_LINE, NOISE_LINE} <= targets:
        raise SampleError("lines of content and of noise are needed")
    plain = _words(
        (words(s.lines[i]), s.targets[i], weight_of(s, i), s.site) for s, i in chosen
    )
    cased = plain._replace(texts=[cased_words(s.lines[i]) for s, i in chosen])
    noise_frame = _said(plain, plain, settings, _fit_noise_and_frame)
    insets = _said(_words(_insets(samples)), cased, settings, _fit_insets)
    return Said(
        noise_frame.weights | insets.weights,
        [*noise_frame.cuts, insets.cuts[0]],
        np.column_stack([noise_frame.codes, insets.codes[:, 0]]),
    )


def _words(rows: Iterable[_Row]) -> LineWords:
    found = list(rows)
    return LineWords(
        [text for text, *_ in found],
        np.array([target for _, target, *_ in found], np.int64),
        np.array([weight for *_, weight, _ in found]),
        [site for *_, site in found],
    )


def _insets(samples: Iterable[Sample]) -> Iterator[_Row]:
    """Noise in doubt, and the titles of all; against it content in doubt amid a story.

    Only what is labelled: a sub-heading that a rough alignment misses teaches wrongly.
    """
    titles = dict.fromkeys((s.title, s.site) for s in samples if s.title)
    for title, site in titles:
        yield cased_words(title), NOISE_LINE, 1.0, site
    for sample in samples:
        story = story_end(sample.lines)
        for index in in_doubt(sample.lines) if sample.labelled else ():
            target = sample.targets[index]
            is_amid = 0 < index < story and target == CONTENT_LINE
            if is_amid or target == NOISE_LINE:
                line = cased_words(sample.lines[index])
                yield line, target, weight_of(sample, index), sample.site


def weight_of(sample: Sample, index: int) -> float:
    """How much a line counts in training."""
    # A long menu's lines still teach something each.
    is_noise = sample.targets[index] == NOISE_LINE
    return sample.weight * (0.3 + 0.7 * sample.weights[index] if is_noise else 1.0)


_Fitted = tuple[dict[str, Floats], Floats]  # weights by word, and offsets
_Fit = Callable[[LineWords, NDArray[np.int64], "Settings"], _Fitted]


def _said(
    learned: LineWords, judged: LineWords, settings: "Settings", fit: _Fit
) -> Said:
    weights, offsets = fit(learned, np.arange(len(learned.texts)), settings)
    verdicts = _verdicts_of_others(learned, judged, settings, fit)
    return Said(
        _rounded(weights),
        [_rounded_cuts(offset) for offset in offsets],
        np.digitize(verdicts, _LOGIT_CUTS),
    )


def _vocabulary(lines: LineWords, chosen: Iterable[int], sites: int) -> dict[str, int]:
    """The words of several sites, numbered; one site's own words teach nothing."""
    seen: defaultdict[str, set[str]] = defaultdict(set)
    for index in chosen:
        for word in lines.texts[index]:
            if len(seen[word]) < sites:
                seen[word].add(lines.sites[index])
    common = sorted(w for w, s in seen.items() if len(s) >= sites and not _is_number(w))
    return {word: number for number, word in enumerate(common)}


def _is_number(word: str) -> bool:
    return word.lstrip("=").isdigit()


def _table(texts: Iterable[list[str]], vocabulary: dict[str, int]) -> Any:  # noqa: ANN401
    places: list[int] = []
    ends = [0]
    for text in texts:
        places += (vocabulary[word] for word in text if word in vocabulary)
        ends.append(len(places))
    shape = (len(ends) - 1, len(vocabulary))
    return sparse.csr_matrix((np.ones(len(places)), places, ends), shape=shape)


def _fit_noise_and_frame(
    lines: LineWords, chosen: NDArray[np.int64], settings: "Settings"
) -> _Fitted:
    """SampleError where no word stands on several sites."""
    vocabulary = _vocabulary(lines, chosen.tolist(), settings.word_sites)
    if not vocabulary:
        sites = len({lines.sites[index] for index in chosen})
        wanted = settings.word_sites
        raise SampleError(
            f"no word stands on {wanted} sites, of {sites} in a fold's data"
        )
    return _fitted(lines, chosen, vocabulary, settings)


def _fit_insets(
    lines: LineWords, chosen: NDArray[np.int64], settings: "Settings"
) -> _Fitted:
    """Nothing where there is one kind of line, or no word on several sites."""
    vocabulary = _vocabulary(lines, chosen.tolist(), settings.word_sites)
    if not vocabulary or len(set(lines.targets[chosen].tolist())) == 1:
        return {}, np.zeros(2)
    return _fitted(lines, chosen, vocabulary, settings)


def _fitted(
    lines: LineWords,
    chosen: NDArray[np.int64],
    vocabulary: dict[str, int],
    settings: "Settings",
) -> _Fitted:
    """Each word's weights for noise and for frame against content, and the offsets."""
    targets = lines.targets[chosen]
    # By a rougher tolerance it hangs on chance what words say of a line: between AUC
    # 0.74 and 0.81 on lines that rules leave, always 0.80 from some 40 steps on.
    linear = LogisticRegression(C=settings.word_strength, max_iter=500, tol=1e-4)
    table = _table((lines.texts[i] for i in chosen), vocabulary)
    linear.fit(table, targets, sample_weight=lines.weights[chosen])
    classes = linear.classes_.tolist()
    rows = np.zeros((3, len(vocabulary) + 1))
    fitted = np.column_stack([linear.coef_, linear.intercept_])
    for place, target in enumerate(classes if len(fitted) > 1 else classes[1:]):
        rows[target] = fitted[place]
    against = rows[[NOISE_LINE, FRAME_LINE]] - rows[CONTENT_LINE]
    weights = {word: against[:, number] for word, number in vocabulary.items()}
    return weights, against[:, -1]


def _verdicts_of_others(
    learned: LineWords, judged: LineWords, settings: "Settings", fit: _Fit
) -> Floats:
    """What words say of each judged line, learned without the line's site."""
    salt = f"words {settings.seed}"
    fold_of = {
        site: fold(site, _INNER_FOLDS, salt) for site in {*learned.sites, *judged.sites}
    }
    learned_in = np.array([fold_of[site] for site in learned.sites])
    judged_in = np.array([fold_of[site] for site in judged.sites])
    verdicts = np.zeros((len(judged_in), 2))
    nothing = np.zeros(2)
    for number in range(_INNER_FOLDS):
        others = np.flatnonzero(learned_in != number)
        weights, offsets = fit(learned, others, settings)
        for index in np.flatnonzero(judged_in == number):
            found = (weights.get(w, nothing) for w in judged.texts[index])
            verdicts[index] = offsets + sum(found, nothing)
    return verdicts


def _rounded(weights: dict[str, Floats]) -> dict[str, int]:
    whole = {
        word: tuple(np.rint(pair * _WORD_SCALE).astype(int).tolist())
        for word, pair in weights.items()
    }
    return {
        word: packed(*pair)
        for word, pair in whole.items()
        if max(map(abs, pair)) >= _LEAST_WEIGHT
    }


def _rounded_cuts(offset: float) -> tuple[int, ...]:
    # A bucket begins at its cut: bisect and digitize agree on that.
    cuts = np.ceil((_LOGIT_CUTS - offset) * _WORD_SCALE).astype(int)
    return tuple(cuts.tolist())
