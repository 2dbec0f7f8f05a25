"""What was awarded and when does not change; a badge is revoked once, and erased once."""

from django.db import migrations

from talanoa.kernel.refusals import Refusal, Refuse

MESSAGE = "deletion_forbidden: what was awarded stays on the record"
FIXED = "deletion_forbidden: what was awarded changes only by being revoked or erased, and for good"
KEPT = (
    "public_id",
    "achievement",
    "version",
    "title",
    "criteria",
    "level",
    "competencies",
    "evidence",
    "awarded_at",
    "entry_id",
    "sha256",
    "list_number",
    "place",
)
CHANGED = (
    *(f"NEW.{name} <> OLD.{name}" for name in KEPT),
    "(NEW.token <> OLD.token AND NEW.erased_at IS NULL)",
    "(NEW.name <> OLD.name AND NEW.erased_at IS NULL)",
    "(NEW.holder_id IS NOT NULL AND (OLD.holder_id IS NULL OR NEW.holder_id <> OLD.holder_id))",
    "(NEW.erased_at IS NOT NULL AND (NEW.token <> '' OR NEW.name <> '' OR NEW.holder_id IS NOT NULL))",
    "(OLD.revoked_at IS NOT NULL AND (NEW.revoked_at IS NULL OR NEW.revoked_at <> OLD.revoked_at))",
    "(OLD.erased_at IS NOT NULL AND (NEW.erased_at IS NULL OR NEW.erased_at <> OLD.erased_at))",
)


class Migration(migrations.Migration):
    dependencies = [("badges", "0001_initial")]
    operations = [
        Refuse(Refusal("badges_badge_no_delete", "badges_badge", "DELETE", MESSAGE)),
        Refuse(Refusal("badges_badge_fixed", "badges_badge", "UPDATE", FIXED, " OR ".join(CHANGED))),
        Refuse(Refusal("badges_issuer_no_delete", "badges_issuer", "DELETE", MESSAGE)),
        Refuse(Refusal("badges_issuer_fixed", "badges_issuer", "UPDATE", FIXED)),
    ]
