"""Every setting is documented, and the page of settings is what the table says."""

import re
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from architecture.source import ROOT, python_files, short
from talanoa.conf.env import TABLE, SettingWrong, load
from talanoa.conf.settings_page import PAGE, page

NAMES = {setting.name for setting in TABLE}
SPOKEN = re.compile(r"\bTALANOA_[A-Z_]+\b")
# Not settings of an installation: switches of the test runs.
OF_THE_TESTS = {"TALANOA_NIGHTLY"}
READERS = {"src/talanoa/conf/env.py", "src/talanoa/conf/cli.py", "src/talanoa/conf/wsgi.py"}


def test_the_page_of_settings_is_not_stale() -> None:
    assert (ROOT / PAGE).read_text(encoding="utf-8") == page(), "run: talanoa settings --write"


def test_every_setting_says_what_it_does_and_how_it_is_read() -> None:
    lines = [line for line in page().splitlines() if line.startswith("| `")]
    assert [line.split("`")[1] for line in lines] == [setting.name for setting in TABLE]
    assert all(setting.help.endswith(".") for setting in TABLE)


def test_every_default_can_be_read() -> None:
    assert load({}).keys() == NAMES


def test_a_value_that_cannot_be_read_is_named() -> None:
    with pytest.raises(SettingWrong, match="TALANOA_FAIL_AT: write one of: before-raw"):
        load({"TALANOA_FAIL_AT": "somewhere"})


def test_only_the_table_reads_the_environment() -> None:
    reading = [path for path in python_files("src") if "os.environ" in path.read_text(encoding="utf-8")]
    assert {short(path) for path in reading} <= READERS


def named_in(path: Path) -> set[str]:
    """The settings that a file speaks of; each may also be named with _FILE behind it."""
    return {name.removesuffix("_FILE") for name in SPOKEN.findall(path.read_text(encoding="utf-8"))}


def test_nobody_speaks_of_a_setting_that_is_not_there() -> None:
    pages = [ROOT / "Makefile", *ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *python_files("src")]
    spoken = {short(path): named_in(path) for path in pages}
    assert [path for path, names in spoken.items() if names - NAMES - OF_THE_TESTS] == []


def test_the_command_writes_the_page_into_a_checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(CommandError):
        call_command("settings", "--write")
    (tmp_path / "docs").mkdir()
    call_command("settings", "--write", verbosity=0)
    assert (tmp_path / PAGE).read_text(encoding="utf-8") == page()
