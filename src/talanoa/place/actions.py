"""Steps of the host: carry out a decision on a default, publish news, correct it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from talanoa.kernel.errors import RuleBroken
from talanoa.kernel.text import clean_text, fitting_line
from talanoa.lib.languages import is_language
from talanoa.place.events import DefaultChanged, NewsCorrected, NewsPublished
from talanoa.place.models import NewsVersion
from talanoa.place.permissions import require_place
from talanoa.place.queries import decided_days, is_overtaken, next_number, versions_of
from talanoa.processes.actions.recording import put_on_record
from talanoa.processes.models import REVIEW_FLOOR, Actor, Default, DefaultChange, Process
from talanoa.processes.models.defaults import FOUNDING_VERSION, LONGEST
from talanoa.processes.permissions import require_convenor, require_organizer
from talanoa.record.events import Committed


@transaction.atomic
def change_default(
    place: Process,
    *,
    by: Actor,
    default: str,
    days: int,
    decided: Process,
    recommendation: int,
    at: datetime,
    channel: str,
) -> DefaultChange:
    """Carry out an accepted recommendation of a decided process that states other days for a default.

    The host's act, and only what was decided: processes that are begun from `at` (aware, UTC) on have the new days.
    Raises NotAllowed; RuleBroken: default_unknown, default_out_of_bounds, review_too_short, default_undecided,
    decision_overtaken, space_crossed.
    """
    place = Process.objects.select_for_update(no_key=True).get(pk=place.pk)
    require_place(place)
    role = require_convenor(by, place)
    decided.check_real()
    _check_default(default, days)
    if decided_days(decided, recommendation).get(default) != days:
        raise RuleBroken(
            _(
                "A default changes only by a decided process: recommendation %(number)s of %(key)s is not an accepted"
                " one that says “Default %(default)s: %(days)s days”."
            )
            % {"number": recommendation, "key": decided.key, "default": default, "days": days},
            code="default_undecided",
        )
    if is_overtaken(decided, default):
        raise RuleBroken(
            _("This decision, or a later one about the same default, was carried out already."),
            code="decision_overtaken",
        )
    made = DefaultChange.objects.create(
        version=FOUNDING_VERSION + DefaultChange.objects.count() + 1,
        name=default,
        days=days,
        since=at,
        process=decided,
        recommendation=recommendation,
    )
    event = DefaultChanged(
        default=default, days=days, version=made.version, decided=decided.key, recommendation=recommendation
    )
    put_on_record(place, event, by=by, role=role, at=at, channel=channel)
    return made


def _check_default(default: str, days: int) -> None:
    if default not in Default.values:
        raise RuleBroken(
            _("There is no default “%(name)s”; there are: %(names)s.")
            % {"name": default[:40], "names": ", ".join(Default.values)},
            code="default_unknown",
        )
    if default == Default.REVIEW and days < REVIEW_FLOOR:
        raise RuleBroken(
            _("A review period lasts at least %(days)s days.") % {"days": REVIEW_FLOOR},
            code="review_too_short",
        )
    if not 1 <= days <= LONGEST:
        raise RuleBroken(
            _("A default has 1 to %(days)s days.") % {"days": LONGEST}, code="default_out_of_bounds"
        )


@transaction.atomic
def publish_news(
    place: Process, *, by: Actor, title: str, text: str, language: str, at: datetime, channel: str
) -> NewsVersion:
    """Publish news of the place, in Markdown; it is corrected where it was wrong, and never deleted.

    The host's act, or the secretariat's. Raises NotAllowed; RuleBroken: text_empty, text_too_long, line_too_long,
    language_unknown.
    """
    place = Process.objects.select_for_update(no_key=True).get(pk=place.pk)
    require_place(place)
    role = require_organizer(by, place)
    said = _words(title, text, language)
    made = NewsVersion.objects.create(number=next_number(), said_at=at, **said)
    event = NewsPublished(
        news=made.number,
        language=made.language,
        title=Committed(made, "title"),
        text_sha256=Committed(made, "text_sha256"),
    )
    put_on_record(place, event, by=by, role=role, at=at, channel=channel)
    return made


@transaction.atomic
def correct_news(
    place: Process,
    *,
    by: Actor,
    number: int,
    title: str,
    text: str,
    correction: str,
    at: datetime,
    channel: str,
) -> NewsVersion:
    """Say news anew, and what was wrong with it; readers see every version.

    Raises NotAllowed; RuleBroken: number_unknown, reason_missing, text_empty, text_too_long, line_too_long.
    """
    place = Process.objects.select_for_update(no_key=True).get(pk=place.pk)
    require_place(place)
    role = require_organizer(by, place)
    before = versions_of(number)
    if not before:
        raise RuleBroken(_("There is no news with this number."), code="number_unknown")
    why = fitting_line(correction, NewsVersion.TITLE_LIMIT)
    if not why:
        raise RuleBroken(_("Say in a line what was wrong."), code="reason_missing")
    said = _words(title, text, before[0].language)
    made = NewsVersion.objects.create(
        number=number, version=before[0].version + 1, correction=why, said_at=at, **said
    )
    event = NewsCorrected(
        news=number,
        version=made.version,
        title=Committed(made, "title"),
        text_sha256=Committed(made, "text_sha256"),
        correction=Committed(made, "correction"),
    )
    put_on_record(place, event, by=by, role=role, at=at, channel=channel)
    return made


def _words(title: str, text: str, language: str) -> dict[str, str]:
    try:
        said = clean_text(text, NewsVersion.TEXT_LIMIT).strip()
    except ValueError as long:
        raise RuleBroken(
            _("Please stay under %(limit)s characters.") % {"limit": NewsVersion.TEXT_LIMIT},
            code="text_too_long",
        ) from long
    called = fitting_line(title, NewsVersion.TITLE_LIMIT)
    if not (said and called):
        raise RuleBroken(_("News needs a title and a text."), code="text_empty")
    if not is_language(language):
        raise RuleBroken(_("Give the language as a code, such as en."), code="language_unknown")
    return {"title": called, "text": said, "language": language}
