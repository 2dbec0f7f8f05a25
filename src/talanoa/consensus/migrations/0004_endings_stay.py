from django.db import migrations

from talanoa.kernel.refusals import append_only


class Migration(migrations.Migration):
    dependencies = [("consensus", "0003_ending")]
    operations = [*append_only("consensus_ending")]
