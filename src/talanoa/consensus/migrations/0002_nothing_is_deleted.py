from django.db import migrations

from talanoa.kernel.refusals import Refusal, Refuse

MESSAGE = "deletion_forbidden: what was asked, said and found stays on the record"
TABLES = ("call", "position", "estimate", "objection", "handling", "designation", "minoritystatement")


class Migration(migrations.Migration):
    dependencies = [("consensus", "0001_initial")]
    operations = [
        *(Refuse(Refusal(f"{name}_no_delete", f"consensus_{name}", "DELETE", MESSAGE)) for name in TABLES),
        Refuse(Refusal("estimate_no_update", "consensus_estimate", "UPDATE", MESSAGE)),
        Refuse(
            Refusal(
                "designation_level_stays",
                "consensus_designation",
                "UPDATE",
                MESSAGE,
                "OLD.level <> NEW.level OR OLD.reasons <> NEW.reasons OR OLD.call_id <> NEW.call_id"
                " OR OLD.recommendation <> NEW.recommendation OR OLD.designated_at <> NEW.designated_at",
            )
        ),
        Refuse(
            Refusal(
                "call_text_stays",
                "consensus_call",
                "UPDATE",
                MESSAGE,
                "OLD.revision_id <> NEW.revision_id OR OLD.question <> NEW.question OR OLD.closes_at > NEW.closes_at"
                " OR (OLD.declared_at IS NOT NULL AND OLD.declaration <> NEW.declaration)",
            )
        ),
    ]
