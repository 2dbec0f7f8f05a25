"""Letters of a consensus call: the call itself, receipts, answers to an objection, the outcome."""

from django.urls import reverse
from django.utils.translation import gettext as _

from talanoa.consensus.levels import LEVEL_NAMES
from talanoa.consensus.models import Call, Handling, MinorityStatement, Objection
from talanoa.consensus.queries import challenge_until
from talanoa.contributions.receipts import receipt_text
from talanoa.kernel.instants import moment
from talanoa.lib.processkeys import label
from talanoa.mail.letters import wrapped
from talanoa.mail.posting import outbox

POSITION, STANDS, MINORITY = "position", "stands", "minority"
"""The mail commands of those who are asked."""
WHOLE = 14_000
"""Bytes up to which the text itself is sent; of a longer one, its recommendations."""


def call_page(call: Call) -> str:
    """Return the whole address of a call, for letters."""
    return f"{outbox.site}{reverse('consensus:show', args=[call.process.key, call.number])}"


def objection_page(objection: Objection) -> str:
    """Return the whole address of an objection, for letters."""
    contribution = objection.contribution
    path = reverse("consensus:objection", args=[contribution.process.key, contribution.number])
    return f"{outbox.site}{path}"


def called_text(call: Call) -> str:
    """Return the text that a call is about, or where it is long its recommendations, for a letter."""
    text = call.revision.text
    if len(text.encode()) <= WHOLE:
        return text
    rows = call.revision.paragraphs.filter(kind="recommendation").order_by("number")
    short = "\n\n".join(rows.values_list("text", flat=True))
    return short.encode()[:WHOLE].decode(errors="ignore") or text.encode()[:WHOLE].decode(errors="ignore")


def how_to_answer(call: Call) -> list[str]:
    """Return how somebody answers a call by mail, complete in itself."""
    last = call.recommendations[-1]
    return [
        *wrapped(
            _("To say where you stand, answer this mail and begin with one of these:"),
            "",
            "  support",
            "  live with it",
            "  " + _("concern: (and what it is; it does not stand in the way)"),
            "  " + _("objection: (and why)"),
            "  " + _("resolve: (below an objection, and always: what would have to change)"),
            "  not my field",
            "  abstain",
            "",
        ),
        *wrapped(
            _(
                "To speak of one recommendation only, begin the line with its number, such as: %(number)s: support"
            )
            % {"number": last}
            if last
            else _("Your position is about the whole text."),
            _("What you said last counts. Everybody can read who said what."),
        ),
    ]


def opened_lines(call: Call) -> list[str]:
    """Return the letter that asks everybody."""
    told = _("Call %(number)s of “%(process)s” asks about revision %(revision)s of “%(title)s”.") % {
        "number": call.number,
        "process": call.process.title,
        "revision": call.revision.number,
        "title": call.draft.document.title,
    }
    return [
        *wrapped(told, "", call.question, ""),
        *(
            wrapped(_("What is new since this text was called before: %(why)s") % {"why": call.because}, "")
            if call.because
            else []
        ),
        *wrapped(
            _(
                "Positions are taken until %(day)s. Nothing is found before, and no number of positions decides."
            )
            % {"day": moment(call.closes_at)},
        ),
        call_page(call),
        "",
        *how_to_answer(call),
        "",
        "-" * 60,
        *wrapped(called_text(call)),
        "-" * 60,
        f"SHA-256 {call.revision.sha256}",
    ]


def objected_lines(objection: Objection) -> list[str]:
    """Return the receipt of an objection, and what comes next."""
    contribution = objection.contribution
    return [
        *wrapped(
            _("Your objection has the number %(number)s. It is public, and is to be answered by %(day)s.")
            % {
                "number": label(contribution.process.key, contribution.number),
                "day": moment(objection.answer_by),
            },
        ),
        objection_page(objection),
        "",
        *wrapped(
            _(
                "The call cannot close before it has an answer. You are told when it has one, and can say whether it"
                " will do."
            ),
            _("To take it back, answer with the one word: withdraw"),
        ),
        "",
        receipt_text(contribution),
    ]


def raised_lines(objection: Objection) -> list[str]:
    """Return what those who may answer an objection are told."""
    contribution = objection.contribution
    author = contribution.authorship.shown()
    about = (
        _("Recommendation %(number)s") % {"number": objection.recommendation}
        if objection.recommendation
        else _("The whole text")
    )
    return [
        *wrapped(
            _("%(who)s objects in call %(call)s, number %(number)s. Answer it by %(day)s.")
            % {
                "who": author.name,
                "call": objection.call.number,
                "number": label(contribution.process.key, contribution.number),
                "day": moment(objection.answer_by),
            },
            f"{about}; {objection.get_kind_display()}",
            "",
            objection.text,
            "",
            _("What would resolve it:") + " " + objection.resolves,
            "",
        ),
        objection_page(objection),
    ]


def handled_lines(handling: Handling) -> list[str]:
    """Return what somebody who objected is told of what was done about it, and what they can do now."""
    objection = handling.objection
    contribution = objection.contribution
    told = [
        _("Your objection %(number)s: %(state)s.")
        % {
            "number": label(contribution.process.key, contribution.number),
            "state": handling.get_state_display(),
        },
        "",
        f"{handling.name}: {handling.text}",
    ]
    if handling.alternatives:
        told += ["", _("Alternatives that were weighed:") + " " + handling.alternatives]
    if handling.revision:
        told += ["", _("By revision %(number)s of the text.") % {"number": handling.revision.number}]
    lines = [*wrapped(*told), "", objection_page(objection)]
    if objection.reply_by:
        lines += [
            "",
            *wrapped(
                _(
                    "If this will not do, answer with: stands: (and why), until %(day)s. After that day your objection"
                    " is noted as dissent, and the call may close."
                )
                % {"day": moment(objection.reply_by)},
                _("If it will do, answer with the one word: withdraw. Otherwise you need not do anything."),
            ),
        ]
    return lines


def declared_lines(call: Call) -> list[str]:
    """Return the outcome of a call, with what can be done about it and until when."""
    found = [
        f"{row.recommendation or '*'}. {LEVEL_NAMES[row.level]}. {row.reasons}"
        for row in call.designations.standing().order_by("recommendation")
    ]
    return [
        *wrapped(
            _(
                "%(name)s declared the outcome of call %(number)s about “%(title)s”, recommendation by recommendation:"
            )
            % {"name": call.name, "number": call.number, "title": call.draft.document.title},
            "",
            *("\n\n".join(found).split("\n")),
            "",
        ),
        call_page(call),
        "",
        *wrapped(
            _(
                "Whoever dissents may send a statement that stands in the report: answer with"
                " minority %(number)s: (your words)."
            )
            % {"number": call.number},
            _(
                "Whoever took part and thinks that what was found is wrong can challenge it until %(day)s: answer with"
                " challenge %(number)s: (the number of the recommendation): (and why). The chair answers with reasons."
                " Against the answer, or at once, you can appeal to a panel that is drawn by lot:"
            )
            % {"number": call.number, "day": moment(challenge_until(call) or call.closes_at)},
        ),
        f"{outbox.site}{reverse('consensus:appeal', args=[call.process.key, call.number])}",
    ]


def stale_lines(call: Call) -> list[str]:
    """Return what everybody is told when the text of a call changes after it was opened."""
    return [
        *wrapped(
            _(
                "The text that call %(number)s is about was changed. What was called, and what was found, holds for the"
                " old text alone; a new call asks about the new one. No objection is lost."
            )
            % {"number": call.number},
            "",
        ),
        call_page(call),
    ]


def minority_lines(statement: MinorityStatement) -> list[str]:
    """Return the receipt of a minority statement."""
    contribution = statement.contribution
    return [
        *wrapped(
            _(
                "Your minority statement has the number %(number)s. It stands in the report, beside what was agreed."
            )
            % {"number": label(contribution.process.key, contribution.number)},
            _("To take it back, answer with the one word: withdraw"),
        ),
        "",
        receipt_text(contribution),
    ]
