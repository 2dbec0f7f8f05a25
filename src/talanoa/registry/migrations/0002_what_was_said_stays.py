"""What somebody corrected, judged, wrote to a body or said was missed stays, with its answer."""

from django.db import migrations

from talanoa.kernel.refusals import Refusal, Refuse, append_only

MESSAGE = "deletion_forbidden: what was said stays on the record"
TABLES = ("correction", "liaison", "missed")


class Migration(migrations.Migration):
    dependencies = [("registry", "0001_initial")]
    operations = [
        *append_only("registry_judgement"),
        *append_only("registry_clearance"),
        *(Refuse(Refusal(f"{name}_no_delete", f"registry_{name}", "DELETE", MESSAGE)) for name in TABLES),
    ]
