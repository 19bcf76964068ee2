"""The line model: is a line noise, where rules and structure leave a doubt."""

from cleaner.model.scoring import Asked, Kind, LineModel
from cleaner.model.storage import dumps, load, loads, shipped

__all__ = (
    "Asked",
    "Kind",
    "LineModel",
    "dumps",
    "load",
    "loads",
    "shipped",
)
