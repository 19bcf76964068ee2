"""What a line model says of lines, for tests."""

from cleaner.model import Asked, LineModel
from cleaner.model.scoring import totals


def score(model: LineModel, asked: Asked) -> list[float]:
    """The probability of each chosen line that it is of the kind."""
    probability = model.forests[asked.kind].probability
    return [
        0.0 if total is None else probability(total) for total in totals(model, asked)
    ]
