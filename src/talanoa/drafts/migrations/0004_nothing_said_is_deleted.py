from django.db import migrations

from talanoa.kernel.refusals import Refusal, Refuse

MESSAGE = "deletion_forbidden: what was said stays on the record"


class Migration(migrations.Migration):
    dependencies = [("drafts", "0003_remarks")]
    operations = [
        Refuse(Refusal("comment_no_delete", "drafts_comment", "DELETE", MESSAGE)),
        Refuse(Refusal("suggestion_no_delete", "drafts_suggestion", "DELETE", MESSAGE)),
        Refuse(Refusal("disposition_no_delete", "drafts_disposition", "DELETE", MESSAGE)),
        Refuse(Refusal("disposition_no_update", "drafts_disposition", "UPDATE", MESSAGE)),
        Refuse(Refusal("disposed_no_delete", "drafts_disposed", "DELETE", MESSAGE)),
        Refuse(Refusal("disposed_no_update", "drafts_disposed", "UPDATE", MESSAGE)),
        Refuse(Refusal("need_no_delete", "drafts_need", "DELETE", MESSAGE)),
    ]
