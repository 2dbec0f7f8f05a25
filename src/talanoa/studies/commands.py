"""What the commands on studies share."""

from collections.abc import Iterator
from contextlib import contextmanager

from talanoa.kernel.errors import RuleBroken
from talanoa.lib.studies.study_files import StudyWrong


@contextmanager
def refused() -> Iterator[None]:
    """Tell the faults of a study as a refusal. Raises RuleBroken: study_wrong."""
    try:
        yield
    except StudyWrong as wrong:
        raise RuleBroken("\n".join(wrong.wrong), code="study_wrong", subjects=wrong.wrong) from wrong
