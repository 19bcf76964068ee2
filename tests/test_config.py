"""Config: checks, copies, digests; the user's own rules."""

import gc
import os
import pickle
import re
import subprocess
import sys
import weakref
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from cleaner import (
    LABELS,
    PRESETS,
    Cleaner,
    CleanerError,
    Config,
    InvalidRuleError,
    RuleTimeoutError,
    SiteMemory,
    UnknownNameError,
    clean,
    explain,
    model,
)
from cleaner.core import cleaner_of
from cleaner.detectors import DETECTORS, NEEDS, PHRASE, SIGNS
from cleaner.detectors.own import compiled_rules
from cleaner.languages import ANY, LANGUAGES
from cleaner.model import dumps, shipped
from cleaner.patterns.gate import gate

KEPT_CONFIGURATIONS = 32
TEXT = "He left.\n\nRead More: Two\n\nMy own footer 12\n\nShe stayed.\n"


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Config("defualt"), "no preset 'defualt'; did you mean 'default'?"),
        (lambda: Config(remove=frozenset({"promo"})), "no label 'promo'"),
        (lambda: Config(languages=frozenset({"xx"})), "no language 'xx'; known"),
        (lambda: Config(languages={"EN"}), "no language 'EN'; did you mean 'en'?"),
        (lambda: Config(languages={"pt-BR"}), "'pt-BR'; did you mean 'pt'?"),
        (lambda: Config(languages={"en_US"}), "'en_US'; did you mean 'en'?"),
        (lambda: Config(remove={"Related_Lynk"}), "did you mean 'related_link'?"),
        (lambda: Config(repair=frozenset({"spelling"})), "no repair 'spelling'"),
    ],
)
def test_unknown_names_say_what_is_known(make: object, message: str) -> None:
    assert callable(make)
    with pytest.raises(UnknownNameError) as caught:
        make()
    assert message in str(caught.value)
    assert isinstance(caught.value, LookupError)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Config(["default"]), "a preset is a str, not list"),  # type: ignore[arg-type]
        (lambda: Config(model=""), "model takes a file's path, not an empty one"),
    ],
)
def test_what_is_no_name_is_refused(make: Callable[[], Config], message: str) -> None:
    with pytest.raises((TypeError, ValueError), match=message):
        make()


@pytest.mark.parametrize("field", ["remove", "repair", "languages", "deny", "allow"])
def test_a_string_is_not_taken_for_its_letters(field: str) -> None:
    for make in (Config, Config().with_):
        with pytest.raises(TypeError, match=f"{field} takes several strings"):
            make(**{field: "bio"})  # type: ignore[arg-type]


def test_a_configuration_is_frozen_whatever_it_is_made_of() -> None:
    names = {"promotion", "bio"}
    config = Config(remove=names, deny=[r"My own footer \d+"])
    names.clear()
    assert config == Config().with_(remove={"bio", "promotion"}, deny=config.deny)
    assert hash(config) == hash(pickle.loads(pickle.dumps(config)))


def test_every_way_to_a_changed_copy_is_checked() -> None:
    for changed in ({"preset": ""}, {"languages": {"xx"}}):
        for change in (Config().with_, Config()._replace):
            with pytest.raises(UnknownNameError):
                change(**changed)


def test_none_takes_back_what_was_set() -> None:
    memory = SiteMemory().freeze()
    set_ = Config("body", ["bio"], (), ["en"], ["x"], ["y"], "mine.json", memory)
    assert set_.with_() == set_
    again = set_.with_(remove=None, languages=None, model=None, memory=None)
    assert again == Config("body", repair=(), deny=["x"], allow=["y"])
    for make in (Config, set_.with_):
        with pytest.raises(TypeError, match="a preset is a str, not NoneType"):
            make(preset=None)  # type: ignore[arg-type]
        with pytest.raises(TypeError, match="deny takes several strings, not None"):
            make(deny=None)  # type: ignore[arg-type]


def test_only_the_labels_asked_for_go() -> None:
    config = Config().with_(remove={"promotion"})
    assert explain(TEXT, config).edits == ()


def test_own_rules_remove_whole_lines() -> None:
    config = Config().with_(deny=[r"My own footer \d+"])
    assert clean(TEXT, config) == "He left.\n\nShe stayed.\n"


def test_own_rules_hold_where_few_labels_are_removed() -> None:
    config = Config().with_(deny=[r"My own footer \d+"], remove=())
    assert clean(TEXT, config) == "He left.\n\nRead More: Two\n\nShe stayed.\n"


def test_own_rules_reach_into_fenced_code() -> None:
    text = "He left.\n\n```\nAdvertisement\nMy own footer 3\n```\n\nShe stayed."
    config = Config().with_(deny=[r"My own footer \d+"])
    assert clean(text, config) == text.replace("My own footer 3\n", "")


def test_allow_wins() -> None:
    config = Config().with_(deny=["Read More.*"], allow=["Read More: Two"])
    assert clean(TEXT, config) is TEXT


def test_a_faulty_rule_is_named_when_the_config_is_made() -> None:
    with pytest.raises(InvalidRuleError, match=r"'\(a'"):
        Config(deny=("(a",))
    with pytest.raises(InvalidRuleError, match="empty"):
        Config(allow=("a*",))


def test_a_rule_that_runs_away_is_stopped_and_named() -> None:
    config = Config(deny=(r"(?:a|aa)+(?:a|aa)+(?:a|aa)+b",))
    with pytest.raises(RuleTimeoutError, match="a\\|aa"):
        clean("a" * 5000, config)


def test_pickling_keeps_the_meaning() -> None:
    config = Config("body").with_(deny=["x+"])
    again = pickle.loads(pickle.dumps(config))
    assert again == config
    assert again.digest == config.digest
    assert hash(again) == hash(config)
    assert pickle.loads(pickle.dumps(Cleaner(config))).config == config


def test_digest_tells_configs_apart_and_is_stable_between_runs() -> None:
    digests = {Config(preset).digest for preset in ("strict", "default", "body")}
    assert len(digests | {Config(deny=("x",)).digest}) == 4
    code = "import cleaner; print(cleaner.Config('body').digest)"
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        done = subprocess.run(
            [sys.executable, "-c", code],
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stdout.strip() == Config("body").digest


def test_digest_tells_what_is_in_a_file_of_weights_not_where_it_lies(
    tmp_path: Path,
) -> None:
    paths = [tmp_path / name for name in ("one.json", "two.json", "three.json")]
    for path, about in zip(paths, ("a", "a", "b"), strict=True):
        path.write_bytes(model.dumps(model.shipped()._replace(about=about)))
    one, two, three = (Config(model=str(path)).digest for path in paths)
    assert one == two != three != Config().digest


def test_weights_that_are_written_anew_are_read_anew(tmp_path: Path) -> None:
    path = tmp_path / "weights.json"
    config = Config(model=str(path))
    with pytest.raises(FileNotFoundError):
        cleaner_of(config)
    path.write_bytes(model.dumps(model.shipped()))
    first = cleaner_of(config)
    assert cleaner_of(config) is first
    path.write_bytes(model.dumps(model.shipped()._replace(about="another")))
    assert cleaner_of(config) is not first


def test_every_need_of_a_detector_is_one_that_is_looked_for() -> None:
    needs = {row.need for row in DETECTORS.values()}
    assert needs == {"", PHRASE, *SIGNS, *NEEDS}


@pytest.mark.parametrize(
    "wrong", [None, ["strict"], {"preset": "strict"}, tuple(Config("body"))]
)
def test_what_is_no_configuration_is_told_at_once(wrong: Any) -> None:  # noqa: ANN401
    clean("He left.", Config("body"))
    for make in (Cleaner, lambda config: clean("He left.", config)):
        with pytest.raises(TypeError, match="a preset's name or a Config is wanted"):
            make(wrong)


@pytest.mark.parametrize(
    ("field", "wrong", "message"),
    [
        ("deny", [5], "deny takes patterns as str, not int"),
        ("allow", [re.compile("x")], "allow takes patterns as str, not Pattern"),
        ("model", b"x", "model takes a path as str, not bytes"),
    ],
)
def test_fields_of_a_wrong_kind_are_named(
    field: str, wrong: object, message: str
) -> None:
    with pytest.raises(TypeError, match=message):
        Config(**{field: wrong})  # type: ignore[arg-type]


def test_fields_of_a_wrong_kind_are_told_at_once() -> None:
    with pytest.raises(TypeError, match=r"what SiteMemory.freeze\(\) gives"):
        Config(memory=SiteMemory(2))  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="texts takes several strings"):
        Cleaner().clean_many("He left.")
    with pytest.raises(TypeError, match="texts takes several strings, not dict"):
        Cleaner().clean_many({"He left.": 1})
    with pytest.raises(CleanerError, match="encoding, fused: not removed but repaired"):
        Config(remove={*LABELS})


@pytest.mark.parametrize("preset", ["strict", "default", "page"])
def test_a_label_that_the_preset_never_removes_is_told(preset: str) -> None:
    never = f"preset '{preset}' never removes byline, headline: try 'body'"
    labels = ["headline", "promotion", "byline"]
    with pytest.raises(CleanerError, match=never):
        Config(preset, labels)
    with pytest.raises(CleanerError, match=never):
        Config("body", labels).with_(preset=preset)


def test_a_path_to_a_model_is_its_name(tmp_path: Path) -> None:
    assert Config(model=tmp_path / "a") == Config(model=str(tmp_path / "a"))


def test_no_language_leaves_the_phrases_of_all() -> None:
    text = "He left.\n\nRead More: Two\n\nShe stayed."
    assert clean(text, Config(languages=())) == text
    assert clean(text) != text


def test_a_cleaner_keeps_its_configuration() -> None:
    with pytest.raises(AttributeError):
        Cleaner().config = Config("body")  # type: ignore[misc]


def test_a_cleaner_takes_no_attributes() -> None:
    cleaner: Any = Cleaner()
    for name in ("x", "config", "clean"):
        with pytest.raises(AttributeError):
            setattr(cleaner, name, "strict")
    assert pickle.loads(pickle.dumps(cleaner)).config == cleaner.config


def test_a_cleaner_tells_what_it_is() -> None:
    memory = SiteMemory(2).freeze()
    told = repr(Cleaner(Config("body", memory=memory)))
    assert told.startswith("Cleaner(Config(preset='body'")
    assert f"FrozenSiteMemory(digest={memory.digest[:12]}" in told


@pytest.mark.parametrize("name", ["titles", "urls", "langs"])
def test_hints_are_not_taken_for_their_letters(name: str) -> None:
    with pytest.raises(TypeError, match=f"{name} takes several strings"):
        Cleaner().clean_many(["One.", "Two."], **{name: "en"})


@pytest.mark.parametrize("name", ["texts", "titles", "urls", "langs"])
@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (float("nan"), "cleaner takes str, not float"),
        (b"x", "cleaner takes str; decode"),
    ],
)
def test_the_place_of_what_is_no_text_is_named(
    name: str, wrong: object, message: str
) -> None:
    given: dict[str, Any] = {"texts": ["One.", "Two."], name: [None, wrong]}
    place = rf"{name}\[1\]: {message}"
    with pytest.raises(TypeError, match=place):
        Cleaner().clean_many(**given)


@pytest.mark.parametrize("name", ["title", "url", "lang"])
def test_a_hint_that_is_no_string_is_refused(name: str) -> None:
    wrong: dict[str, Any] = {name: 5}
    with pytest.raises(TypeError, match=f"{name} takes str or None, not int"):
        Cleaner().explain("One.", **wrong)


@pytest.mark.parametrize("preset", PRESETS)
def test_own_rules_wait_for_no_less_sure_detector(preset: str) -> None:
    """Of a credit `strict` is not sure enough; the user is."""
    story = (
        "The council met on Monday, and closed the old bridge to cars for good. " * 3
    )
    text = f"{story}\n\nPhoto: Getty Images\n\n{story[::-1]}"
    assert "Getty" not in clean(text, Config(preset, deny=["Photo: Getty Images"]))


def test_configurations_that_are_gone_leave_no_gates_and_rules() -> None:
    gate.cache_clear()  # of what other tests hold
    made = [
        Cleaner(Config(languages=frozenset({"en", code}), deny=(f"In {code}",)))
        for code in sorted(LANGUAGES.keys() - {ANY})
        for _ in range(2)
    ]
    gates = [weakref.ref(cleaner._tools.gate) for cleaner in made]
    for kept in (gate, compiled_rules):
        assert kept.cache_info().currsize <= KEPT_CONFIGURATIONS
        kept.cache_clear()
    del made
    gc.collect()
    assert not any(one() for one in gates)


def test_the_digest_of_page_knows_its_weights(monkeypatch: pytest.MonkeyPatch) -> None:
    was = {preset: Config(preset).digest for preset in ("page", "default")}
    other = SimpleNamespace(digest="others")
    monkeypatch.setattr("cleaner.config.page_model", lambda: other)
    assert Config("page").digest != was["page"]
    assert Config("default").digest == was["default"]


def test_a_model_stays_where_it_was_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "mine.json").write_bytes(dumps(shipped()))
    monkeypatch.chdir(tmp_path)
    config = Config(model="mine.json")
    monkeypatch.chdir(tmp_path.parent)
    assert Cleaner(config).clean("He left.\n\nAdvertisement") == "He left."
