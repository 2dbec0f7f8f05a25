from django.db import migrations

from talanoa.kernel.refusals import Refusal, Refuse

MESSAGE = "deletion_forbidden: what was published stays"


class Migration(migrations.Migration):
    dependencies = [("drafts", "0001_initial")]
    operations = [
        Refuse(Refusal("draft_no_delete", "drafts_draft", "DELETE", MESSAGE)),
        Refuse(Refusal("drafting_no_delete", "drafts_drafting", "DELETE", MESSAGE)),
        Refuse(Refusal("drafting_no_update", "drafts_drafting", "UPDATE", MESSAGE)),
    ]
