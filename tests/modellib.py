"""A sentence of prose, and what a line model says of lines, for tests."""

from cleaner.model import Asked, LineModel
from cleaner.model.scoring import totals

PROSE = (
    "The council voted on Monday evening to keep the old bridge open to walkers and to "
    "close it to cars from May, its spokesman said."
)


def score(model: LineModel, asked: Asked) -> list[float]:
    """The probability of each chosen line that it is of the kind."""
    probability = model.forests[asked.kind].probability
    return [
        0.0 if total is None else probability(total) for total in totals(model, asked)
    ]
