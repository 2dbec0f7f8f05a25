from django.db import migrations

from talanoa.kernel.refusals import Refusal, Refuse, append_only

UNDECIDED = "default_undecided: a default changes only by an accepted recommendation of a decided process"
_DECIDED = (
    "SELECT 1 FROM reports_recommendationanswer a JOIN reports_report r ON r.id = a.report_id"
    " WHERE r.process_id = NEW.process_id AND a.number = NEW.recommendation AND a.answer = 'accepted'"
    " AND r.decided_at IS NOT NULL AND a.decided_at <= NEW.since"
)


class Migration(migrations.Migration):
    dependencies = [("place", "0001_initial"), ("processes", "0002_what_was_published_stays"), ("reports", "0002_publish_before_act")]
    operations = [
        *append_only("place_newsversion"),
        Refuse(
            Refusal("default_decided", "processes_defaultchange", "INSERT", UNDECIDED, f"NOT EXISTS ({_DECIDED})")
        ),
    ]
