"""What was brought, answered and replied stays; numbers, outcomes and a running clock do not change."""

from django.db import migrations

from talanoa.kernel.refusals import Refusal, Refuse

MESSAGE = "deletion_forbidden: what was said stays on the record"
TABLES = ("issue", "bringer", "answer", "referral", "reply")
FIXED = "deletion_forbidden: what was answered and by when does not change"


class Migration(migrations.Migration):
    dependencies = [("desk", "0001_initial")]
    operations = [
        *(Refuse(Refusal(f"desk_{name}_no_delete", f"desk_{name}", "DELETE", MESSAGE)) for name in TABLES),
        Refuse(
            Refusal(
                "desk_issue_clock",
                "desk_issue",
                "UPDATE",
                FIXED,
                "NEW.number <> OLD.number OR (OLD.state <> 'unconfirmed' AND NEW.due_at <> OLD.due_at)",
            )
        ),
        Refuse(
            Refusal(
                "desk_answer_outcome",
                "desk_answer",
                "UPDATE",
                FIXED,
                "NEW.outcome <> OLD.outcome OR NEW.number <> OLD.number OR NEW.answered_at <> OLD.answered_at",
            )
        ),
    ]
