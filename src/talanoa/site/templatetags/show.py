"""How instants, shares, groups and states are shown on pages: `{% load show %}`. Nothing here asks the database.

Times are kept in UTC and shown in UTC first, then as the reader's clock shows them: the time zone that Django
has current (`people.middleware` sets it from the person).
"""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from django import template
from django.template.context import Context
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language_bidi, ngettext, pgettext
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from talanoa.contributions.models import STATUS_MEANINGS
from talanoa.kernel import markdown as marked
from talanoa.kernel.instants import moment

register = template.Library()
DAYS_FROM = 48

NO_BREAK = "\N{NO-BREAK SPACE}"

MEANINGS = {
    **STATUS_MEANINGS,
    "waiting": lazy("Not answered yet; the report cannot be published before it is."),
}


@register.filter
def when(at: datetime | None) -> str:
    """Show an aware instant, in UTC and by the reader's clock.

    For example: Tuesday 24 November 2026, 23:59 UTC (02:59 Wednesday in Nairobi). The weekday is said again
    where it differs. Empty where there is none.
    """
    if not at:
        return ""
    utc = at.astimezone(UTC)
    told = moment(utc).replace(" UTC", NO_BREAK + "UTC")
    return format_html(
        '<time datetime="{}">{}{}</time>', f"{utc:%Y-%m-%dT%H:%MZ}", told, _by_the_readers_clock(utc)
    )


def _by_the_readers_clock(utc: datetime) -> str:
    """Say the reader's local time and city, or nothing where it is the same as in UTC."""
    zone = timezone.get_current_timezone()
    local = utc.astimezone(zone)
    if not local.utcoffset() or not isinstance(zone, ZoneInfo):
        return ""
    city = zone.key.rpartition("/")[2].replace("_", " ")
    time = f"{local:%H:%M}"
    if local.date() != utc.date():
        time = f"{time} {date_format(local, 'l')}"
    return " " + _("(%(time)s in %(city)s)") % {"time": time, "city": city}


@register.filter
def day(at: datetime | None) -> str:
    """Show the day of an aware instant in UTC: 24 November 2026. Empty where there is none."""
    if not at:
        return ""
    utc = at.astimezone(UTC)
    return format_html('<time datetime="{}">{}</time>', f"{utc:%Y-%m-%d}", date_format(utc, _full()))


@register.filter
def lasting(span: timedelta) -> str:
    """Show a length of time to the hour, from two days on to the day: 5 hours; 3 days."""
    hours = max(1, round(span / timedelta(hours=1)))
    if hours < DAYS_FROM:
        return ngettext("%(n)s hour", "%(n)s hours", hours) % {"n": hours}
    days = round(hours / 24)
    return ngettext("%(n)s day", "%(n)s days", days) % {"n": days}


@register.simple_tag
def span_days(first: datetime | None, last: datetime | None) -> str:
    """Show the days from `first` to `last` (aware; in UTC): 19 July – 28 August 2026; what both share is said once."""
    if not first or not last:
        return day(first or last)
    start, end = first.astimezone(UTC), last.astimezone(UTC)
    if start.date() == end.date():
        return day(end)
    form = _full()
    if start.year == end.year:
        form = pgettext("date format", "j F") if start.month != end.month else pgettext("date format", "j")
    begun = format_html('<time datetime="{}">{}</time>', f"{start:%Y-%m-%d}", date_format(start, form))
    return format_html("{} – {}", begun, day(end))


def _full() -> str:
    return pgettext("date format", "j F Y")


@register.filter
def plain(text: str) -> SafeString:
    """Show plain text from people as paragraphs that each find their own direction."""
    return marked.render_plain(text)


@register.filter
def markdown(text: str, heading_offset: int = 1) -> SafeString:
    """Show the Markdown of a document; `#` becomes h2 unless `heading_offset` says otherwise."""
    return marked.render(text, heading_offset)


@register.filter
def share(part: int | None, whole: int | None) -> int:
    """Return `part` of `whole` in percent, 0 to 100, for the width of an SVG bar; what is there is never 0."""
    if not part or not whole:
        return 0
    return min(100, max(1, round(100 * part / whole)))


@register.filter
def group_letter(label: object) -> str:
    """Return the letter that tells a stakeholder group where colors do not: the first of its `label`."""
    return str(label)[:1].upper()


@register.simple_tag
def group_key(group: str, label: object) -> str:
    """Show a stakeholder group: its letter on its color, then its name."""
    mark = format_html('<b aria-hidden="true">{}</b>', group_letter(label))
    return format_html('<span class="key {}">{}{}</span>', group, mark, label)


@register.simple_tag
def status(name: str, label: object = "") -> str:
    """Show the status of an answer, or of a contribution, as a mark of its own shape and its word."""
    told = label or (_("waiting for an answer") if name == "waiting" else name)
    return format_html('<span class="status {}">{}</span>', name, told)


@register.filter
def meaning(name: str) -> str:
    """Return what the status of an answer means, for everybody, in one sentence."""
    return str(MEANINGS.get(name, ""))


@register.simple_tag(takes_context=True)
def current(context: Context, *prefixes: str) -> SafeString:
    """Mark the link whose address is the page that is shown (`page`), or the part of the site it stands in (`true`)."""
    path = getattr(context.get("request"), "path", "")
    if path in prefixes:
        return SafeString(' aria-current="page"')
    if any(path.startswith(prefix) for prefix in prefixes if prefix != "/"):
        return SafeString(' aria-current="true"')
    return SafeString("")


@register.simple_tag
def direction() -> str:
    """Return the direction of writing of the language that is active: `ltr` or `rtl`."""
    return "rtl" if get_language_bidi() else "ltr"
