"""What callers give: one string or several, texts with their hints, offsets."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, TypeVar

T = TypeVar("T")

_IN_COLUMNS: Final = frozenset((str, type(None)))


def check_text(text: object, where: str = "") -> None:
    """TypeError that says what to do, for what is no text."""
    if isinstance(text, str):
        return
    if isinstance(text, bytes | bytearray):
        raise TypeError(f"{where}cleaner takes str; decode first: data.decode('utf-8')")
    raise TypeError(f"{where}cleaner takes str, not {type(text).__name__}")


def check_offset(offset: int, text: str) -> None:
    """ValueError for an offset outside the text, whose end is one.

    TypeError for what is no offset.
    """
    if not isinstance(offset, int):
        raise TypeError(f"an offset is an int, not {type(offset).__name__}")
    if not 0 <= offset <= len(text):
        raise ValueError(f"offset {offset} is not in the text: 0 to {len(text)}")


def several(field: str, given: Iterable[T]) -> Iterable[T]:
    """What is given. TypeError for one string, which would be taken for its letters.

    So for a mapping, of which there would be the keys.
    """
    if isinstance(given, Mapping) or not isinstance(given, Iterable):
        raise TypeError(f"{field} takes several strings, not {type(given).__name__}")
    if isinstance(given, str):
        raise TypeError(f"{field} takes several strings: {field}=[{given!r}]")
    return given


def check_hints(**hints: object) -> None:
    """TypeError for a hint that is no text."""
    for name, hint in hints.items():
        if hint is not None and not isinstance(hint, str):
            raise TypeError(f"{name} takes str or None, not {type(hint).__name__}")


def as_hint(told: object) -> str | None:
    """A text of somebody's data that may be a hint; None for "" and what is none."""
    return told if isinstance(told, str) and told else None


def as_share(name: str, given: float) -> float:
    """What is given. ValueError if it is no share, 0 to 1."""
    if not 0 <= given <= 1:
        raise ValueError(f"{name} is 0 to 1, not {given!r}")
    return given


def aligned(
    texts: Iterable[str | None], **hints: Iterable[str | None] | None
) -> Iterator[tuple[str | None, ...]]:
    """Texts with their hints; ValueError if a list of hints is of another length."""
    columns = [_column("texts", texts)]
    count = len(columns[0])
    for name, given in hints.items():
        column = _column(name, [None] * count if given is None else given)
        if len(column) != count:
            raise ValueError(f"{count} texts but {len(column)} {name}")
        columns.append(column)
    return zip(*columns, strict=True)


def _column(name: str, given: Iterable[str | None]) -> list[str | None]:
    """What is given, as a list. TypeError that names the place of what is no text."""
    held = list(several(name, given))
    if _IN_COLUMNS.issuperset(map(type, held)):  # as almost always, and quick
        return held
    for place, value in enumerate(held):
        if value is not None:
            check_text(value, f"{name}[{place}]: ")
    return held
