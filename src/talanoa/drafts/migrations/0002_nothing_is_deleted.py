from django.db import migrations

from talanoa.kernel.refusals import Refusal, Refuse

MESSAGE = "deletion_forbidden: what was published and said stays on the record"
TABLES = ("draft", "drafting", "comment", "suggestion", "disposition", "disposed", "need")
FIXED = ("drafting", "disposition", "disposed")


class Migration(migrations.Migration):
    dependencies = [("drafts", "0001_initial")]
    operations = [
        *(Refuse(Refusal(f"{name}_no_delete", f"drafts_{name}", "DELETE", MESSAGE)) for name in TABLES),
        *(Refuse(Refusal(f"{name}_no_update", f"drafts_{name}", "UPDATE", MESSAGE)) for name in FIXED),
    ]
