"""What authors are told about their contributions: answered, a reply to their dispute, and what moderation did."""

from django.utils.translation import gettext as _

from talanoa.contributions.letters import appeal_waits, moderated, ruled
from talanoa.contributions.models import Answer, Appeal, Contribution, Dispute, ModerationAct, Signatory
from talanoa.contributions.permissions import appeal_body
from talanoa.contributions.room import missed
from talanoa.lib.processkeys import label, numbers_in
from talanoa.mail.letters import in_language_of, wrapped, write_to
from talanoa.mail.outbox import whole_address
from talanoa.processes.models import Participant, Process, Role
from talanoa.record.models import Entry, Opening
from talanoa.record.queries import public_fields


def tell_answered(entry: Entry) -> None:
    """Mail an answer to the author of every input that it newly reached and whose address is known."""
    rows = Answer.objects.filter(response=_row(entry, "text"), sent_at=entry.at)
    rows = rows.select_related("contribution__person", "contribution__process", "response__theme")
    for answer in rows.exclude(contribution__person__address=""):
        contribution = answer.contribution
        with in_language_of(contribution.person):
            subject = _("The answer to your input %(number)s") % {"number": _called(contribution)}
            _tell(contribution, f"answered-{answer.pk}", subject, answer_lines(answer), entry)


def tell_moderated(entry: Entry) -> None:
    """Tell an author at once what was done to what they wrote, by which rule, in whose role, and what they can do."""
    act = ModerationAct.objects.select_related("contribution__person", "contribution__process")
    made = act.filter(entry=entry).first()
    if made is None or made.contribution.state == Contribution.State.ERASED:
        return
    role = str(public_fields(entry)["r"])
    contribution = made.contribution
    with in_language_of(contribution.person):
        _tell(contribution, f"moderated-{entry.pk}", *moderated(made, role=role), entry)


def tell_appealed(entry: Entry) -> None:
    """Tell those who may decide an appeal that it waits for them, and until when."""
    appeal = _appeal(_row(entry, "text"))
    contribution = appeal.contribution
    if contribution is None:
        return
    for seat in appeal_body(contribution).select_related("person").distinct():
        with in_language_of(seat.person):
            subject, lines = appeal_waits(appeal)
            write_to(
                seat.person,
                key=f"appeal-{entry.pk}-{seat.pk}",
                subject=subject,
                lines=lines,
                at=entry.at,
                process_key=contribution.process.key,
                alone=True,
            )


def tell_missed(entry: Entry) -> None:
    """Tell the convenors that a call is over and below a floor: it waits for their reason, or is extended."""
    process = Process.objects.get(key=entry.process_key)
    lines = [
        f"{name}: {spoke}/{floor}"
        for row in missed(process)
        if not row.finding.lets_close
        for name, spoke, floor in row.lines
    ]
    seats = Participant.objects.filter(process=process, roles__role=Role.CONVENOR).select_related("person")
    for seat in seats.order_by("pk") if lines else ():
        with in_language_of(seat.person):
            told = wrapped(
                _("The call for input of “%(title)s” is over, and fewer spoke than its charter wants:")
                % {"title": process.title},
                "",
                *lines,
                "",
                _(
                    "It does not close until they are heard, or you say in public why it closes without them. You can"
                    " also extend it, and invite those who are missing."
                ),
                f"  {whole_address(process.key, None)}desk/floors/",
            )
            write_to(
                seat.person,
                key=f"missed-floor-{entry.pk}-{seat.pk}",
                subject=_("%(key)s: the call is over, and somebody is missing") % {"key": process.key},
                lines=told,
                at=entry.at,
                process_key=process.key,
                alone=True,
            )


def tell_ruled(entry: Entry) -> None:
    """Mail the outcome of an appeal, with its reasons, to the one who raised it."""
    appeal = _appeal(_row(entry, "reasons"))
    if appeal.contribution is not None and appeal.contribution.state != Contribution.State.ERASED:
        role = str(public_fields(entry)["r"])
        with in_language_of(appeal.contribution.person):
            _tell(appeal.contribution, f"ruled-{entry.pk}", *ruled(appeal, role=role), entry)


def _appeal(pk: int) -> Appeal:
    rows = Appeal.objects.select_related("contribution__person", "contribution__process", "entry")
    return rows.get(pk=pk)


def tell_replied(entry: Entry) -> None:
    """Mail the reply to a dispute to the one who raised it."""
    rows = Dispute.objects.select_related("answer__contribution__person", "answer__contribution__process")
    dispute = rows.get(pk=_row(entry, "reply"))
    contribution = dispute.answer.contribution
    with in_language_of(contribution.person):
        _tell_replied(dispute, contribution, entry)


def _tell_replied(dispute: Dispute, contribution: Contribution, entry: Entry) -> None:
    told = _("Your dispute of the answer to %(number)s has a reply. Both stand in public beside the answer.")
    lines = wrapped(told % {"number": _called(contribution)}, "", dispute.reply)
    subject = _("The reply to your dispute of %(number)s") % {"number": _called(contribution)}
    _tell(contribution, f"replied-{entry.pk}", subject, lines, entry)


def tell_folded(entry: Entry) -> None:
    """Tell each author whose input is shown together with others that say nearly the same, and how to part it."""
    numbers = numbers_in(str(public_fields(entry)["numbers"]))
    rows = Signatory.objects.present().filter(contribution__process__key=entry.process_key)
    rows = rows.filter(contribution__number__in=numbers).select_related(
        "contribution__person", "contribution__process"
    )
    for row in rows.exclude(contribution__person__address=""):
        contribution = row.contribution
        with in_language_of(contribution.person):
            leading = label(contribution.process.key, entry.number or 0)
            told = _(
                "Your input %(number)s says nearly the same as %(leading)s and others. They are shown as one position"
                " with all its signatories. Your number, your text and your receipt stay, and you get your answer."
            )
            names = {"number": _called(contribution), "leading": leading}
            part = _("If it should stand by itself, answer this mail with the word: apart")
            subject = _("Shown together with others: %(number)s") % names
            _tell(contribution, f"folded-{row.pk}", subject, wrapped(told % names, "", part), entry)


def _row(entry: Entry, field: str) -> int:
    """Return the row that holds what the entry commits to under `field`."""
    return Opening.objects.get(entry=entry, field=field).row


def _called(contribution: Contribution) -> str:
    return label(contribution.process.key, contribution.number)


def _tell(contribution: Contribution, key: str, subject: str, lines: list[str], entry: Entry) -> None:
    write_to(
        contribution.person,
        key=key,
        subject=subject,
        lines=lines,
        at=entry.at,
        process_key=contribution.process.key,
        number=contribution.number,
        alone=True,
    )


def answer_lines(answer: Answer) -> list[str]:
    """Return the mail that brings an answer: what was read, the answer, what one can do now."""
    response, contribution = answer.response, answer.contribution
    told = [
        _("Your input %(number)s to “%(title)s” has an answer.")
        % {"number": _called(contribution), "title": contribution.process.title},
        "",
    ]
    if response.theme:
        together = _("It was read together with others under the theme “%(theme)s”:")
        told += [together % {"theme": response.theme.label}, response.theme.summary, ""]
    told += [f"{response.get_status_display()}.", "", response.text, ""]
    if response.change:
        told += [_("What changes: %(change)s") % {"change": response.change}]
    if response.where:
        told += [_("Where: %(where)s") % {"where": response.where}]
    told += [
        "",
        _("If this does you justice, answer with the one word: thanks"),
        _(
            "If it misreads you, answer with: dispute: and why. Your words will stand in public beside the answer."
        ),
    ]
    return wrapped(*told)
