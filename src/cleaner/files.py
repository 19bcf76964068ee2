"""Reading of files that may be anything, such as a device without an end."""

from os import PathLike


def read_at_most(path: str | PathLike[str], max_bytes: int) -> bytes | None:
    """What the file holds; None if that is more. Raises OSError as `open` does.

    A file's size is not asked for: a device or a pipe has none.
    """
    with open(path, "rb") as file:  # noqa: PTH123  # pathlib is slow to import
        data = file.read(max_bytes + 1)
    return data if len(data) <= max_bytes else None
