from django.db import migrations

from talanoa.kernel.refusals import Refusal, Refuse

MESSAGE = "deletion_forbidden: a published charter stays as it is"


class Migration(migrations.Migration):
    dependencies = [("processes", "0001_initial")]
    operations = [
        Refuse(Refusal("published_charter_no_update", "processes_charterversion", "UPDATE", MESSAGE, "OLD.published_at IS NOT NULL")),
        Refuse(Refusal("published_charter_no_delete", "processes_charterversion", "DELETE", MESSAGE, "OLD.published_at IS NOT NULL")),
    ]
