from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("contributions", "0008_interests")]
    operations = [
        migrations.SeparateDatabaseAndState(
            # By hand: Django would build the table anew on SQLite, and its trigger would be gone.
            [
                migrations.RunSQL(
                    "ALTER TABLE contributions_authorship ADD COLUMN subgroup varchar(80) NOT NULL DEFAULT ''",
                    "ALTER TABLE contributions_authorship DROP COLUMN subgroup",
                )
            ],
            [
                migrations.AddField(
                    "authorship", "subgroup", models.CharField(blank=True, db_default="", max_length=80)
                )
            ],
        )
    ]
