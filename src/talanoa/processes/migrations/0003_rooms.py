from django.db import migrations, models

from talanoa.kernel.refusals import Refusal, Refuse

CROSSED = "space_crossed: what is practice stays practice, and what is real stays real"


class Migration(migrations.Migration):
    dependencies = [("processes", "0002_what_was_published_stays")]
    operations = [
        # Without a default, so that SQLite adds a column and keeps the triggers of the table.
        migrations.AddField("process", "seed", models.BinaryField(editable=False, max_length=32, null=True)),
        Refuse(Refusal("process_space_stays", "processes_process", "UPDATE", CROSSED, "NEW.is_practice <> OLD.is_practice")),
    ]
