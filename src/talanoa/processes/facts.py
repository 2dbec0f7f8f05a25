"""The facts that a charter states: what each answers, and which may be left out."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact that a charter states: its key, what it answers, and whether it may be left out.

    Facts `of_place` are asked of the charter of the place itself only.
    """

    key: str
    label: Any
    help: Any
    many: bool = False
    required: bool = True
    of_place: bool = False


FACTS = (
    Fact("title", _("Title"), _("The question in a few words.")),
    Fact("question", _("The question"), _("What you ask everybody, in one or two sentences.")),
    Fact("runs", _("Who runs it"), _("The convenor and how to reach them.")),
    Fact("takes_part", _("Who may take part"), _("Say so if anyone may.")),
    Fact("decides", _("What is decided"), _("The decision that follows, and by whom.")),
    Fact("how", _("How it is decided"), _("From the inputs to the decision, in one sentence.")),
    Fact("scope_in", _("In scope"), _("One line each."), many=True),
    Fact("scope_out", _("Out of scope"), _("One line each, with where it belongs instead."), many=True),
    Fact(
        "success",
        _("Criteria for success"),
        _("By what you will tell that it worked; one line each."),
        many=True,
    ),
    Fact("time_cost", _("Time it takes"), _("For somebody who takes part: minutes, hours, meetings.")),
    Fact(
        "languages",
        _("Languages"),
        _("Codes of the languages in which inputs are read, such as en, fr, sw."),
        many=True,
    ),
    Fact("groups", _("Groups concerned"), _("The stakeholder groups whose voice is needed."), many=True),
    Fact("decision_rule", _("Decision rule"), _("How agreement is found and stated.")),
    Fact(
        "rule",
        _("Rule of the consensus calls"),
        _("Needed where drafts are agreed on. A process keeps the version that its charter names."),
        required=False,
    ),
    Fact("appeal", _("Appeal"), _("Who hears an appeal, and by when it must be made.")),
    Fact(
        "commitment",
        _("What is promised about the outcome"),
        _("What the one who decides commits to do with the report."),
    ),
    Fact("payer", _("Who pays"), _("And what they may not do.")),
    Fact(
        "related",
        _("Related bodies"),
        _("Who already works on this, and how this process stays out of their way."),
    ),
    Fact("overlap", _("Overlap"), _("The finding, or “not checked, because ...”.")),
    Fact(
        "why_new",
        _("Why a new process"),
        _("What the bodies that work near it leave open. Needed where the search found one."),
        required=False,
    ),
    Fact(
        "options",
        _("Options"),
        _("The options that are studied, “do not proceed” among them."),
        many=True,
        required=False,
    ),
    Fact(
        "floors",
        _("Who shall be in the room"),
        _(
            "One line each: group or region; its share of the speakers in percent; how many of it must speak before the"
            " call closes without a public reason. Such as: government; 10-30; 3 or africa; ; 5. A small process may"
            " set none."
        ),
        many=True,
        required=False,
    ),
    Fact(
        "subgroups",
        _("Parts of groups"),
        _(
            "One line each: group; name of the part. Such as: civil_society; Consumer organizations. Not needed."
        ),
        many=True,
        required=False,
    ),
    Fact(
        "newcomer_hours",
        _("Hours for which the first message of somebody new may be held"),
        _("0 to 24; left out or 0, it is shown at once. Inputs to a call are never held for this."),
        required=False,
    ),
    Fact(
        "funders",
        _("Funders of this place"),
        _(
            "One line each: name; amount; first day; last day. Such as: Example Fund; 20000 CHF; 2026-01-01; 2026-12-31"
        ),
        many=True,
        required=False,
        of_place=True,
    ),
    Fact(
        "seats",
        _("Community seats"),
        _("One line each: group; number of seats; who fills them. Such as: civil_society; 2; its networks"),
        many=True,
        required=False,
        of_place=True,
    ),
    Fact(
        "defaults",
        _("How defaults are changed"),
        _("It can say more than the rule that holds anyway: only by a decided process."),
        required=False,
        of_place=True,
    ),
    Fact(
        "handover",
        _("Handover"),
        _("What happens with data and record when the host stops."),
        required=False,
        of_place=True,
    ),
)
RULE_NAMES = {
    "ietf-rough": _("Rough consensus: every objection is addressed, not necessarily accommodated (IETF)"),
    "gnso-levels": _("Levels from full consensus to divergence, found for each recommendation (GNSO)"),
    "consent": _("Consent: nobody maintains that it does harm"),
}
BY_KEY = {fact.key: fact for fact in FACTS}
