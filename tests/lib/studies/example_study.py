"""A study of a list that never was."""

from pathlib import Path

from benchmarks.made_tables import Made, make

from talanoa.lib.studies.study_files import Source

STUDY = """\
title = "Who speaks on a list that never was"
question = "Is the floor used equally?"
purpose = "To show how a study is made."
contact = "research@talanoa.example"
legal_basis = "Nobody's data: the tables were made by a program."
keep_until = 2027-12-31
measures = ["participation_by_group@1", "newcomers", "decisions_traced"]

[[input]]
name = "list"
tables = "made"
"""


def written(folder: Path, text: str = STUDY) -> Path:
    """Write the study and its tables into `folder`; return the path of study.toml."""
    (folder / "made").mkdir(parents=True)
    make(Made(messages=400, persons=60, inputs=40), folder / "made")
    source = folder / "study.toml"
    source.write_text(text, encoding="utf-8")
    return source


def unasked(source: Source, _folder: Path) -> None:
    """What writes the tables of an installation, where the study needs none."""
    raise AssertionError(source)
