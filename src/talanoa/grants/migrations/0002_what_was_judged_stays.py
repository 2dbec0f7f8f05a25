"""What was handed in, attested, reviewed, said and decided stays; words go by erasure only."""

from django.db import migrations

from talanoa.kernel.refusals import Refusal, Refuse, append_only

MESSAGE = "deletion_forbidden: what was attested, reviewed and decided stays on the record"
FIXED = "deletion_forbidden: what was handed in, found and decided does not change"
NOT_DELETED = {
    "application": "OLD.number IS NOT NULL",
    "reading": "OLD.attested_at IS NOT NULL",
    "review": "",
    "note": "",
    "verdict": "",
    "conflict": "",
    "exchange": "",
}


def _moved(*names: str) -> str:
    """What never changes."""
    return " OR ".join(f"NEW.{name} <> OLD.{name}" for name in names)


def _said(name: str) -> str:
    """Words, which change by being emptied alone."""
    return f"NEW.{name} NOT IN (OLD.{name}, '')"


def _once(name: str) -> str:
    """What is set once."""
    return f"(OLD.{name} IS NOT NULL AND (NEW.{name} IS NULL OR NEW.{name} <> OLD.{name}))"


def _json(name: str) -> str:
    return f"CAST(NEW.{name} AS TEXT) NOT IN (CAST(OLD.{name} AS TEXT), '{{}}')"


STAYS = {
    "application": "OLD.number IS NOT NULL AND ("
    + " OR ".join(
        (
            _moved("call_id"),
            _once("number"),
            _once("submitted_at"),
            _once("entry_id"),
            _said("title"),
            _json("answers"),
            _json("budget"),
        )
    )
    + ")",
    "reading": " OR ".join(
        (
            _moved("application_id", "reviewer_id", "round"),
            _once("attested_at"),
            "(OLD.state = 'recused' AND NEW.state <> 'recused')",
            "(OLD.state = 'reviewed' AND NEW.state NOT IN ('reviewed', 'recused'))",
            "(NEW.state IN ('attested', 'reviewed') AND NEW.attested_at IS NULL)",
        )
    ),
    "review": " OR ".join(
        (
            _moved("reading_id", "confidence", "reviewed_at"),
            "CAST(NEW.marks AS TEXT) <> CAST(OLD.marks AS TEXT)",
            _said("text"),
        )
    ),
    "note": " OR ".join((_moved("application_id", "author_id", "said_at"), _said("text"))),
    "verdict": " OR ".join(
        (
            _moved("application_id", "step", "number", "outcome", "amount", "by_id", "given_at", "until"),
            _once("entry_id"),
            _said("reasons"),
        )
    ),
    "conflict": " OR ".join(
        (_moved("application_id", "person_id", "source", "name", "found_at"), _said("detail"))
    ),
    "exchange": " OR ".join(
        (
            _moved("application_id", "number", "asked_at"),
            _said("question"),
            _once("answered_at"),
            f"(OLD.answered_at IS NOT NULL AND {_said('answer')})",
        )
    ),
}


class Migration(migrations.Migration):
    dependencies = [("grants", "0001_initial")]
    operations = [
        *(
            Refuse(Refusal(f"grants_{name}_no_delete", f"grants_{name}", "DELETE", MESSAGE, condition))
            for name, condition in NOT_DELETED.items()
        ),
        *(
            Refuse(Refusal(f"grants_{name}_stays", f"grants_{name}", "UPDATE", FIXED, condition))
            for name, condition in STAYS.items()
        ),
        *append_only("grants_drawing"),
        *append_only("grants_worklist"),
    ]
