from django.db import migrations

from talanoa.kernel.refusals import Refusal, Refuse, append_only

SAID = "deletion_forbidden: what was asked, said and found stays on the record"
TABLES = ("call", "position", "estimate", "evidence", "objection", "handling", "designation", "minoritystatement")
CONTESTED = "deletion_forbidden: what was challenged, appealed, drawn and found stays on the record"
KEPT = (
    "challenge",
    "panelappeal",
    "argument",
    "supporter",
    "paneldraw",
    "panelmember",
    "opinion",
)
# Words may be emptied, where they are erased, and never changed.
STAYS = {
    "designation_annulled": (
        "designation",
        "OLD.annulled_at IS NOT NULL AND (NEW.annulled_at IS NULL OR NEW.annulled_at <> OLD.annulled_at)",
    ),
    "challenge": (
        "challenge",
        "NEW.designation_id <> OLD.designation_id OR NEW.raised_at <> OLD.raised_at OR NEW.answer_by <> OLD.answer_by"
        " OR (NEW.text <> OLD.text AND NEW.text <> '')"
        " OR (OLD.answered_at IS NOT NULL AND (NEW.outcome <> OLD.outcome OR NEW.answered_at <> OLD.answered_at"
        " OR (NEW.answer <> OLD.answer AND NEW.answer <> '')))",
    ),
    "argument": (
        "argument",
        "NEW.appeal_id <> OLD.appeal_id OR NEW.number <> OLD.number OR (NEW.text <> OLD.text AND NEW.text <> '')",
    ),
    "paneldraw": (
        "paneldraw",
        "NEW.appeal_id <> OLD.appeal_id OR NEW.method <> OLD.method OR NEW.seats <> OLD.seats"
        " OR CAST(NEW.sources AS TEXT) <> CAST(OLD.sources AS TEXT) OR NEW.known_at <> OLD.known_at"
        " OR NEW.announced_at <> OLD.announced_at OR (OLD.drawn_at IS NOT NULL AND (NEW.key <> OLD.key"
        " OR CAST(NEW.said AS TEXT) <> CAST(OLD.said AS TEXT) OR NEW.drawn_at <> OLD.drawn_at))",
    ),
    "panelmember": (
        "panelmember",
        "NEW.draw_id <> OLD.draw_id OR NEW.number <> OLD.number OR NEW.participant_id <> OLD.participant_id"
        " OR (OLD.place IS NOT NULL AND (NEW.place IS NULL OR NEW.place <> OLD.place))"
        " OR (OLD.left_at IS NOT NULL AND (NEW.left_at IS NULL OR NEW.state <> OLD.state))",
    ),
    "opinion": (
        "opinion",
        "NEW.member_id <> OLD.member_id OR NEW.outcome <> OLD.outcome OR NEW.given_at <> OLD.given_at",
    ),
}


class Migration(migrations.Migration):
    dependencies = [("consensus", "0001_initial")]
    operations = [
        *(Refuse(Refusal(f"{name}_no_delete", f"consensus_{name}", "DELETE", SAID)) for name in TABLES),
        Refuse(Refusal("estimate_no_update", "consensus_estimate", "UPDATE", SAID)),
        Refuse(Refusal("evidence_no_update", "consensus_evidence", "UPDATE", SAID)),
        Refuse(
            Refusal(
                "designation_level_stays",
                "consensus_designation",
                "UPDATE",
                SAID,
                "OLD.level <> NEW.level OR OLD.reasons <> NEW.reasons OR OLD.call_id <> NEW.call_id"
                " OR OLD.recommendation <> NEW.recommendation OR OLD.designated_at <> NEW.designated_at",
            )
        ),
        Refuse(
            Refusal(
                "call_text_stays",
                "consensus_call",
                "UPDATE",
                SAID,
                "OLD.revision_id <> NEW.revision_id OR OLD.question <> NEW.question OR OLD.closes_at > NEW.closes_at"
                " OR (OLD.declared_at IS NOT NULL AND OLD.declaration <> NEW.declaration)",
            )
        ),
        *append_only("consensus_ending"),
        *(Refuse(Refusal(f"{name}_no_delete", f"consensus_{name}", "DELETE", CONTESTED)) for name in KEPT),
        *(
            Refuse(Refusal(f"{name}_stays", f"consensus_{table}", "UPDATE", CONTESTED, condition))
            for name, (table, condition) in STAYS.items()
        ),
    ]
