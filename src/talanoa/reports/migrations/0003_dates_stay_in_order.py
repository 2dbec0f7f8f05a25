from django.db import migrations

from talanoa.kernel.refusals import Refusal, Refuse

EARLY = "review_period_running: final only after the review period, decided only after that"
STAYS = "deletion_forbidden: what was sealed, made final or decided stays dated so"
# A CHECK passes where a comparison with NULL is unknown; a trigger can say what a missing date means.
_OUT_OF_ORDER = (
    "(NEW.final_at IS NOT NULL AND (NEW.review_ends_at IS NULL OR NEW.final_at < NEW.review_ends_at))"
    " OR (NEW.decided_at IS NOT NULL AND (NEW.final_at IS NULL OR NEW.decided_at < NEW.final_at))"
)
_MOVED = " OR ".join(
    f"(OLD.{date} IS NOT NULL AND (NEW.{date} IS NULL OR NEW.{date} <> OLD.{date}))"
    for date in ("sealed_at", "final_at", "decided_at")
)


class Migration(migrations.Migration):
    dependencies = [("reports", "0002_publish_before_act")]
    operations = [
        Refuse(Refusal("report_dates_in_order", "reports_report", "UPDATE", EARLY, _OUT_OF_ORDER)),
        Refuse(Refusal("report_begins_in_order", "reports_report", "INSERT", EARLY, _OUT_OF_ORDER)),
        Refuse(Refusal("report_dates_stay", "reports_report", "UPDATE", STAYS, _MOVED)),
    ]
