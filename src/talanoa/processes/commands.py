"""Acting from the command line: who acts (`--as`), and in which process."""

from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from talanoa.kernel.commands import Verb
from talanoa.kernel.errors import NotAllowed, RuleBroken
from talanoa.people.models import Person
from talanoa.people.queries import person_at
from talanoa.processes.models import Participant, Process
from talanoa.processes.queries import participant


class ActingVerb(Verb):
    """Base of the commands that act as somebody; the default is the installation's operator."""

    def common(self, parser: CommandParser) -> None:
        """Add `--as`."""
        super().common(parser)
        parser.add_argument(
            "--as",
            dest="actor",
            metavar="ADDRESS",
            help="who acts; by default the operator of this installation",
        )


def acting_person(options: dict[str, Any]) -> Person:
    """Return the person who acts. Raises RuleBroken: person_unknown."""
    address = options["actor"] or settings.ENV["TALANOA_OPERATOR"]
    person = person_at(address)
    if person is None:
        raise RuleBroken(
            _(
                "Nobody here has the address %(address)s. Run `talanoa init` first, or give another one with --as."
            )
            % {"address": address},
            code="person_unknown",
        )
    return person


def process_called(key: str) -> Process:
    """Return the process with this key. Raises RuleBroken: process_unknown."""
    found = Process.objects.real().filter(key=key.lower()).first()
    if found is None:
        keys = ", ".join(Process.objects.real().order_by("key").values_list("key", flat=True)[:20]) or "-"
        raise RuleBroken(
            _("There is no process “%(key)s” here; there are: %(keys)s.") % {"key": key, "keys": keys},
            code="process_unknown",
        )
    return found


def acting(options: dict[str, Any], process: Process) -> Participant:
    """Return who acts, as a participant of `process`. Raises NotAllowed; RuleBroken: person_unknown."""
    person = acting_person(options)
    found = participant(process, person)
    if found is None:
        raise NotAllowed(_("%(name)s has no role in this process.") % {"name": person.name})
    return found
