"""The shape of our commands: one object with `--json`, refusals with a code and an exit code."""

# ruff: noqa: ARG002 - every act has the same signature

import json
from argparse import ArgumentTypeError
from datetime import UTC, datetime
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError, CommandParser

from talanoa.kernel.commands import NOT_ALLOWED, RULE, UNREADABLE, Told, Verb, instant, read_bytes
from talanoa.kernel.errors import NotAllowed, RuleBroken


class Greeting(Verb):
    """A command with one verb for each way to end."""

    verbs = ("greet", "break", "forbid", "read")

    def describe(self, verb: str, parser: CommandParser) -> None:
        if verb == "greet":
            parser.add_argument("name")

    def act_greet(self, options: dict[str, Any]) -> Told:
        """Greet somebody."""
        return Told({"name": options["name"], "at": options["at"]}, (f"Mālō e lelei, {options['name']}.",))

    def act_break(self, options: dict[str, Any]) -> Told:
        """Break a rule."""
        raise RuleBroken("The call is closed.", code="call_closed", subjects=["nm-7"])

    def act_forbid(self, options: dict[str, Any]) -> Told:
        """Do what only others may."""
        raise NotAllowed("This step belongs to the chair.")

    def act_read(self, options: dict[str, Any]) -> Told:
        """Read a file that is not there."""
        return Told({"size": len(read_bytes("/nowhere/at/all", None))})


class Silent(Verb):
    """A command whose verbs take nothing of their own."""

    verbs = ("wait",)

    def act_wait(self, options: dict[str, Any]) -> Told:
        """Wait."""
        return Told({})


def run(*words: str) -> tuple[str, str, int]:
    """Return what it wrote, what it wrote beside it, and its exit code."""
    out, err = StringIO(), StringIO()
    try:
        call_command(Greeting(), *words, stdout=out, stderr=err)
    except SystemExit as ended:
        return out.getvalue(), err.getvalue(), int(str(ended.code))
    return out.getvalue(), err.getvalue(), 0


def test_people_get_lines() -> None:
    assert run("greet", "Sione") == ("Mālō e lelei, Sione.\n", "", 0)


def test_programs_get_one_object() -> None:
    out, err, code = run("greet", "Sione", "--json")
    told = json.loads(out)
    assert (told["name"], err, code) == ("Sione", "", 0)


def test_without_a_stated_time_the_clock_decides() -> None:
    before = datetime.now(UTC)
    told = json.loads(run("greet", "Sione", "--json")[0])
    assert before <= datetime.fromisoformat(told["at"]) <= datetime.now(UTC)


def test_a_broken_rule_ends_with_3_and_names_its_code_beside_the_output() -> None:
    assert run("break") == ("", "The call is closed. [call_closed]\n", RULE)


def test_with_json_the_refusal_is_the_object() -> None:
    out, err, code = run("break", "--json")
    assert (json.loads(out), err, code) == (
        {"code": "call_closed", "message": "The call is closed.", "subjects": ["nm-7"]},
        "",
        RULE,
    )


def test_whoever_lacks_the_role_gets_4() -> None:
    assert run("forbid") == ("", "This step belongs to the chair. [not_allowed]\n", NOT_ALLOWED)


def test_a_file_that_cannot_be_read_ends_with_5() -> None:
    out, _err, code = run("read", "--json")
    assert (json.loads(out)["code"], code) == ("file_unreadable", UNREADABLE)


def test_on_a_real_installation_nobody_states_the_time() -> None:
    with pytest.raises(CommandError, match="the clock decides") as refused:
        run("greet", "Sione", "--at", "2026-03-02T09:00Z")
    assert refused.value.returncode == 2


def test_in_a_demonstration_the_time_may_be_stated(settings: Any) -> None:
    settings.TALANOA_DEMONSTRATION = True
    out, _err, _code = run("greet", "Sione", "--json", "--at", "2026-03-02T09:00Z")
    assert json.loads(out)["at"] == "2026-03-02 09:00:00+00:00"


def test_a_verb_that_does_not_exist_is_wrong_usage() -> None:
    with pytest.raises(CommandError, match="invalid choice"):
        run("sing")


def test_a_command_without_arguments_of_its_own_still_has_the_common_ones() -> None:
    out = StringIO()
    call_command(Silent(), "wait", "--json", stdout=out)
    assert json.loads(out.getvalue()) == {}


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2017-07-19T00:00Z", datetime(2017, 7, 19, tzinfo=UTC)),
        ("2017-07-19T13:00+13:00", datetime(2017, 7, 19, tzinfo=UTC)),
        ("2017-07-19", datetime(2017, 7, 19, tzinfo=UTC)),
    ],
)
def test_a_time_is_read_as_utc_where_no_zone_is_named(written: str, meant: datetime) -> None:
    assert instant(written) == meant


def test_a_time_that_is_none_is_refused_with_an_example() -> None:
    with pytest.raises(ArgumentTypeError, match="2017-07-19T00:00Z"):
        instant("next Tuesday")


def test_bytes_come_from_a_file_or_from_standard_input(tmp_path: Path) -> None:
    (tmp_path / "mail.eml").write_bytes(b"from a file")
    stdin = TextIOWrapper(BytesIO(b"from a pipe"))
    assert [read_bytes(name, stdin) for name in (str(tmp_path / "mail.eml"), "-")] == [
        b"from a file",
        b"from a pipe",
    ]
