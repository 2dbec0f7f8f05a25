"""The words of a course, the points of an answer and what a judge found stay as they were; who passed stays so."""

from django.db import migrations

from talanoa.kernel.refusals import Refusal, Refuse

FIXED = "deletion_forbidden: what was learned, answered and judged does not change"
UNCHANGED = {
    "courseversion": "TRUE",
    "answer": "NEW.sha256 <> OLD.sha256 OR NEW.most <> OLD.most OR NEW.learner_id <> OLD.learner_id"
    " OR COALESCE(NEW.score, -1) <> COALESCE(OLD.score, -1)",
    "judgment": "NEW.score <> OLD.score OR NEW.answer_id <> OLD.answer_id OR NEW.is_own <> OLD.is_own",
    "learner": "NEW.run_id <> OLD.run_id OR NEW.person_id <> OLD.person_id"
    " OR (OLD.passed_at IS NOT NULL AND NEW.passed_at IS NULL)",
    "run": "NEW.version_id <> OLD.version_id OR (OLD.closed_at IS NOT NULL AND NEW.closed_at IS NULL)",
}


class Migration(migrations.Migration):
    dependencies = [("learning", "0001_initial")]
    operations = [
        Refuse(Refusal(f"learning_{name}_fixed", f"learning_{name}", "UPDATE", FIXED, condition))
        for name, condition in UNCHANGED.items()
    ]
