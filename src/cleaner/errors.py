"""What callers may catch."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager


class CleanerError(Exception):
    """The base of this package's own errors.

    Arguments of a wrong kind raise TypeError or ValueError, files OSError.
    """


class UnknownNameError(CleanerError, LookupError):
    """A name that does not exist: of a preset, label, language, format and the like.

    Carries `kind` ("preset"), `name` (what was asked for) and `known`.
    """

    def __init__(self, kind: str, name: object, known: Iterable[str]) -> None:
        self.kind = kind
        self.name = name
        self.known = tuple(known)
        super().__init__(kind, name, self.known)

    def __str__(self) -> str:
        close = _closest(str(self.name), self.known)
        hint = f" did you mean {close!r}?" if close else ""
        return f"no {self.kind} {self.name!r};{hint} known: {', '.join(self.known)}"


def _closest(name: str, known: Iterable[str]) -> str:
    """The known name that was meant, "en" by "EN" and "en-US"; "" if none is near."""
    from difflib import get_close_matches

    lowered = {each.lower(): each for each in known}
    asked = name.lower()
    language = asked.replace("_", "-").partition("-")[0]
    close = [language] if language in lowered else get_close_matches(asked, lowered, 1)
    return lowered[close[0]] if close else ""


class InvalidRuleError(CleanerError, ValueError):
    """A user's own rule that can't be used.

    It is no pattern, matches an empty line, calls itself or repeats too often; or the
    file of rules can't be read.
    """


class RuleTimeoutError(CleanerError):
    """A user's own rule that ran out of its time on a document."""


class ModelFileError(CleanerError, ValueError):
    """A file that is no model, or one of another version."""


class MissingPackageError(CleanerError, ImportError):
    """An optional package is not installed; the message names the command."""


@contextmanager
def extra(name: str, what: str = "this") -> Iterator[None]:
    """Imports inside that fail raise MissingPackageError, which names the extra.

    What is there but of a version that does not fit fails so, too; then it says why.
    """
    try:
        yield
    except ImportError as error:
        package = error.name or "a package"
        why = "" if isinstance(error, ModuleNotFoundError) else f" ({error})"
        raise MissingPackageError(
            f"{what} needs {package}{why}: pip install 'article-cleaner[{name}]'",
            name=error.name,
        ) from error
