from django.db import migrations

from talanoa.kernel.refusals import Refusal, Refuse

SAID = "deletion_forbidden: what was said stays on the record"
DECIDED = "deletion_forbidden: what was flagged, decided and appealed stays on the record"
ACT_STAYS = (
    "OLD.entry_id IS NOT NULL AND (NEW.entry_id <> OLD.entry_id OR NEW.act <> OLD.act OR NEW.reason <> OLD.reason"
    " OR NEW.at <> OLD.at OR NEW.contribution_id <> OLD.contribution_id)"
)
APPEAL_STAYS = "NEW.entry_id <> OLD.entry_id OR NEW.raised_at <> OLD.raised_at OR NEW.decide_by <> OLD.decide_by"
RULING_STAYS = "OLD.decided_at IS NOT NULL AND (NEW.outcome <> OLD.outcome OR NEW.decided_at <> OLD.decided_at)"


class Migration(migrations.Migration):
    dependencies = [("contributions", "0001_initial")]
    operations = [
        Refuse(Refusal("contribution_no_delete", "contributions_contribution", "DELETE", SAID)),
        Refuse(Refusal("authorship_no_delete", "contributions_authorship", "DELETE", SAID)),
        Refuse(Refusal("dispute_no_delete", "contributions_dispute", "DELETE", SAID)),
        Refuse(Refusal("response_no_delete", "contributions_response", "DELETE", SAID, "OLD.approved_at IS NOT NULL")),
        Refuse(Refusal("answer_no_delete", "contributions_answer", "DELETE", SAID, "OLD.sent_at IS NOT NULL")),
        Refuse(Refusal("contribution_number_stays", "contributions_contribution", "UPDATE", SAID, "NEW.number <> OLD.number OR NEW.process_id <> OLD.process_id")),
        Refuse(Refusal("flag_no_delete", "contributions_flag", "DELETE", DECIDED)),
        Refuse(Refusal("moderationact_no_delete", "contributions_moderationact", "DELETE", DECIDED)),
        Refuse(Refusal("moderationact_stays", "contributions_moderationact", "UPDATE", DECIDED, ACT_STAYS)),
        Refuse(Refusal("appeal_no_delete", "contributions_appeal", "DELETE", DECIDED)),
        Refuse(Refusal("appeal_stays", "contributions_appeal", "UPDATE", DECIDED, APPEAL_STAYS)),
        Refuse(Refusal("ruling_stays", "contributions_appeal", "UPDATE", DECIDED, RULING_STAYS)),
        Refuse(Refusal("pile_no_delete", "contributions_pile", "DELETE", SAID)),
        Refuse(Refusal("signatory_no_delete", "contributions_signatory", "DELETE", SAID)),
        Refuse(Refusal("signatory_stays_apart", "contributions_signatory", "UPDATE", SAID, "OLD.left_at IS NOT NULL OR NEW.contribution_id <> OLD.contribution_id OR NEW.pile_id <> OLD.pile_id")),
    ]
