"""Each application is shown with who applies by itself: a rolling call judges some while others come in."""

from django.db import migrations, models

CARRY_OVER = """
UPDATE grants_application
SET unblinded_at = (SELECT c.unblinded_at FROM grants_researchcall c WHERE c.id = grants_application.call_id)
WHERE number IS NOT NULL
"""


class Migration(migrations.Migration):
    dependencies = [("grants", "0002_what_was_judged_stays")]
    operations = [
        migrations.AddField("application", "unblinded_at", models.DateTimeField(null=True)),
        migrations.RunSQL(CARRY_OVER, migrations.RunSQL.noop),
        migrations.RemoveField("researchcall", "unblinded_at"),
    ]
