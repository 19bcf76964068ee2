"""Types of Arrow, of which those who ask have the package."""

from typing import Any


def is_text(kind: Any) -> bool:  # noqa: ANN401  # a type of pyarrow's
    """Whether a column of the type holds texts, plain or in a dictionary."""
    from pyarrow import types

    held = kind.value_type if types.is_dictionary(kind) else kind
    texts = (types.is_string, types.is_large_string, types.is_string_view)
    return any(is_one(held) for is_one in (*texts, types.is_null))
