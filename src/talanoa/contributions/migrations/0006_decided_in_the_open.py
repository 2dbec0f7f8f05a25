from django.db import migrations

from talanoa.kernel.refusals import Refusal, Refuse

MESSAGE = "deletion_forbidden: what was flagged, decided and appealed stays on the record"
ACT_STAYS = (
    "OLD.entry_id IS NOT NULL AND (NEW.entry_id <> OLD.entry_id OR NEW.act <> OLD.act OR NEW.reason <> OLD.reason"
    " OR NEW.at <> OLD.at OR NEW.contribution_id <> OLD.contribution_id)"
)
APPEAL_STAYS = "NEW.entry_id <> OLD.entry_id OR NEW.raised_at <> OLD.raised_at OR NEW.decide_by <> OLD.decide_by"
RULING_STAYS = "OLD.decided_at IS NOT NULL AND (NEW.outcome <> OLD.outcome OR NEW.decided_at <> OLD.decided_at)"


class Migration(migrations.Migration):
    dependencies = [("contributions", "0005_moderation")]
    operations = [
        Refuse(Refusal("flag_no_delete", "contributions_flag", "DELETE", MESSAGE)),
        Refuse(Refusal("moderationact_no_delete", "contributions_moderationact", "DELETE", MESSAGE)),
        Refuse(Refusal("moderationact_stays", "contributions_moderationact", "UPDATE", MESSAGE, ACT_STAYS)),
        Refuse(Refusal("appeal_no_delete", "contributions_appeal", "DELETE", MESSAGE)),
        Refuse(Refusal("appeal_stays", "contributions_appeal", "UPDATE", MESSAGE, APPEAL_STAYS)),
        Refuse(Refusal("ruling_stays", "contributions_appeal", "UPDATE", MESSAGE, RULING_STAYS)),
    ]
