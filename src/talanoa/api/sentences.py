"""Entries of the record as sentences for people."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from talanoa.contributions.models import Response
from talanoa.record.models import Entry
from talanoa.record.queries import public_fields


SENTENCES: dict[str, Any] = {
    "process.created": _("The process was begun as a draft."),
    "charter.published": _("Version %(version)s of the charter was published."),
    "process.opened": _("The process was opened."),
    "stage.opened": _("Stage %(position)s (%(stage)s) opened."),
    "stage.closed": _("Stage %(position)s (%(stage)s) closed."),
    "stage.extended": _("The call for input was extended until %(until)s, because of: %(reason)s."),
    "role.given": _("Somebody was given the role: %(role)s."),
    "process.closed": _("The process was closed."),
    "input.received": _("Input %(n)s was received."),
    "contribution.confirmed": _("The sender of %(n)s confirmed it."),
    "contribution.released": _("%(n)s was published by the secretariat."),
    "contribution.withheld": _("%(n)s is withheld: %(reason)s."),
    "contribution.withdrawn": _("%(n)s was withdrawn by its author."),
    "response.published": _("Answered: %(numbers)s (%(status)s)."),
    "response.acknowledged": _("The author of %(n)s says the answer does them justice."),
    "response.disputed": _("The author of %(n)s disputes the answer."),
    "dispute.replied": _("The dispute about %(n)s has a reply."),
    "report.sealed": _("The report was sealed; its review period runs until %(review_until)s."),
    "report.final": _("The report is final."),
    "decision.taken": _("The decision was taken: %(answers)s."),
    "followup.noted": _("A follow-up was noted."),
    "redaction.made": _("Content of entry %(entry)s was erased: %(ground)s."),
    "log.opened": _("The record begins here."),
    "convenor.appointed": _("Somebody was appointed to open processes here."),
}


def sentence(entry: Entry) -> str:
    """Return what the entry tells, from its public fields only."""
    told = SENTENCES.get(entry.kind.rpartition(".")[0])
    if told is None:
        return entry.kind
    return str(told) % _Named(public_fields(entry))


class _Named(dict[str, Any]):
    """Public fields, with statuses in words."""

    def __getitem__(self, name: str) -> Any:
        value = super().get(name, "-")
        if name == "status" and value in Response.Status.values:
            return Response.Status(value).label
        return value


