"""What training reads: records, pages and their sites."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("sklearn")
from traininglib import SETTINGS, record

from cleaner.training import lines, samples


@pytest.mark.parametrize("more", ["", ', "id": null'])
def test_a_record_without_an_id_goes_by_its_line(tmp_path: Path, more: str) -> None:
    path = tmp_path / "data.jsonl"
    path.write_text(2 * f'{{"text": "He left.", "labels": []{more}}}\n')
    first, second = samples.read([path])
    assert (first.name, second.name) == ("data.jsonl:1", "data.jsonl:2")
    assert first.site != second.site


def test_a_record_s_lines_and_targets() -> None:
    text = "Title\n\nGood words here. Share this\n  Follow us \nThe end."
    labels = [
        {"line": 0, "label": "headline", "start": 0, "end": 5},
        {
            "line": 2,
            "label": "interaction",
            "start": 24,
            "end": 34,
            "text": "Share this",
        },
        {"line": 3, "label": "promotion", "start": 37, "end": 46},
    ]
    sample = samples.labelled({"id": "a", "text": text, "labels": labels})
    assert list(sample.lines) == [
        "Title",
        "Good words here. Share this",
        "Follow us",
        "The end.",
    ]
    assert list(sample.targets) == [
        samples.FRAME_LINE,
        samples.MIXED_LINE,
        samples.NOISE_LINE,
        samples.CONTENT_LINE,
    ]
    assert sample.site == "document:a"


def test_addresses_in_numbers_are_sites_of_their_own() -> None:
    urls = "http://10.0.0.1/a", "http://192.168.0.1/b", "https://news.example.co.uk/c"
    sites = "10.0.0.1", "192.168.0.1", "example.co.uk"
    assert tuple(map(samples.rough_site_of, urls)) == sites


def test_documents_that_share_a_line_are_one_site() -> None:
    shared = "Follow us on every channel there is"
    found = samples.join_sites(
        [
            samples.labelled({"id": name, "text": f"{name}\n{line}", "labels": []})
            for name, line in (
                ("a", shared),
                ("b", "Something else entirely"),
                ("c", shared),
            )
        ]
    )
    assert found[0].site == found[2].site != found[1].site


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        (
            None,
            "the 40 without url count as one site where they share a line .* add url",
        ),
        ("https://a.com", "those of more sites are needed"),
    ],
)
def test_too_few_sites_are_told_with_the_reason(url: str | None, reason: str) -> None:
    shared = "\nFollow us on every channel there is"
    made = []
    for number in range(40):
        one = record(number)
        text = f"{one['text']}{shared}"
        made.append(samples.labelled({**one, "url": url, "text": text}))
    told = f"on 3 sites, of 1 in a fold's data: 40 documents of 1 sites; {reason}"
    with pytest.raises(samples.SampleError, match=told):
        lines.train(samples.join_sites(made), SETTINGS)


@pytest.mark.parametrize("noise", ["Advertisement", f"A line of {'noise, ' * 20}too."])
def test_where_no_line_is_in_doubt_sites_are_not_blamed(noise: str) -> None:
    story = "She saw the mayor, who had come by the ferry to speak of the new bridge."
    made = []
    for number in range(40):
        text = f"{number} {story * 2}\n{noise}\n{story[::-1] * 2}."
        start = text.index(noise)
        end = start + len(noise)
        label = {"line": 1, "label": "promotion", "start": start, "end": end}
        url = f"https://www.site{number % 12}.com/{number}"
        one = {"id": number, "url": url, "text": text, "labels": [label]}
        made.append(samples.labelled(one))
    with pytest.raises(samples.SampleError) as caught:
        lines.train(made, SETTINGS)
    told = "rules leave no line in doubt; label noise that they miss"
    assert str(caught.value) == f"{told}: 40 documents of 12 sites"


def test_where_no_noise_is_labelled_sites_are_not_blamed() -> None:
    made = [samples.labelled({**record(n), "labels": []}) for n in range(12)]
    with pytest.raises(samples.SampleError) as caught:
        lines.train(made, SETTINGS)
    told = "no line is labelled as noise"
    assert str(caught.value) == f"{told}: 12 documents of 12 sites"


def test_sites_are_joined_alike_in_every_process() -> None:
    # Folds go by the name of a site: it must not hang on the order of a set.
    code = """
from cleaner.training.samples import join_sites, labelled
lines = [f"a line that two share: {letter}" for letter in "abcdefgh"]
texts = [*lines, "\\n".join(lines)]
made = [labelled({"id": n, "text": t, "labels": []}) for n, t in enumerate(texts)]
print([sample.site for sample in join_sites(made)])
"""
    seeds = ("1", "2", "3")
    told = {
        subprocess.check_output(
            [sys.executable, "-c", code], env={**os.environ, "PYTHONHASHSEED": seed}
        )
        for seed in seeds
    }
    assert len(told) == 1


def test_pages_are_read_and_aligned(tmp_path: Path) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    story = "The council voted on Monday to keep the old bridge open to walkers and to "
    story += "close it to cars from May."
    rows = [
        {
            "url": "https://news.example.co.uk/1",
            "page_type": kind,
            "title": "A bridge",
            "main_content": story,
            "trafilatura": f"By the mayor\n{story}\nMenu and more",
        }
        for kind in ("article", "forum")
    ]
    path = tmp_path / "pages.parquet"
    parquet.write_table(pyarrow.Table.from_pylist(rows), path)
    (page,) = samples.read([path])
    assert (page.site, page.labelled) == ("example.co.uk", False)
    # Above the story it may be noise or its frame.
    assert page.targets == [
        samples.MIXED_LINE,
        samples.CONTENT_LINE,
        samples.NOISE_LINE,
    ]


LABELLED = """{
  "text": "He left.",
  "labels": [{"line": %s, "start": 0, "end": 8, "label": %s}]
}""".replace("\n", "")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("[1]", "a record is a JSON object"),
        ('{"text": "He left.", "labels": null}', "holds no list of JSON objects"),
        ('{"text": "He left.", "labels": [1]}', "holds no list of JSON objects"),
        (LABELLED % ("0.0", '"bio"'), r"labels\[0\]: 'line' is no whole number"),
        (LABELLED % ("true", '"bio"'), r"labels\[0\]: 'line' is no whole number"),
        (LABELLED % ("0", '["bio"]'), r"labels\[0\]: 'label' holds no text"),
        (
            LABELLED.replace("]", ', {"line": 0, "label": "bio"}]') % ("0", '"bio"'),
            r"labels\[1\]: 'start' is no whole number",
        ),
    ],
)
def test_a_record_of_a_wrong_kind_is_told(tmp_path: Path, line: str, told: str) -> None:
    path = tmp_path / "data.jsonl"
    path.write_text(line)
    with pytest.raises(samples.SampleError, match=f"data.jsonl:1: .*{told}"):
        samples.read([path])
