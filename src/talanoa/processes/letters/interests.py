"""The receipt of a statement of interests."""

from django.utils.translation import gettext as _

from talanoa.people.models import InterestStatement


def stated_lines(made: InterestStatement) -> list[str]:
    """Return what the author of a statement is told."""
    where = (
        _("for the process %(key)s") % {"key": made.process_key}
        if made.process_key
        else _("in general, for all")
    )
    if made.is_declined:
        return [
            _(
                "You do not state your interests (%(where)s). You take part as an observer: your inputs count and are"
                " answered; you take no position when agreement is tested."
            )
            % {"where": where},
            _("To state them later, write again: interests: and what ties you to whom."),
        ]
    lines = [row.tie.as_line() for row in made.affiliations.all()]
    return [
        _("You stated your interests (%(where)s):") % {"where": where},
        "",
        *lines,
        *made.text.splitlines(),
        "",
        _("It stands beside what you say from now on. It holds for 12 months; then state it again."),
    ]
