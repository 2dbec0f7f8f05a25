"""What was said in a practice room is learning, and can be deleted with the room; nothing real can."""

from django.db import migrations

from talanoa.kernel.refusals import Refusal, Refuse, Relent

PROCESS = "EXISTS (SELECT 1 FROM processes_process rp WHERE rp.is_practice AND rp.id = {})"
OF_PROCESS = PROCESS.format("OLD.process_id")
SAID = PROCESS.format("(SELECT rc.process_id FROM contributions_contribution rc WHERE rc.id = OLD.contribution_id)")
OF_DRAFT = PROCESS.format("(SELECT rd.process_id FROM drafts_draft rd WHERE rd.id = OLD.draft_id)")
OF_CALL = PROCESS.format("(SELECT rk.process_id FROM consensus_call rk WHERE rk.id = OLD.call_id)")
OF_OBJECTION = PROCESS.format(
    "(SELECT rc.process_id FROM contributions_contribution rc JOIN consensus_objection ro ON ro.contribution_id = rc.id"
    " WHERE ro.id = OLD.objection_id)"
)
OF_DISPOSITION = PROCESS.format(
    "(SELECT rd.process_id FROM drafts_draft rd JOIN drafts_disposition rs ON rs.draft_id = rd.id"
    " WHERE rs.id = OLD.disposition_id)"
)
DOCUMENT = (
    "EXISTS (SELECT 1 FROM processes_process rp WHERE rp.is_practice AND (rp.charter_id = {0} OR EXISTS"
    " (SELECT 1 FROM drafts_draft rd WHERE rd.process_id = rp.id AND rd.document_id = {0})))"
)
OF_DOCUMENT = DOCUMENT.format("OLD.document_id")
OF_REVISION = DOCUMENT.format("(SELECT rr.document_id FROM documents_revision rr WHERE rr.id = OLD.revision_id)")
OF_LOG = "EXISTS (SELECT 1 FROM record_log rl WHERE rl.id = OLD.log_id AND rl.name <> 'real')"
KEPT = "deletion_forbidden: what was said stays on the record"
DRAFTED = "deletion_forbidden: what was published and said stays on the record"
CALLED = "deletion_forbidden: what was asked, said and found stays on the record"


def _relent(name: str, table: str, message: str, unless: str, condition: str = "") -> Relent:
    return Relent(Refusal(name, table, "DELETE", message, condition), unless)


def _of_table(table: str, unless: str) -> Relent:
    return _relent(f"{table}_no_delete", table, f"deletion_forbidden: {table} is append-only", unless)


class Migration(migrations.Migration):
    dependencies = [
        ("practice", "0001_initial"),
        ("consensus", "0002_nothing_is_deleted"),
        ("contributions", "0002_nothing_is_deleted"),
        ("documents", "0002_append_only"),
        ("drafts", "0002_nothing_is_deleted"),
        ("inputs", "0002_nothing_is_deleted"),
        ("processes", "0003_rooms"),
        ("record", "0002_append_only"),
    ]
    operations = [
        Refuse(
            Refusal(
                "log_name_stays",
                "record_log",
                "UPDATE",
                "space_crossed: a log keeps its name, so that the record is never taken for practice",
                "NEW.name <> OLD.name",
            )
        ),
        _relent(
            "published_charter_no_delete",
            "processes_charterversion",
            "deletion_forbidden: a published charter stays as it is",
            OF_PROCESS,
            "OLD.published_at IS NOT NULL",
        ),
        _relent("contribution_no_delete", "contributions_contribution", KEPT, OF_PROCESS),
        _relent("authorship_no_delete", "contributions_authorship", KEPT, SAID),
        _relent("input_no_delete", "inputs_input", KEPT, SAID),
        _of_table("documents_revision", OF_DOCUMENT),
        _of_table("documents_paragraph", OF_REVISION),
        _relent("draft_no_delete", "drafts_draft", DRAFTED, OF_PROCESS),
        _relent("drafting_no_delete", "drafts_drafting", DRAFTED, OF_DRAFT),
        _relent("comment_no_delete", "drafts_comment", DRAFTED, SAID),
        _relent("suggestion_no_delete", "drafts_suggestion", DRAFTED, SAID),
        _relent("disposition_no_delete", "drafts_disposition", DRAFTED, OF_DRAFT),
        _relent("disposed_no_delete", "drafts_disposed", DRAFTED, OF_DISPOSITION),
        _relent("call_no_delete", "consensus_call", CALLED, OF_PROCESS),
        _relent("position_no_delete", "consensus_position", CALLED, OF_CALL),
        _relent("objection_no_delete", "consensus_objection", CALLED, SAID),
        _relent("handling_no_delete", "consensus_handling", CALLED, OF_OBJECTION),
        _relent("designation_no_delete", "consensus_designation", CALLED, OF_CALL),
        _of_table("record_entry", OF_LOG),
        _of_table("record_node", OF_LOG),
        _of_table("record_checkpoint", OF_LOG),
    ]
