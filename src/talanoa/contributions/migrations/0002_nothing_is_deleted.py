from django.db import migrations

from talanoa.kernel.refusals import Refusal, Refuse

MESSAGE = "deletion_forbidden: what was said stays on the record"


class Migration(migrations.Migration):
    dependencies = [("contributions", "0001_initial")]
    operations = [
        Refuse(Refusal("contribution_no_delete", "contributions_contribution", "DELETE", MESSAGE)),
        Refuse(Refusal("authorship_no_delete", "contributions_authorship", "DELETE", MESSAGE)),
        Refuse(Refusal("dispute_no_delete", "contributions_dispute", "DELETE", MESSAGE)),
        Refuse(Refusal("response_no_delete", "contributions_response", "DELETE", MESSAGE, "OLD.approved_at IS NOT NULL")),
        Refuse(Refusal("answer_no_delete", "contributions_answer", "DELETE", MESSAGE, "OLD.sent_at IS NOT NULL")),
        Refuse(Refusal("contribution_number_stays", "contributions_contribution", "UPDATE", MESSAGE, "NEW.number <> OLD.number OR NEW.process_id <> OLD.process_id")),
    ]
