"""The line model: is a line noise, where rules and structure leave a doubt."""

from cleaner.model.features import describe, in_doubt
from cleaner.model.line_words import words
from cleaner.model.scoring import Asked, Kind, LineModel, score
from cleaner.model.storage import ModelFileError, dumps, load, loads, shipped

__all__ = (
    "Asked",
    "Kind",
    "LineModel",
    "ModelFileError",
    "describe",
    "dumps",
    "in_doubt",
    "load",
    "loads",
    "score",
    "shipped",
    "words",
)
