"""What the pages tell people to type is typed here, and answers as they say."""

import os
import re
import subprocess
from importlib import import_module
from pathlib import Path

import pytest

from architecture.source import PACKAGE, ROOT
from docs.pages import SHELLS, Page, all_pages
from docs.shell import Step, fits, run, steps

SHARED = ROOT.parent / "shared" / "data" / "netmundial-2014"
GIVEN = {"NETMUNDIAL": str(SHARED)} if SHARED.is_dir() else {}
TARGET = re.compile(r"(?m)^([a-z]+):")
MADE = re.compile(r"(?m)^(?:\$ )?(?:\w+=\S+ )*make ([a-z]+)")
TYPED = re.compile(r"(?m)(?:^|[/$ |(])talanoa ([a-z]+)(?: ([a-z][a-z-]*[a-z]))?")

BY_NIGHT = {
    "docs/convenor.md",
    "docs/netmundial.md",
    "docs/operator.md",
    "docs/record.md",
    "docs/researcher.md",
}
"""Their commands stand in tests/journeys/test_cli_journey.py and in the tests of the commands too."""
with_commands = [
    pytest.param(page, id=page.name, marks=pytest.mark.nightly if page.name in BY_NIGHT else ())
    for page in all_pages()
    if any(block.is_run for block in page.blocks)
    and (page.name not in BY_NIGHT or os.environ.get("TALANOA_NIGHTLY"))
]
every_page = pytest.mark.parametrize("page", all_pages(), ids=lambda page: page.name)


@pytest.mark.shared_data
@pytest.mark.parametrize("page", with_commands)
def test_every_command_of_a_page_does_what_the_page_says(page: Page, tmp_path: Path) -> None:
    lacking = {block.said("needs") for block in page.blocks} - {"", *GIVEN}
    if lacking:
        pytest.skip(f"needs {', '.join(sorted(lacking))}: ../shared/data/netmundial-2014 is not here")
    assert [said.wrong for said in run(page, tmp_path, **GIVEN) if said.wrong] == []


@every_page
def test_a_block_that_is_not_run_says_why(page: Page) -> None:
    noted = [block for block in page.blocks if block.language in SHELLS and block.note]
    unsaid = [block.line for block in noted if not (block.said("skip") or block.said("needs"))]
    assert unsaid == []


@every_page
def test_a_block_that_is_not_run_is_still_a_script(page: Page) -> None:
    skipped = [block for block in page.blocks if block.language == "sh" and not block.is_run]
    read = [subprocess.run(["bash", "-n", "-c", block.text], check=False).returncode for block in skipped]
    assert read == [0] * len(skipped)


@every_page
def test_what_a_page_makes_is_a_target(page: Page) -> None:
    targets = set(TARGET.findall((ROOT / "Makefile").read_text(encoding="utf-8")))
    assert set(MADE.findall(page.commands)) <= targets


@every_page
def test_a_command_that_a_page_names_is_one_of_ours(page: Page) -> None:
    ours = verbs()
    named = TYPED.findall(page.commands)
    unknown = [(name, verb) for name, verb in named if name not in ours]
    unknown += [(name, verb) for name, verb in named if verb and ours.get(name) and verb not in ours[name]]
    assert unknown == []


def verbs() -> dict[str, tuple[str, ...]]:
    """Every command of this project with its verbs, where it has any."""
    files = PACKAGE.glob("*/management/commands/[a-z]*.py")
    modules = [(path.stem, f"talanoa.{path.parts[-4]}.management.commands.{path.stem}") for path in files]
    made = {name: getattr(import_module(module).Command, "verbs", ()) for name, module in modules}
    return {"help": ()} | {name: () if verbs == (name,) else verbs for name, verbs in made.items()}


def page_of(text: str) -> Page:
    return Page("page.md", text)


def test_the_check_sees_a_wrong_answer_and_a_wrong_exit_code(tmp_path: Path) -> None:
    page = page_of("```console\n$ echo one\ntwo\n$ echo three\nth...\n$ false\n```\n")
    assert [said.wrong.split(":")[0] for said in run(page, tmp_path)] == ["line 2", "", "line 6"]


def test_the_check_sees_where_a_script_stops(tmp_path: Path) -> None:
    page = page_of("```sh\nfalse\necho never\n```\n\n```sh\necho later\n```\n")
    assert all(said.wrong for said in run(page, tmp_path))


def test_a_refusal_may_end_with_its_code(tmp_path: Path) -> None:
    page = page_of("```console\n$ echo 'Not yet. [too_early]'; (exit 3)\nNot yet. [too_early]\n```\n")
    assert [said.wrong for said in run(page, tmp_path)] == [""]


def test_a_block_may_be_a_file_and_one_may_be_left_out(tmp_path: Path) -> None:
    page = page_of(
        "```yaml file: a.yaml\na: 1\n```\n\n```sh skip: not here\nfalse\n```\n\n```sh\ngrep 1 a.yaml\n```\n"
    )
    assert [(said.code, said.wrong) for said in run(page, tmp_path)] == [(0, ""), (0, "")]


def test_a_command_of_several_lines_is_one_step() -> None:
    block = page_of("```console\n$ echo a \\\n>   b\na b\n```\n").blocks[0]
    assert steps(block) == [Step(2, "echo a \\\n  b", "a b\n")]


def test_three_dots_stand_for_anything() -> None:
    assert fits("a ... d\n...\ne", "a b c d\nx\ny\ne\n")
    assert not fits("a ... d", "a b c")
