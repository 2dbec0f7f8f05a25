"""What the commands about contributions share: which one is meant."""

from django.utils.translation import gettext as _

from talanoa.contributions.models import Contribution
from talanoa.kernel.errors import RuleBroken
from talanoa.lib.processkeys import number_in
from talanoa.processes.models import Process


def contribution_called(process: Process, number: str) -> Contribution:
    """Return the contribution with this number, as people type it. Raises RuleBroken: number_unknown."""
    rows = Contribution.objects.select_related("process")
    found = rows.filter(process=process, number=number_in(number) or 0).first()
    if found is None:
        raise RuleBroken(
            _("There is no number %(number)s in %(key)s.") % {"number": number, "key": process.key},
            code="number_unknown",
        )
    return found
