"""An audit that stands and a data set that was withdrawn, of the open process."""

from permissions.stages import KEYS, ago
from permissions.world import World
from talanoa.processes.queries import participant
from talanoa.studies.models import Publication
from talanoa.studies.publishing import Made, publish, withdraw

HOSTILE = "=HYPERLINK(1)<script>alert(1)</script>\u202egpj"
CONTACT = "operator@talanoa.example"


def publish_all(world: World) -> None:
    """Publish both, and withdraw the second."""
    process = world.stages["open"]
    by = participant(process, world.cast["convenor"])
    assert by is not None
    publish(process, Publication.Kind.AUDIT, "", by=by, how=_made(b"1", 0.4))
    data = publish(process, Publication.Kind.DATASET, HOSTILE, by=by, how=_made(b"2", 0.3))
    withdraw(data, HOSTILE, by=by, again=False, how=_made(b"3", 0.2))


def named(state: str) -> str:
    """The name of the publication in this state."""
    rows = Publication.objects.filter(withdrawn_at__isnull=state == "standing", process__key=KEYS["open"])
    return "a" * 16 if state == "missing" else rows.get().name


def _made(key: bytes, days: float) -> Made:
    return Made(key=key * 32, contact=CONTACT, at=ago(days), channel="cli")
