"""Steps that show near-identical inputs as one position, and take one out again."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from talanoa.contributions.events import CopiesFolded, CopyParted
from talanoa.contributions.models import Contribution, Pile, Signatory
from talanoa.contributions.permissions import require_author_or_office
from talanoa.kernel.errors import RuleBroken
from talanoa.lib.nearcopies import are_near, essential
from talanoa.lib.processkeys import ranges
from talanoa.processes.actions.recording import put_on_record
from talanoa.processes.models import Actor, Process
from talanoa.processes.permissions import require_office


@transaction.atomic
def fold_copies(
    leading: Contribution, copies: Sequence[int], *, by: Actor, at: datetime, channel: str
) -> Pile:
    """Show the inputs of the same process with the numbers `copies` as one position with `leading`.

    They must be near copies of it by the rule of lib/nearcopies: nobody's own words can be folded away. Every number,
    text, receipt and answer stays. `at` is an aware UTC time.
    Raises NotAllowed; RuleBroken: number_unknown, not_alike, left_pile.
    """
    process = Process.objects.select_for_update(no_key=True).get(pk=leading.process_id)
    role = require_office(by, process)
    wanted = dict.fromkeys([leading.number, *copies])
    rows = Contribution.objects.visible_to(None).filter(
        process=process, number__in=wanted, kind="input", state=Contribution.State.PUBLISHED
    )
    found = {row.number: row for row in rows.select_related("input", "signatory__pile").order_by("number")}
    if missing := [number for number in wanted if number not in found]:
        raise RuleBroken(
            _("Only inputs that everybody may read can be shown as one: %(numbers)s.")
            % {"numbers": ranges(missing)},
            code="number_unknown",
        )
    _check_alike(found[leading.number], [found[number] for number in wanted if number != leading.number])
    pile = _pile(process, list(found.values()))
    there = set(pile.signatories.values_list("contribution_id", flat=True))
    new = [row for row in found.values() if row.pk not in there]
    Signatory.objects.bulk_create(Signatory(pile=pile, contribution=row) for row in new)
    if numbers := [row.number for row in new if row.pk != leading.pk]:
        event = CopiesFolded(numbers=ranges(numbers))
        put_on_record(process, event, by=by, role=role, at=at, channel=channel, number=leading.number)
    return pile


def _check_alike(leading: Contribution, copies: Sequence[Contribution]) -> None:
    words = essential(leading.words.text)
    own = [row.number for row in copies if not are_near(words, essential(row.words.text))]
    if own or not copies:
        raise RuleBroken(
            _("These say something of their own and stay apart: %(numbers)s.")
            % {"numbers": ranges(own or [leading.number])},
            code="not_alike",
        )


def _pile(process: Process, rows: Sequence[Contribution]) -> Pile:
    """Return the pile that one of `rows` is in, or a new one. Raises RuleBroken: left_pile."""
    held = [row.signatory for row in rows if hasattr(row, "signatory")]
    piles = {signatory.pile_id for signatory in held}
    if len(piles) > 1 or any(signatory.left_at for signatory in held):
        raise RuleBroken(
            _("One of them stands in another position, or was taken out of one: that is not done again."),
            code="left_pile",
        )
    return held[0].pile if held else Pile.objects.create(process=process)


@transaction.atomic
def part_copy(contribution: Contribution, *, by: Actor, at: datetime, channel: str) -> Signatory:
    """Take an input out of its pile, for its author or for the desk; it stands by itself from then on.

    Raises NotAllowed; RuleBroken: not_in_pile.
    """
    contribution = Contribution.objects.locked(contribution)
    role = require_author_or_office(by, contribution)
    signatory = Signatory.objects.filter(contribution=contribution).first()
    if signatory is None:
        raise RuleBroken(_("It stands by itself already."), code="not_in_pile")
    signatory.check_present()
    signatory.left_at = at
    signatory.save(update_fields=["left_at"])
    put_on_record(
        contribution.process,
        CopyParted(),
        by=by,
        role=role,
        at=at,
        channel=channel,
        number=contribution.number,
    )
    return signatory
