"""Who publishes: of a process those who run it, of anything else those whom the operator appointed."""

from talanoa.archives.permissions import require_keeper
from talanoa.people.models import Person
from talanoa.processes.models import Participant
from talanoa.processes.permissions import may_work_on, require_office
from talanoa.studies.models import Publication


def require_publisher(by: Person | Participant, publication: Publication) -> str:
    """Return the role in which `by` withdraws `publication`. Raises NotAllowed."""
    if isinstance(by, Participant) and publication.process is not None:
        return require_office(by, publication.process)
    return require_keeper(by.person if isinstance(by, Participant) else by)


def may_withdraw(publication: Publication, person: Person | None) -> bool:
    """Tell whether `person` may withdraw `publication`."""
    if person is None:
        return False
    return may_work_on(publication.process, person) if publication.process else person.may_convene
