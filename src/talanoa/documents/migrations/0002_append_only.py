from django.db import migrations

from talanoa.kernel.refusals import append_only


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_initial")]
    operations = [*append_only("documents_revision"), *append_only("documents_paragraph")]
