"""A scenario as it stands in its folder: read whole, or refused with every fault as `file:line: what`.

How it is written stands in content/scenarios/README.md.
"""

from talanoa.lib.course_files import Files
from talanoa.lib.scenarios import Scenario


class ScenarioWrong(ValueError):
    """A scenario cannot be taken; `wrong` tells each fault as `file:line: what`."""

    def __init__(self, wrong: list[str]) -> None:
        super().__init__("\n".join(wrong))
        self.wrong = wrong


def read(files: Files) -> Scenario:
    """Return the scenario that the files tell (`course_files.files_in(folder)`). Raises ScenarioWrong with every fault."""
    raise NotImplementedError
