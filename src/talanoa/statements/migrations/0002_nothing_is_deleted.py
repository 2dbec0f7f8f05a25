from django.db import migrations

from talanoa.kernel.refusals import Refusal, Refuse

SAID = "deletion_forbidden: what was asked, stated and voted stays as it was cast"
# Words may be emptied, where they are erased, and never changed.
STAYS = {
    "round": (
        "NEW.process_id <> OLD.process_id OR NEW.number <> OLD.number OR NEW.question <> OLD.question"
        " OR NEW.opened_at <> OLD.opened_at OR NEW.closes_at < OLD.closes_at"
        " OR (OLD.source <> '' AND NEW.source <> OLD.source) OR (OLD.import_sha256 <> '' AND NEW.import_sha256 <> OLD.import_sha256)"
        " OR (OLD.closed_at IS NOT NULL AND (NEW.closed_at IS NULL OR NEW.closed_at <> OLD.closed_at))"
    ),
    "statement": (
        "NEW.contribution_id <> OLD.contribution_id OR NEW.round_id <> OLD.round_id OR NEW.place <> OLD.place"
        " OR NEW.is_convenors <> OLD.is_convenors OR (NEW.text <> OLD.text AND NEW.text <> '')"
    ),
    "ballot": (
        "NEW.voter_id <> OLD.voter_id OR NEW.channel <> OLD.channel OR NEW.cast_at <> OLD.cast_at"
        " OR NEW.dedup_key <> OLD.dedup_key OR COALESCE(NEW.entered_by_id, 0) <> COALESCE(OLD.entered_by_id, 0)"
        " OR (NEW.lines <> OLD.lines AND NEW.lines <> '') OR (NEW.name <> OLD.name AND NEW.name <> '')"
        " OR (OLD.entry_id IS NOT NULL AND (NEW.entry_id IS NULL OR NEW.entry_id <> OLD.entry_id))"
    ),
    "voter": (
        "NEW.round_id <> OLD.round_id OR COALESCE(NEW.participant_id, 0) <> COALESCE(OLD.participant_id, 0)"
        " OR COALESCE(NEW.pseudonym, -1) <> COALESCE(OLD.pseudonym, -1)"
        " OR (OLD.pseudonym IS NOT NULL AND (NEW.votes <> OLD.votes OR NEW.erased_at IS NOT NULL))"
    ),
}
FINAL = "OLD.is_final"


class Migration(migrations.Migration):
    dependencies = [("statements", "0001_initial")]
    operations = [
        *(Refuse(Refusal(f"{name}_no_delete", f"statements_{name}", "DELETE", SAID)) for name in STAYS),
        *(
            Refuse(Refusal(f"{name}_stays", f"statements_{name}", "UPDATE", SAID, condition))
            for name, condition in STAYS.items()
        ),
        *(
            Refuse(Refusal(f"final_result_no_{event.lower()}", "statements_result", event, SAID, FINAL))
            for event in ("UPDATE", "DELETE")
        ),
    ]
