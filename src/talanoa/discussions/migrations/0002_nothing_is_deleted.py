from django.db import migrations

from talanoa.kernel.refusals import Refusal, Refuse

MESSAGE = "deletion_forbidden: what was said stays on the record"


class Migration(migrations.Migration):
    dependencies = [("discussions", "0001_initial")]
    operations = [
        Refuse(Refusal("thread_no_delete", "discussions_thread", "DELETE", MESSAGE)),
        Refuse(Refusal("message_no_delete", "discussions_message", "DELETE", MESSAGE)),
        Refuse(Refusal("summary_no_delete", "discussions_summary", "DELETE", MESSAGE)),
        Refuse(Refusal("summary_no_update", "discussions_summary", "UPDATE", MESSAGE)),
    ]
