from django.db import migrations, models

# Django would rebuild the table on SQLite, and its triggers (no deletion, the search index) would be lost with the old
# one. Both databases add this column in place, with its constraint.
ADD = """ALTER TABLE inputs_input ADD COLUMN language_source varchar(12) NOT NULL DEFAULT 'detected'
CONSTRAINT input_language_said_is_one CHECK (language <> '' OR language_source = 'detected')"""
DROP = "ALTER TABLE inputs_input DROP COLUMN language_source"


class Migration(migrations.Migration):
    dependencies = [("inputs", "0004_list_replies")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(ADD, DROP)],
            state_operations=[
                migrations.AddField(
                    model_name="input",
                    name="language_source",
                    field=models.CharField(
                        choices=[
                            ("stated", "as it was sent"),
                            ("detected", "found by a program"),
                            ("corrected", "said by a person who read it"),
                        ],
                        db_default="detected",
                        max_length=12,
                    ),
                ),
                # Whatever stands for "nobody said" is Python's alone.
                migrations.AlterField(
                    model_name="input",
                    name="language",
                    field=models.CharField(blank=True, max_length=12, verbose_name="language"),
                ),
                migrations.AddConstraint(
                    model_name="input",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("language", ""), _negated=True)
                        | models.Q(("language_source", "detected")),
                        name="input_language_said_is_one",
                    ),
                ),
            ],
        ),
    ]
