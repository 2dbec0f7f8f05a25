"""Questions about practice: which scenarios there are, and what is done in a room."""

from functools import cache

from talanoa.lib.course_files import Files, files_in
from talanoa.lib.scenario_files import read
from talanoa.lib.scenarios import Scenario
from talanoa.practice.models import Room
from talanoa.record.models import Log
from talanoa.registry.skin import CONTENT

FOLDER = CONTENT / "scenarios"


@cache
def packs() -> dict[str, tuple[Files, Scenario]]:
    """Return every scenario by its id, with its files. They change when the program is started anew."""
    found = sorted(FOLDER.glob("*/scenario.yaml"))
    files = [files_in(path.parent) for path in found]
    return {pack.name: (pack, read(pack)) for pack in files}


def root_of(room: Room) -> str:
    """Return the root of the room's own log, as its newest checkpoint has it: what a replay must give again."""
    log = Log.objects.get(name=room.process.space.log)
    newest = log.checkpoints.order_by("-size").first()
    return newest.note.split("\n")[2] if newest else ""
