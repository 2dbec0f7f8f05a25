from django.db import migrations

from talanoa.kernel.refusals import Refusal, Refuse, append_only

EARLY = "review_period_running: no decision before the review period ends and the report is final"
SHORTER = "review_period_running: the end of a review period can only move later"
SEALED = "deletion_forbidden: a sealed report stays as it is"
_FINAL = "COALESCE((SELECT final_at FROM reports_report WHERE id = NEW.report_id), '9999-12-31')"
_ENDS = "COALESCE((SELECT review_ends_at FROM reports_report WHERE id = NEW.report_id), '9999-12-31')"
UNORDERED = "review_period_running: final only after the review period, decided only after that"
DATED = "deletion_forbidden: what was sealed, made final or decided stays dated so"
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
    dependencies = [("reports", "0001_initial"), ("processes", "0001_initial")]
    operations = [
        Refuse(
            Refusal(
                "decision_not_early",
                "reports_recommendationanswer",
                "INSERT",
                EARLY,
                f"NEW.decided_at < {_FINAL} OR NEW.decided_at < {_ENDS}",
            )
        ),
        *append_only("reports_recommendationanswer"),
        Refuse(
            Refusal(
                "review_not_shorter",
                "reports_report",
                "UPDATE",
                SHORTER,
                "OLD.review_ends_at IS NOT NULL AND (NEW.review_ends_at IS NULL OR NEW.review_ends_at < OLD.review_ends_at)",
            )
        ),
        Refuse(
            Refusal(
                "sealed_report_stays",
                "reports_report",
                "UPDATE",
                SEALED,
                "OLD.sealed_revision_id IS NOT NULL AND (NEW.sealed_revision_id IS NULL OR NEW.sealed_revision_id <> OLD.sealed_revision_id)",
            )
        ),
        Refuse(Refusal("sealed_report_no_delete", "reports_report", "DELETE", SEALED, "OLD.sealed_at IS NOT NULL")),
        Refuse(
            Refusal(
                "decided_needs_decision",
                "processes_process",
                "UPDATE",
                EARLY,
                "NEW.state IN ('decided', 'follow_up', 'closed') AND NOT EXISTS (SELECT 1 FROM reports_report WHERE process_id = NEW.id AND decided_at IS NOT NULL)",
            )
        ),
        Refuse(Refusal("report_dates_in_order", "reports_report", "UPDATE", UNORDERED, _OUT_OF_ORDER)),
        Refuse(Refusal("report_begins_in_order", "reports_report", "INSERT", UNORDERED, _OUT_OF_ORDER)),
        Refuse(Refusal("report_dates_stay", "reports_report", "UPDATE", DATED, _MOVED)),
    ]
