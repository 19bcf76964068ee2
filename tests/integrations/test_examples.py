from importlib.util import find_spec
from pathlib import Path

import pytest
from pipeline import ROOT, run

# What an example needs and prints; the others run in their framework's own tests.
PRINTS = {
    "arrow_table": ("pyarrow", "['He left.', None]\nadvertisement 1\n"),
    "duckdb_sql": ("duckdb", "[('He left.',), (None,)]\n"),
    "haystack_pipeline": ("haystack", "'He left.' {'cut': [{'start': 8, 'end': 23,"),
    "huggingface_datasets": ("datasets", "['He left.', None] ['text', 'cut']\n"),
    "langchain_documents": ("langchain_core", "'He left.' advertisement\n"),
    "llama_index_pipeline": ("llama_index", "'He left.' advertisement\n"),
    "pandas_column": ("pandas", "0  He left.\n1      <NA>\n"),
    "polars_column": ("polars", "│ He left. │\n│ null     │\n"),
}
ELSEWHERE = {
    *("datatrove_pipeline", "dolma_attributes", "ray_data", "scrapy_items"),
    "spark_frame",
    "site_memory",
}


def test_every_example_is_run() -> None:
    found = {path.stem for path in (ROOT / "examples").glob("*.py")}
    assert found == PRINTS.keys() | ELSEWHERE


@pytest.mark.parametrize("name", sorted(PRINTS))
def test_an_example_prints_what_it_should(name: str, tmp_path: Path) -> None:
    package, wanted = PRINTS[name]
    if find_spec(package) is None:
        pytest.skip(f"needs {package}")
    assert wanted in run(ROOT / "examples" / f"{name}.py", cwd=tmp_path)
