"""What the pages point to is there: links, headings, files, tests; and nothing of this machine is in them."""

import ast
import re
import tempfile
from pathlib import Path

import pytest

from architecture.source import ROOT, functions, syntax
from docs.pages import Page, all_pages, read

PLACE = re.compile(r"(?:src|tests|docs|content|benchmarks)/[\w./*-]*(?:::\w+)?")
# Of this machine: the checkout and what stands beside it, the home of whoever runs the test, its scratch space.
HERE = (f"{ROOT.parent}/", f"{Path.home()}/", f"{tempfile.gettempdir()}/", "../shared")
REGISTRIES = re.compile(
    r"pypi\.org|pythonhosted|npmjs|registry\.\w+\.(?:org|com|net|io)|--index-url|find-links", re.IGNORECASE
)
SCREENSHOT = ROOT / "docs" / "screenshot.png"
PNG = b"\x89PNG\r\n\x1a\n"

every_page = pytest.mark.parametrize("page", all_pages(), ids=lambda page: page.name)


def leads_nowhere(page: Page, link: str) -> bool:
    """Tell whether a link within this checkout has no end; addresses elsewhere are not asked."""
    if link.startswith(("https://", "http://", "mailto:")):
        return False
    path, _hash, anchor = link.partition("#")
    target = (ROOT / page.name).parent / path if path else ROOT / page.name
    if not target.exists() or ROOT not in target.resolve().parents:
        return True
    return bool(anchor) and anchor not in (read(target.resolve()) if path else page).anchors


def lacks(place: str) -> bool:
    """Tell whether `tests/x/test_y.py::test_z`, a file, a folder or a pattern of files is not there."""
    path, _colons, name = place.partition("::")
    found = list(ROOT.glob(path.rstrip("/")))
    if not name:
        return not found
    return not any(name in {function.name for function in functions(syntax(file))} for file in found)


@every_page
def test_every_link_leads_somewhere(page: Page) -> None:
    assert [link for link in page.links if leads_nowhere(page, link)] == []


@every_page
def test_every_file_and_test_that_a_page_names_is_there(page: Page) -> None:
    named = [span for span in page.spans if PLACE.fullmatch(span)]
    assert [place for place in named if lacks(place)] == []


@every_page
def test_a_page_names_no_place_of_this_machine_and_no_registry(page: Page) -> None:
    assert [place for place in HERE if place in page.text] == []
    assert REGISTRIES.findall(page.text) == []


@every_page
def test_a_page_has_one_title_and_it_comes_first(page: Page) -> None:
    assert page.text.startswith("# ")
    assert len(re.findall(r"(?m)^# ", page.prose)) == 1


def test_every_page_of_the_documentation_can_be_reached_from_the_readme() -> None:
    reached, ahead = set(), ["README.md"]
    while ahead:
        name = ahead.pop()
        if name in reached or not (ROOT / name).is_file():
            continue
        reached.add(name)
        page = read(ROOT / name)
        targets = [(ROOT / name).parent / link.partition("#")[0] for link in page.links if "://" not in link]
        ahead += [t.resolve().relative_to(ROOT).as_posix() for t in targets if t.suffix == ".md"]
    assert {page.name for page in all_pages() if not page.name.startswith("content/")} <= reached


def test_every_promise_has_a_rule_in_the_code_and_a_test() -> None:
    _before, _heading, told = read(ROOT / "README.md").text.partition("\n## Four promises")
    rows = [line for line in told.partition("\n## ")[0].splitlines() if line.startswith("| **")]
    assert len(rows) == 4
    assert [row for row in rows if row.count("src/talanoa/") < 1 or row.count("::test_") < 1] == []


def test_every_runtime_dependency_is_explained() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    listed = ast.literal_eval(re.search(r"(?m)^dependencies = (\[.*?^\])", text, re.DOTALL)[1])  # type: ignore[index]
    told = read(ROOT / "docs" / "dependencies.md").text
    names = [re.split(r"[<>=\[]", line)[0] for line in listed]
    assert [name for name in names if f"| {name} " not in told] == []


def test_the_screenshot_is_a_picture_of_a_size_that_travels() -> None:
    data = SCREENSHOT.read_bytes()
    assert data.startswith(PNG)
    assert int.from_bytes(data[16:20]) == 1280
    assert len(data) <= 300_000


def test_the_license_is_whole() -> None:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert text.lstrip().startswith(
        "GNU AFFERO GENERAL PUBLIC LICENSE\n                       Version 3, 19 November 2007"
    )
    sections = re.findall(r"(?m)^  (\d+)\. [A-Z]", text)
    assert [int(number) for number in sections] == list(range(18))
    assert text.rstrip().endswith("<https://www.gnu.org/licenses/>.")


def test_the_checks_see_what_they_are_for() -> None:
    page = Page(
        "README.md",
        "# A\n\n[gone](nowhere.md) [here](LICENSE) [top](#a) [no](#b) `tests/docs/test_claims.py::test_none`",
    )
    assert [link for link in page.links if leads_nowhere(page, link)] == ["nowhere.md", "#b"]
    assert lacks(page.spans[0])
    assert not lacks("tests/docs/test_claims.py::lacks")
