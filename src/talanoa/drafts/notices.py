"""What people are told about drafts: those who follow a process each revision, an author what became of it."""

from django.db.models import Q

from talanoa.drafts.letters import disposed, letter_id, page, received_lines, revised, subject_received
from talanoa.drafts.models import Disposition, Drafting
from talanoa.drafts.queries import remark_numbered, remarks_reached
from talanoa.mail.letters import in_language_of, write_to
from talanoa.mail.models import Subscription
from talanoa.processes.models import Process
from talanoa.record.models import Entry, Opening
from talanoa.record.queries import public_fields

COMMENT = "comment"
"""The mail command that an answer to a letter about a draft means."""


def tell_revised(entry: Entry) -> None:
    """Mail a revision to everybody who follows the process, save its author and those who want only their own."""
    told = public_fields(entry)
    rows = Drafting.objects.select_related(
        "draft__process", "draft__document", "revision__document", "author"
    )
    drafting = rows.get(
        draft__process__key=entry.process_key,
        draft__number=told["draft"],
        revision__number=told["revision"],
    )
    draft = drafting.draft
    if not Process.objects.visible_to(None).filter(pk=draft.process_id).exists():
        return
    headers = {
        "Message-ID": f"<{letter_id(draft, drafting.revision)}>",
        "Archived-At": f"<{page(draft, drafting.revision)}>",
    }
    follows = Q(process_key=entry.process_key) & ~Q(level=Subscription.Level.OWN)
    rows_wanted = Subscription.objects.filter(follows).exclude(paused_until__gt=entry.at)
    for wanted in (
        rows_wanted.exclude(person=drafting.author.person_id).select_related("person").order_by("pk")
    ):
        with in_language_of(wanted.person):
            subject, lines = revised(drafting)
            write_to(
                wanted.person,
                key=f"draft-{entry.pk}-{wanted.person_id}",
                subject=subject,
                lines=lines,
                at=entry.at,
                process_key=entry.process_key,
                word=COMMENT,
                headers=headers,
            )


def tell_remarked(entry: Entry) -> None:
    """Mail the receipt of a comment or suggestion that came on another channel than mail."""
    process = Process.objects.get(key=entry.process_key)
    remark = remark_numbered(process, entry.number or 0)
    if remark is None or remark.contribution.channel == "mail":
        return
    contribution = remark.contribution
    with in_language_of(contribution.person):
        write_to(
            contribution.person,
            key=f"receipt-{entry.pk}",
            subject=subject_received(contribution),
            lines=received_lines(remark),
            at=entry.at,
            process_key=process.key,
            number=contribution.number,
            word=COMMENT,
            alone=True,
        )


def tell_disposed(entry: Entry) -> None:
    """Mail each author what became of what they said, and why."""
    row = Opening.objects.get(entry=entry, field="reason_sha256").row
    made = Disposition.objects.select_related("draft__process", "draft__document", "revision").get(pk=row)
    for remark in remarks_reached(made):
        contribution = remark.contribution
        if contribution.state == contribution.State.ERASED:
            continue
        with in_language_of(contribution.person):
            subject, lines = disposed(made, remark)
            write_to(
                contribution.person,
                key=f"disposed-{made.pk}-{contribution.pk}",
                subject=subject,
                lines=lines,
                at=entry.at,
                process_key=entry.process_key,
                number=contribution.number,
                word=COMMENT,
                alone=True,
            )
