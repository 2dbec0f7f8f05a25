"""Appeal to a panel, stand behind an appeal, and say whether it is heard."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from talanoa.consensus.contestable import Contestable, acts_in
from talanoa.consensus.events import AppealAdmitted, AppealRefused, AppealSupported
from talanoa.consensus.models import About, Argument, Call, PanelAppeal, Supporter, joined
from talanoa.consensus.permissions import require_clerk, require_standing
from talanoa.consensus.queries import newest_draw
from talanoa.contributions.conduct import checked_words
from talanoa.contributions.events import AppealRaised
from talanoa.contributions.models import Appeal
from talanoa.kernel.errors import RuleBroken
from talanoa.kernel.instants import moment
from talanoa.processes.actions.recording import put_on_record
from talanoa.processes.models import Actor, Default, Participant, Process
from talanoa.record.events import Committed


@transaction.atomic
def bring_appeal(
    call: Call, *, by: Actor, entry: int, arguments: Sequence[str], at: datetime, channel: str
) -> PanelAppeal:
    """Appeal to a panel against an act of a call: the entry with the index `entry`. Each argument gets its reasons.

    The same arguments again are the same appeal. An appeal against the refusal to hear one needs no admission.
    Raises NotAllowed; RuleBroken: standing_missing, nothing_to_appeal, appealed_already, appeal_too_late,
    too_many_arguments, reason_missing, text_too_long.
    """
    process = Process.objects.select_for_update(no_key=True).get(pk=call.process_id)
    call = process.calls.select_related("process", "draft").get(pk=call.pk)
    role, appellant = require_standing(by, call)
    said = _arguments(arguments)
    act = next((one for one in acts_in(call, at) if one.entry.index == entry), None)
    if act is None:
        raise RuleBroken(
            _("Nothing that was done in call %(call)s, and holds, stands in entry %(entry)s.")
            % {"call": call.number, "entry": entry},
            code="nothing_to_appeal",
        )
    known = _known(act, joined(said), by=appellant)
    if known:
        return known
    if at >= act.until:
        raise RuleBroken(
            _("The time for an appeal ended on %(day)s.") % {"day": moment(act.until)}, code="appeal_too_late"
        )
    made = _keep(process, act, said, by=appellant, at=at)
    event = AppealRaised(
        entry=act.entry.index,
        until=f"{made.appeal.decide_by:%Y-%m-%dT%H:%MZ}",
        text=Committed(made.appeal, "text_sha256"),
    )
    put_on_record(process, event, by=appellant, role=role, at=at, channel=channel)
    return made


def _known(act: Contestable, text: str, *, by: Participant) -> PanelAppeal | None:
    """Return the appeal against an act that is there already, where it is the same; refuse another one."""
    found = Appeal.objects.filter(entry=act.entry).select_related("panel__process", "panel__call").first()
    if found is None:
        return None
    if found.person_id != by.person_id or found.text != text:
        raise RuleBroken(
            _("There is an appeal against this already: number %(number)s. You can support it.")
            % {"number": found.panel.number},
            code="appealed_already",
        )
    return found.panel


def _arguments(arguments: Sequence[str]) -> list[str]:
    said = [checked_words(text, Argument.TEXT_LIMIT) for text in arguments if text.strip()]
    if not said:
        raise RuleBroken(_("Say why, in a sentence or two."), code="reason_missing")
    if len(said) > Argument.MOST:
        raise RuleBroken(
            _("An appeal has up to %(most)s arguments.") % {"most": Argument.MOST}, code="too_many_arguments"
        )
    return said


def _keep(
    process: Process, act: Contestable, said: list[str], *, by: Participant, at: datetime
) -> PanelAppeal:
    appeal = Appeal.objects.create(
        entry=act.entry,
        person=by.person,
        text=joined(said),
        raised_at=at,
        decide_by=at + timedelta(days=process.defaults[Default.APPEAL_DECISION]),
    )
    made = PanelAppeal.objects.create(
        process=process,
        number=process.panel_appeals.count() + 1,
        appeal=appeal,
        call=act.call,
        about=act.about,
        designation=act.designation,
        handling=act.handling,
        challenge=act.challenge,
        refused=act.refused,
        by=by,
        name=by.person.name,
        admitted_at=at if act.about == About.REFUSAL else None,
    )
    Argument.objects.bulk_create(
        Argument(appeal=made, number=number, text=text) for number, text in enumerate(said, start=1)
    )
    return made


@transaction.atomic
def support_appeal(appeal: PanelAppeal, *, by: Actor, at: datetime, channel: str) -> PanelAppeal:
    """Stand behind an appeal that somebody else brought, as one who took part too; until its draw is announced.

    To do it twice is the same. Raises NotAllowed; RuleBroken: standing_missing, own_case, appeal_decided, wrong_state,
    draw_announced.
    """
    appeal = PanelAppeal.objects.locked(appeal)
    role, supporter = require_standing(by, appeal.call)
    appeal.check_waiting()
    if supporter.pk == appeal.by_id:
        raise RuleBroken(_("It is your own appeal."), code="own_case")
    if newest_draw(appeal) is not None:
        raise RuleBroken(
            _("The pool of the panel is fixed already: who supports an appeal is not in it."),
            code="draw_announced",
        )
    if appeal.supporters.filter(by=supporter).exists():
        return appeal
    made = Supporter.objects.create(appeal=appeal, by=supporter, name=supporter.person.name, at=at)
    event = AppealSupported(appeal=appeal.number, name=Committed(made, "name"))
    put_on_record(appeal.process, event, by=supporter, role=role, at=at, channel=channel)
    return appeal


@transaction.atomic
def admit_appeal(appeal: PanelAppeal, *, by: Actor, at: datetime, channel: str) -> PanelAppeal:
    """Say that an appeal is heard.

    Raises NotAllowed; RuleBroken: same_person, own_case, appeal_decided, wrong_state.
    """
    appeal = PanelAppeal.objects.locked(appeal)
    role, clerk = require_clerk(by, appeal)
    appeal.check_unadmitted()
    appeal.admitted_at, appeal.admitted_by = at, clerk
    appeal.save(update_fields=["admitted_at", "admitted_by"])
    put_on_record(
        appeal.process, AppealAdmitted(appeal=appeal.number), by=clerk, role=role, at=at, channel=channel
    )
    return appeal


@transaction.atomic
def refuse_appeal(appeal: PanelAppeal, *, by: Actor, text: str, at: datetime, channel: str) -> PanelAppeal:
    """Say that an appeal is not heard, and why, in public; that can be appealed in its turn.

    Raises NotAllowed; RuleBroken: same_person, own_case, appeal_decided, wrong_state, reason_missing, text_too_long.
    """
    appeal = PanelAppeal.objects.locked(appeal)
    role, clerk = require_clerk(by, appeal)
    appeal.check_unadmitted()
    appeal.refusal, appeal.refused_at, appeal.refused_by = checked_words(text), at, clerk
    appeal.save(update_fields=["refusal", "refused_at", "refused_by"])
    event = AppealRefused(appeal=appeal.number, reason=Committed(appeal, "refusal_sha256"))
    appeal.refusal_entry = put_on_record(appeal.process, event, by=clerk, role=role, at=at, channel=channel)
    appeal.save(update_fields=["refusal_entry"])
    return appeal
