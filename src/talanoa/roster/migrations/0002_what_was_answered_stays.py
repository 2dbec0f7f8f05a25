"""Listings, requests and who was asked stay; numbers, clocks and what was answered do not change."""

from django.db import migrations

from talanoa.kernel.refusals import Refusal, Refuse

MESSAGE = "deletion_forbidden: what was asked and answered stays on the record"
TABLES = ("expert", "expertrequest", "assignment")
FIXED = "deletion_forbidden: what was answered and by when does not change"


class Migration(migrations.Migration):
    dependencies = [("roster", "0001_initial")]
    operations = [
        *(
            Refuse(Refusal(f"roster_{name}_no_delete", f"roster_{name}", "DELETE", MESSAGE))
            for name in TABLES
        ),
        Refuse(
            Refusal(
                "roster_expert_left",
                "roster_expert",
                "UPDATE",
                FIXED,
                "NEW.number <> OLD.number OR NEW.person_id <> OLD.person_id"
                " OR (OLD.left_at IS NOT NULL AND NEW.left_at IS NULL)",
            )
        ),
        Refuse(
            Refusal(
                "roster_assignment_answer",
                "roster_assignment",
                "UPDATE",
                FIXED,
                "NEW.number <> OLD.number OR NEW.expert_id <> OLD.expert_id OR NEW.answer_by <> OLD.answer_by"
                " OR (OLD.state <> 'asked' AND NEW.state <> OLD.state)",
            )
        ),
    ]
