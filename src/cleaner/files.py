"""Reading of files: those that may be anything, and those of the package."""

from os import PathLike, stat


def read_at_most(path: str | PathLike[str], max_bytes: int) -> bytes | None:
    """What the file holds; None if that is more. Raises OSError as `open` does.

    A file's size is not asked for: a device or a pipe has none.
    """
    with open(path, "rb") as file:  # noqa: PTH123  # pathlib is slow to import
        data = file.read(max_bytes + 1)
    return data if len(data) <= max_bytes else None


def file_stamp(path: str | PathLike[str]) -> tuple[int, int]:
    """What changes when the file does. Raises OSError if it is not there."""
    status = stat(path)  # noqa: PTH116  # pathlib is slow to import
    return status.st_mtime_ns, status.st_size


def packaged(name: str) -> bytes:
    """What a file of the package holds. Raises OSError if it is not there."""
    from pkgutil import get_data  # importlib.resources takes ten times as long to load

    data = get_data("cleaner", name)
    if data is None:
        raise FileNotFoundError(f"what loaded the package cannot read {name}")
    return data
