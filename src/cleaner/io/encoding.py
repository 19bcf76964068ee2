"""UTF-8 in and out, whatever the locale; bytes that are none are never lost silently.

Such bytes travel as `surrogateescape` has them until it is decided what becomes of
them: a fault, U+FFFD, or a private character that turns into the byte again.
"""

import re
from typing import Final, NamedTuple

POLICIES: Final = ("strict", "replace", "keep")

_ESCAPED: Final = re.compile("[\udc80-\udcff]")
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_PRIVATE_FROM: Final = 0x10FF00  # the last private characters stand for kept bytes
_PRIVATE: Final = re.compile("[\U0010ff80-\U0010ffff]")
_TO_PRIVATE: Final = {0xDC00 + byte: _PRIVATE_FROM + byte for byte in range(128, 256)}
_TO_ESCAPED: Final = {there: here for here, there in _TO_PRIVATE.items()}
# Half of the bytes of an English text in UTF-16 are zeros, and all are UTF-8.
_BYTES_TO_A_ZERO: Final = 3  # at most
_CONVERT: Final = "convert the input first, or see --encoding-errors"
_UTF_16_MARKS: Final = ("\udcff\udcfe", "\udcfe\udcff")
_FROM_UTF_16: Final = "it is marked as UTF-16: iconv -f utf-16 -t utf-8 converts it"
_LIKE_UTF_16: Final = "it is full of zero bytes, as UTF-16 is; convert the input first"


class Decoded(NamedTuple):
    """A text and what had to be done to get it; `fault` if it can't be had."""

    text: str
    note: str = ""
    fault: str = ""
    is_kept: bool = False  # private characters in it stand for bytes


def escaped(data: bytes) -> str:
    """The text of the bytes, with a lone surrogate for each that is not UTF-8."""
    return data.decode("utf-8", "surrogateescape")


def unescaped(text: str) -> bytes:
    """The bytes of an escaped text."""
    return text.encode("utf-8", "surrogateescape")


def is_utf8(text: str) -> bool:
    """Whether no lone surrogate stands in a text; quicker than to look for one."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def decode(data: bytes, policy: str) -> Decoded:
    r"""The text of the bytes, by a policy for those that are not UTF-8.

    >>> decode(b"caf\xe9", "strict").fault
    'byte 3 is not UTF-8; convert the input first, or see --encoding-errors'
    >>> decode(b"caf\xe9", "replace")[:2]
    ('caf�', '1 byte is not UTF-8, the first at 3: replaced')
    """
    decoded = settle(escaped(data), policy)
    if _BYTES_TO_A_ZERO * data.count(0) > len(data) and not decoded.note:
        return decoded._replace(note=_LIKE_UTF_16)
    return decoded


def settle(text: str, policy: str, offset: int = 0) -> Decoded:
    """An escaped text by a policy; `offset` is added to the offsets told, in bytes."""
    if is_utf8(text) or not (found := _ESCAPED.search(text)):
        return Decoded(text)
    first = offset + len(unescaped(text[: found.start()]))
    if policy == "strict":
        is_marked = not first and text.startswith(_UTF_16_MARKS)
        way = _FROM_UTF_16 if is_marked else _CONVERT
        return Decoded("", fault=f"byte {first} is not UTF-8; {way}")
    count = len(_ESCAPED.findall(text))
    told = f"{count} byte{'s are' if count > 1 else ' is'} not UTF-8, the first at"
    if policy == "replace":
        replaced = unescaped(text).decode("utf-8", "replace")
        return Decoded(replaced, f"{told} {first}: replaced")
    if fault := clash(text):
        return Decoded("", fault=fault)
    return Decoded(text.translate(_TO_PRIVATE), f"{told} {first}: kept", is_kept=True)


def clash(text: str) -> str:
    """Why bytes can't be kept in a text; "" if they can."""
    return "bytes can't be kept beside U+10FF80 and up" if _PRIVATE.search(text) else ""


def encode(text: str, *, is_kept: bool) -> bytes:
    """The bytes of a text; lone surrogates become U+FFFD, kept bytes themselves."""
    if not is_utf8(text):
        text = _SURROGATE.sub("\ufffd", text)
    return unescaped(restored(text)) if is_kept else text.encode()


def restored(text: str) -> str:
    """A text whose kept bytes are escaped again."""
    return text.translate(_TO_ESCAPED)


def escape_surrogates(json_text: str) -> str:
    """JSON with lone surrogates as the escapes that they were."""
    return _SURROGATE.sub(lambda found: f"\\u{ord(found[0]):04x}", json_text)
