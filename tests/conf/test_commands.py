"""`talanoa init` and `talanoa tick`, and the console command itself as a program of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from command_line import CREATE, talanoa, told
from conf.conftest import environment
from mail.example_mails import Postbox, mail
from talanoa.people.models import Person
from talanoa.record.models import Entry, Log

OPENED = "2026-03-02T09:00Z"


def program(home: Path, *words: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run `talanoa` as people do, with a home of its own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TALANOA_")}
    variables = {**kept, "TALANOA_HOME": str(home), "DATABASE_URL": "", **environ}
    command = [sys.executable, "-m", "talanoa", *words]
    return subprocess.run(command, env=variables, capture_output=True, text=True, check=False, timeout=120)


def test_init_makes_log_key_and_operator(db: None) -> None:
    answer = told("init")
    assert answer["operator"] == "operator@talanoa.example"
    assert answer["key"] == Log.objects.get().vkey
    assert Person.objects.get().may_convene


def test_init_again_changes_nothing(db: None) -> None:
    assert told("init") == told("init")
    assert (Log.objects.count(), Entry.objects.count(), Person.objects.count()) == (1, 5, 1)


def test_init_tells_people_where_they_are(db: None) -> None:
    ended = talanoa("init")
    assert ended.out.startswith("Ready in ")
    assert Log.objects.get().vkey in ended.out


def test_a_command_loads_no_heavy_library_that_it_does_not_use(home: Path) -> None:
    """Some take longer to load than most commands take in all."""
    words = (
        "import sys; from talanoa.conf.cli import main; sys.argv = ['talanoa', 'mail', 'send']\ntry: main()\n"
    )
    asked = {"scipy", "duckdb", "weasyprint", "docx", "dns", "talanoa.mail.sending"}
    words += f"finally: print(sorted({asked} & sys.modules.keys()))"
    ran = subprocess.run(
        [sys.executable, "-c", words], env=environment(home), capture_output=True, text=True, check=True
    )
    assert ran.stdout.splitlines()[-1] == "['talanoa.mail.sending']"


def test_tick_counts_what_it_did(
    db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: object
) -> None:
    settings.TALANOA_DEMONSTRATION = True  # type: ignore[attr-defined]
    Postbox(tmp_path, monkeypatch)
    told("init")
    told(*CREATE, "--key", "nm", "--title", "Training", "--open", "--at", OPENED)
    assert told("tick", "--at", "2026-03-03T00:00Z") == {"stages": 0, "final": 0, "mails": 0}
    assert told("tick", "--at", "2026-05-01T00:00Z")["stages"] == 1
    assert talanoa("tick", "--at", "2026-05-01T00:00Z").out.startswith("0 stages changed")


def test_on_a_real_installation_no_tick_is_dated(db: None) -> None:
    ended = talanoa("tick", "--at", OPENED)
    assert (ended.code, ended.out) == (2, "")
    assert "the clock decides" in ended.err


def test_no_demonstration_is_loaded_into_a_real_installation(db: None) -> None:
    ended = talanoa("demo")
    assert (ended.code, ended.out, Log.objects.count()) == (2, "", 0)
    assert "TALANOA_DEMONSTRATION=no" in ended.err


def test_the_program_itself_from_nothing_to_a_receipt(tmp_path: Path) -> None:
    assert program(tmp_path, "init", TALANOA_DEMONSTRATION="yes").returncode == 0
    made = program(
        tmp_path,
        *CREATE,
        "--key",
        "nm",
        "--title",
        "Training",
        "--open",
        "--json",
        TALANOA_DEMONSTRATION="yes",
    )
    assert (made.returncode, json.loads(made.stdout)["state"], made.stderr) == (0, "open", "")
    (tmp_path / "1.eml").write_bytes(mail())
    got = program(tmp_path, "mail", "receive", str(tmp_path / "1.eml"), "--json")
    assert (got.returncode, json.loads(got.stdout)["number"], got.stderr) == (0, 1, "")
    dated = program(tmp_path, "process", "show", "nm", "--at", OPENED)
    assert (dated.returncode, dated.stdout) == (2, "")
    assert "the clock decides" in dated.stderr


@pytest.mark.parametrize(
    ("words", "environ", "code", "message"),
    [
        (("process", "sing"), {}, 2, "invalid choice: 'sing'"),
        (("process", "show", "nm"), {}, 3, "talanoa init"),
        (("tick",), {"TALANOA_DEMONSTRATION": "perhaps"}, 2, "TALANOA_DEMONSTRATION: write yes or no"),
    ],
)
def test_the_program_says_what_to_do(
    tmp_path: Path, words: tuple[str, ...], environ: dict[str, str], code: int, message: str
) -> None:
    ended = program(tmp_path, *words, **environ)
    assert (ended.returncode, ended.stdout) == (code, "")
    assert message in ended.stderr
    assert "Traceback" not in ended.stderr
