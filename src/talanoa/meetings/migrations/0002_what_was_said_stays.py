"""What was announced, counted, written down and decided stays; words go by erasure only, a finding is stated once."""

from django.db import migrations

from talanoa.kernel.refusals import Refusal, Refuse, append_only

MESSAGE = "deletion_forbidden: what was announced and said stays on the record"
TABLES = ("meeting", "minutes", "spokenline", "correction", "meetingdecision")
FIXED = "deletion_forbidden: what was said and stated does not change"


def _keep(table: str, condition: str) -> Refuse:
    return Refuse(Refusal(f"meetings_{table}_stays", f"meetings_{table}", "UPDATE", FIXED, condition))


class Migration(migrations.Migration):
    dependencies = [("meetings", "0001_initial")]
    operations = [
        *(
            Refuse(Refusal(f"meetings_{name}_no_delete", f"meetings_{name}", "DELETE", MESSAGE))
            for name in TABLES
        ),
        *append_only("meetings_meetingversion"),
        *append_only("meetings_attendance"),
        *append_only("meetings_attendancecount"),
        _keep("meeting", "NEW.number <> OLD.number OR OLD.canceled_at IS NOT NULL"),
        _keep(
            "spokenline",
            "NEW.number <> OLD.number OR (NEW.ground = '' AND (NEW.text <> OLD.text OR NEW.name <> OLD.name))"
            " OR (NEW.ground <> '' AND (NEW.text <> '' OR NEW.name <> ''))",
        ),
        _keep("correction", "NEW.number <> OLD.number OR NEW.text NOT IN (OLD.text, '')"),
        _keep(
            "meetingdecision",
            "NEW.number <> OLD.number OR NEW.text <> OLD.text OR OLD.finding <> ''",
        ),
    ]
