from collections.abc import Callable
from typing import Self

from cleaner.document import Slot

def cut(text: str, kinds: bytes) -> tuple[list[str], list[int], bytes, int]: ...
def short_lines(
    lines: list[str], characters: int, kinds: bytes, bare: Callable[[str], str]
) -> dict[str, list[int]]: ...
def open_alike(texts: list[str], units: bytes, characters: int) -> list[int]: ...
def pulled(
    text: str, lines: list[str], starts: list[int], shapes: bytes
) -> list[int]: ...

class Scanner:
    def __new__(
        cls,
        slots: tuple[Slot, ...],
        longest: tuple[int, ...],
        folded: bytes,
        classes: bytes,
        keys: tuple[tuple[bytes, int, int, int], ...],
        states: bytes,
        told: tuple[tuple[int, ...], ...],
    ) -> Self: ...
    def find(self, text: str, kinds: bytes) -> dict[Slot, list[int]]: ...
