from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def say_who_said(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """What came by a form or a command was chosen there; of mails and imports a program took a language."""
    rows = apps.get_model("inputs", "Input").objects.exclude(language="")
    rows.exclude(contribution__channel__in=("mail", "import")).update(language_source="stated")


class Migration(migrations.Migration):
    dependencies = [("inputs", "0005_language_source"), ("contributions", "0007_piles")]

    operations = [migrations.RunPython(say_who_said, migrations.RunPython.noop)]
