"""What somebody corrected, and what they were answered, stays."""

from django.db import migrations

from talanoa.kernel.refusals import Refusal, Refuse

MESSAGE = "deletion_forbidden: a correction stays with its answer"


class Migration(migrations.Migration):
    dependencies = [("registry", "0001_initial")]
    operations = [Refuse(Refusal("correction_no_delete", "registry_correction", "DELETE", MESSAGE))]
