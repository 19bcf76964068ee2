import pickle
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner import Cleaner, CleanerError, Config, Edit, UnknownNameError, apply

pa = pytest.importorskip("pyarrow", reason="needs pyarrow")

from pipeline import (
    CLEAN,
    ROOT,
    TEXTS,
    WANTED,
    cleaned,
    each_start,
    explained,
    in_worker,
    run,
)

from cleaner.integrations.arrow import clean_array, clean_table
from cleaner.integrations.batches import CleanBatch
from cleaner.integrations.columns import COUNTS, EDITS

TYPES = [
    *(pa.string(), pa.large_string(), pa.string_view()),
    pa.dictionary(pa.int8(), pa.string()),
    pa.dictionary(pa.int32(), pa.large_string(), ordered=True),
    pa.dictionary(pa.int32(), pa.string_view()),
]
any_type = pytest.mark.parametrize("kind", TYPES, ids=str)


class Foreign:
    """An object of which only the Arrow C interface is known."""

    def __init__(self, held: Any, method: str) -> None:
        setattr(type(self), method, lambda _, *given: getattr(held, method)(*given))


def array(texts: Sequence[str | None], kind: Any) -> Any:
    if pa.types.is_dictionary(kind):  # into one of string views no cast leads
        found = pa.array(texts, kind.value_type).dictionary_encode()
        codes = found.indices.cast(kind.index_type)
        return pa.DictionaryArray.from_arrays(
            codes, found.dictionary, ordered=kind.ordered
        )
    return pa.array(texts, kind)


@any_type
def test_an_array_keeps_type_length_and_nulls(kind: Any) -> None:
    clean = clean_array(array(TEXTS, kind))
    assert isinstance(clean, pa.Array)
    assert clean.type == kind
    clean.validate(full=True)
    assert clean.to_pylist() == WANTED


@any_type
def test_a_slice_is_cleaned_alone(kind: Any) -> None:
    clean = clean_array(array([*TEXTS, *TEXTS], kind)[3:12])
    assert clean.to_pylist() == [*WANTED, *WANTED][3:12]


@any_type
def test_what_is_clean_is_the_same_object(kind: Any) -> None:
    plain = array([*CLEAN, None], kind)
    chunks = pa.chunked_array([plain, plain[:0], plain[1:]])
    table = pa.table({"text": chunks})
    assert clean_array(plain) is plain
    assert clean_array(chunks) is chunks
    assert clean_table(table) is table


@any_type
def test_nothing_stays_nothing(kind: Any) -> None:
    for texts in ([], [None, None]):
        nothing = array(texts, kind)
        assert clean_array(nothing) is nothing
    no_chunks = pa.chunked_array([], kind)
    assert clean_array(no_chunks) is no_chunks
    empty = clean_table(pa.table({"text": no_chunks}), edits="e", counts="c")
    assert empty.schema.types == [kind, EDITS, COUNTS]


def test_the_null_type_holds_no_text() -> None:
    table = clean_table(pa.table({"text": pa.nulls(2)}), edits="e")
    assert table.to_pylist() == [{"text": None, "e": None}] * 2


@given(
    rows=st.lists(st.sampled_from(TEXTS), max_size=20),
    cuts=st.lists(st.integers(0, 20), max_size=4),
    kind=st.sampled_from(TYPES),
)
def test_chunks_stay_chunks(rows: list[str | None], cuts: list[int], kind: Any) -> None:
    edges = [0, *sorted(cuts), len(rows)]
    whole = array(rows, kind)
    parts = [whole[a:b] for a, b in pairwise(edges)]
    column = pa.chunked_array(parts, kind)
    clean = clean_array(column)
    assert [len(chunk) for chunk in clean.chunks] == [len(part) for part in parts]
    assert clean.type == kind
    assert clean.to_pylist() == cleaned(rows)


def test_a_dictionary_may_hold_nulls_and_words_that_become_one() -> None:
    twice = ["He left.\n\nAdvertisement", None, "He left."]
    column = pa.DictionaryArray.from_arrays(pa.array([0, 1, None, 2, 0], "int8"), twice)
    clean = clean_array(column)
    assert clean.to_pylist() == ["He left.", None, None, "He left.", "He left."]
    assert len(clean.dictionary.drop_null().unique()) == 1


@pytest.mark.parametrize("method", ["__arrow_c_array__", "__arrow_c_stream__"])
def test_any_object_with_the_c_interface_will_do(method: str) -> None:
    held = pa.array(TEXTS)
    held = pa.chunked_array([held]) if "stream" in method else held
    foreign = type("Own", (Foreign,), {})(held, method)
    assert clean_array(foreign).to_pylist() == WANTED
    plain = type("Own", (Foreign,), {})(held[2:5], method)
    assert clean_array(plain) is plain


def test_a_table_behind_the_c_interface() -> None:
    held = pa.table({"text": TEXTS, "id": range(len(TEXTS))})
    foreign = type("Own", (Foreign,), {})(held, "__arrow_c_stream__")
    assert clean_table(foreign).equals(held.set_column(0, "text", pa.array(WANTED)))


@any_type
@pytest.mark.parametrize("make", [pa.table, pa.record_batch])
def test_a_table_tells_what_was_cut(make: Any, kind: Any) -> None:
    table = make({"id": pa.array(range(len(TEXTS))), "text": array(TEXTS, kind)})
    clean = clean_table(table, edits="cut", counts="counts")
    assert type(clean) is type(table)
    assert clean.schema.types == [pa.int64(), kind, EDITS, COUNTS]
    assert clean.column("text").to_pylist() == WANTED
    rows = zip(TEXTS, WANTED, clean.to_pylist(), strict=True)
    for text, wanted, row in rows:
        if text is None:
            assert row["cut"] is row["counts"] is None
            continue
        edits = [Edit(**cut) for cut in row["cut"]]
        assert edits == list(explained([text])[0].edits)
        assert apply(text, edits) == wanted
        assert sum(row["counts"].values()) == len(edits)


def test_a_table_keeps_its_other_columns_and_notes() -> None:
    field = pa.field("body", pa.string(), nullable=False, metadata={"a": "b"})
    schema = pa.schema([pa.field("n", pa.int8()), field], metadata={"c": "d"})
    table = pa.table([[1], ["He left.\n\nAdvertisement"]], schema=schema)
    clean = clean_table(table, "body")
    assert clean.schema.equals(schema, check_metadata=True)
    assert clean["body"].to_pylist() == ["He left."]


def test_errors_say_what_to_do() -> None:
    table = pa.table({"text": ["a"], "id": [1]})
    with pytest.raises(UnknownNameError, match="no column 'body'; known: text, id"):
        clean_table(table, "body")
    for names in ({"edits": "id"}, {"edits": "new", "counts": "new"}):
        with pytest.raises(CleanerError, match="give the new one another name"):
            clean_table(table, **names)
    twice = pa.table([["a"], ["a"], ["b"]], names=["text", "text", "id"])
    for names in ({}, {"column": "id", "url": "text"}):
        with pytest.raises(CleanerError, match="several columns 'text': rename all"):
            clean_table(twice, **names)
    with pytest.raises(TypeError, match="a column of strings, not of int64"):
        clean_table(table, "id")
    with pytest.raises(TypeError, match="not of binary"):
        clean_array(pa.array([b"a"]))
    with pytest.raises(TypeError, match="an Arrow array, not list"):
        clean_array(["a"])


@pytest.mark.parametrize("options", [{}, {"counts": "n"}, {"url": "url"}])
@pytest.mark.parametrize("kind", TYPES[:3], ids=str)
def test_what_is_not_utf_8_is_named_by_row_and_column(kind: Any, options: Any) -> None:
    rows = [b"He left.", None, b"caf\xe9", b"\xff"]
    bad = pa.chunked_array([rows[:1], rows[1:]], pa.binary()).cast(kind, safe=False)
    table = pa.table({"body": bad, "url": pa.array(["a.com"] * 4)})
    told = "row 2 of column 'body': byte 3 is not UTF-8; cast the column to binary"
    with pytest.raises(ValueError, match=told):
        clean_table(table, "body", **options)
    with pytest.raises(ValueError, match="row 1: byte 3 is not UTF-8"):
        clean_array(bad.chunk(1).dictionary_encode())


def test_the_configuration_counts() -> None:
    strict = clean_array(pa.array(TEXTS), Config("strict"))
    assert strict.to_pylist() == cleaned(TEXTS, "strict") != WANTED


@each_start
def test_workers_clean_the_same(start: str) -> None:
    batch = CleanBatch("text", config=Config().with_(languages=["en", "de"]))
    table = pa.table({"text": TEXTS})
    clean = in_worker(start, batch, table)
    assert clean.equals(batch(table))
    assert clean.column("text").to_pylist() == WANTED


def test_its_pickle_is_the_same_in_every_run(monkeypatch: pytest.MonkeyPatch) -> None:
    code = """if True:
        import hashlib, pickle, sys
        from cleaner import Config
        from cleaner.integrations.batches import CleanBatch
        config = Config("body").with_(languages=sys.argv[1].split())
        print(hashlib.sha256(pickle.dumps(CleanBatch(config=config))).hexdigest())
    """
    seen = []
    for seed, languages in (("0", "en de fr it"), ("7", "it fr de en"), ("7", "en")):
        monkeypatch.setenv("PYTHONHASHSEED", seed)
        seen.append(run(code, languages, cwd=ROOT))
    assert seen[0] == seen[1] != seen[2]


STORY = (
    "The council met on Monday to talk about the new bridge, which is to open in May.",
    "Traders hope for visitors; the old ferry, which crosses since 1911, is to stop.",
)
TITLED = "\n\n".join(("News", "Harbour bridge to open", *STORY))


@any_type
def test_titles_are_hints(kind: Any) -> None:
    titles = ["Harbour bridge to open", None, None]
    texts = [TITLED, TITLED, None]
    wanted = Cleaner("body").clean_many(texts, titles=titles)
    assert wanted[0] != wanted[1]
    rows = pa.table({"text": array(texts, kind), "about": pa.array(titles)})
    for more in (None, "cut"):
        clean = clean_table(rows, title="about", edits=more, config="body")
        assert clean["text"].to_pylist() == wanted
        assert clean.schema.field("text").type == kind
    step = pickle.loads(pickle.dumps(CleanBatch(title="about", config="body")))
    assert step(rows)["text"].to_pylist() == wanted
    assert clean_array(rows["text"], "body", titles=rows["about"]).to_pylist() == wanted
    with pytest.raises(ValueError, match="3 texts but 2 titles"):
        clean_array(rows["text"], titles=rows["about"][:2])
