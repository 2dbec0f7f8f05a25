"""The page of a study can be read without scripts, by everybody, and shows nothing that could act."""

import re
from pathlib import Path

from lib.studies.example_study import STUDY, unasked, written
from talanoa.lib.studies.figures import Bar, bars
from talanoa.lib.studies.running import run

HOSTILE = '<script>alert(1)</script>"&'


def test_each_figure_stands_beside_its_table(tmp_path: Path) -> None:
    run(written(tmp_path / "source"), tmp_path / "study", unasked)
    page = (tmp_path / "study" / "index.html").read_text()
    assert page.count("<table>") == 3
    assert page.count("<svg") == 2  # what becomes of inputs has no single share
    assert page.count('role="img"') == page.count("<title>") - 1
    assert "src=" not in page
    assert "href=" not in page


def test_the_page_of_all_measures_is_small(tmp_path: Path) -> None:
    text = "\n".join(line for line in STUDY.splitlines() if not line.startswith("measures"))
    run(written(tmp_path / "source", text), tmp_path / "study", unasked)
    assert (tmp_path / "study" / "index.html").stat().st_size < 100_000


def test_what_its_author_writes_is_words_and_no_markup(tmp_path: Path) -> None:
    text = STUDY.replace('"Is the floor used equally?"', f"'{HOSTILE}'").replace("A program", HOSTILE)
    run(written(tmp_path / "source", text), tmp_path / "study", unasked)
    page = (tmp_path / "study" / "index.html").read_text()
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_a_bar_is_as_long_as_its_share_and_is_told_in_words() -> None:
    drawn = bars("Shares <", [Bar("half & half", 0.5, 0.4, 0.6), Bar("x" * 90, 1.0, 0.9, 1.0)])
    widths = [float(one) for one in re.findall(r'<rect[^>]*width="([0-9.]+)"', drawn)]
    assert widths == [108.0, 216.0]
    assert "half &amp; half 50%" in drawn
    assert "Shares &lt;" in drawn
    assert bars("Nothing", []) == ""
