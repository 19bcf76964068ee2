"""Edits made by hand, for tests."""

from cleaner.edits import Edit


def cut(start: int, end: int, label: str = "promotion") -> Edit:
    return Edit(start, end, "", label, "test", 1.0, "test")


def put(at: int, text: str, end: int | None = None) -> Edit:
    return Edit(at, at if end is None else end, text, "fused", "test", 1.0, "test")
