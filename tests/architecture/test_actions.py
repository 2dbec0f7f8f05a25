"""Every public act is one transaction, takes its facts by name and stands on the record.

Read from the syntax trees, so that an act nobody has tested yet is held to it too.
"""

import ast

from architecture.acts import FACTS, Act, all_acts, read_acts, recorded
from architecture.source import python_files, short, syntax

# Acts that append no entry, each with the reason why nobody else needs to know of it.
WORKING_ACTS = {
    "archives.actions.following.hear_message": "one mail of a followed list; the record tells once a day what came",
    "archives.actions.following.set_aside": "counts what was not kept",
    "archives.actions.importing.counts_of": "a question about an import; writes nothing",
    "archives.actions.importing.describe": "part of beginning an import, or to follow a list",
    "archives.actions.importing.manifest_hash": "arithmetic; writes nothing",
    "archives.actions.indexing.index_words": "part of storing what an import read",
    "archives.actions.inserting.insert": "part of storing what an import read",
    "archives.actions.merging.find_merges": "lists what somebody is to decide; the decision is the act",
    "archives.actions.storing.store_new": "part of an import, or of taking in a mail of a followed list",
    "archives.actions.storing.add_batch": "part of an import, which is on the record as one entry",
    "archives.actions.threading.place": "part of storing what an import read",
    "badges.actions.awarding.open_issuer": "makes the key; every badge on the record names it",
    "contributions.actions.answering.change_draft": "changes a draft that nobody was told of",
    "contributions.actions.answering.discard_draft": "undoes a draft that nobody was told of",
    "contributions.actions.answering.draft_response": "a draft; approving it is the act",
    "contributions.actions.desk.file_under": "sorting at the desk; the answer to the theme is the act",
    "contributions.actions.desk.handle": "a private note and who takes care of it",
    "contributions.actions.desk.make_theme": "sorting at the desk; the answer to the theme is the act",
    "contributions.actions.desk.take_from": "undoes a filing that no answer has used",
    "contributions.actions.standing.author_of": "computes who speaks; writes nothing",
    "contributions.actions.standing.note_mentions": "part of the reception of the words that name the numbers",
    "contributions.actions.standing.register": "gives the number; the kind's own action appends the entry",
    "contributions.actions.standing.register_all": "as above",
    "documents.actions.revise": "the apps above put on the record what a revision means for them",
    "inputs.actions.listed.decline_listed": "what never became an input; nobody else knew of it",
    "inputs.actions.listed.forget_listed": "as above, by the clock",
    "inputs.actions.listed.mark_asked": "a letter asks one person",
    "inputs.actions.listed.note_reply": "what waits for its author's own word; confirming it is the act",
    "grants.actions.applying.attach_file": "part of a draft that nobody was told of",
    "grants.actions.applying.keep_draft": "a draft; handing it in is the act",
    "grants.actions.barring.note": "part of the act that finds a conflict of interest",
    "learning.actions.enrolling.enroll": "who learns what is the learner's own",
    "learning.actions.enrolling.keep_version": "part of beginning a course, or of opening a class",
    "learning.actions.enrolling.leave_course": "who learns what is the learner's own",
    "learning.actions.enrolling.pause_learning": "how much mail one person wants",
    "learning.actions.lettering.begin_lesson": "one person gets a letter",
    "learning.actions.lettering.note_digest": "as above",
    "learning.actions.lettering.note_reminded": "as above",
    "learning.actions.lettering.note_told": "as above",
    "learning.actions.leading.close_run": "who teaches whom is theirs",
    "learning.actions.leading.open_run": "who teaches whom is theirs",
    "mail.actions.claim_mail": "which sender has a letter in hand; tells nobody anything",
    "mail.actions.count_bounce": "letters came back; standing and rights stay as they are",
    "mail.actions.end_silence": "how much mail one person gets; touches nobody else",
    "mail.actions.follow": "how much mail one person wants; touches nobody else",
    "mail.actions.forget_exchange": "part of an erasure, which is on the record",
    "mail.actions.forget_subject": "part of an erasure, which is on the record",
    "mail.actions.forget_unnumbered": "part of an erasure, which is on the record",
    "mail.actions.give_up": "a letter that no server takes",
    "mail.actions.empty_raw": "what never became ours is forgotten",
    "mail.actions.keep_all": "keeps what came, before anything reads it",
    "mail.actions.keep_raw": "as above",
    "mail.actions.take_from_person": "part of reading a mail by hand, which is on the record",
    "mail.actions.number_raw": "part of confirming what came by a list, which is on the record",
    "mail.actions.mark_sent": "a letter left",
    "mail.actions.put_off": "a letter is tried again later",
    "mail.actions.queue_mail": "tells one person of an entry that stands already",
    "mail.actions.queue_all": "as above",
    "mail.actions.queue_letter": "as above",
    "people.actions.claim_address": "opens nothing; a conflict of interest that it makes is on the record",
    "people.actions.declare": "what a person says of themselves; each contribution freezes it",
    "people.actions.know_person": "a person becomes known by an act that is on the record itself",
    "people.actions.know_people": "as above",
    "people.actions.prefer_language": "in which language one person is written to",
    "people.actions.link_login": "ties a login to its person; gives no right",
    "people.actions.prove_address": "part of the act or the sign-in that shows it",
    "practice.actions.judging.give_level": "learning, between a trainer and one player",
    "practice.actions.deleting.delete_room": "what was practice leaves no trace of who practiced",
    "practice.actions.seating.note_asked": "one person gets a letter",
    "practice.actions.seating.join_room": "who plays a seat stands on no record, not even on that of the room",
    "processes.actions.announcing.note_seed": "an announcement, which is on the record, was seen on a list",
    "processes.actions.inviting.decline_invitation": "who stays away; only those who run the process see it",
    "processes.actions.inviting.decline_waiting": "as above, by whoever ends the letters of the process",
    "processes.actions.inviting.remind_invited": "one more letter, by the clock; the invitation is on the record",
    "processes.actions.roles.enter": "the act that brings a person in stands on the record",
    "processes.actions.roles.enter_all": "as above",
    "people.actions.keep_interests": "part of the act that puts the statement on the record",
    "processes.actions.roles.choose_subgroup": "it stands beside what one says from then on; nobody else is touched",
    "processes.actions.chartering.write_charter": "a working version; publishing it is the act",
    "processes.actions.overlapping.search_overlaps": "a search; what is made of it is the act",
    "processes.actions.overlapping.search_overlaps_again": "the same by the clock",
    "processes.actions.recording.line_of": "computes what is to be appended; writes nothing",
    "registry.actions.number_liaison": "gives the number; the act that sends the letter is on the record",
    "record.actions.entries_about": "a question for those who erase; writes nothing",
    "record.actions.keep_elsewhere": "part of an act whose entry commits to the new words",
    "statements.actions.rounds.count_all_running": "a count of what runs; the count of the closed round is the act",
    "statements.actions.rounds.count_running": "as above",
    "reports.actions.write_report": "a working revision; sealing it is the act",
}
# Acts that are no transaction of their own, each with the reason.
IN_THE_CALLERS_TRANSACTION = {
    "statements.actions.rounds.count_all_running": "counting takes seconds, and people vote on; what is kept is one",
    "statements.actions.rounds.count_running": "as above",
    "archives.actions.importing.counts_of": "a question; writes nothing",
    "archives.actions.importing.describe": "part of beginning an import or following a list, inside its transaction",
    "archives.actions.importing.manifest_hash": "arithmetic; writes nothing",
    "archives.actions.storing.store_new": "part of storing a batch, or one mail, inside its transaction",
    "archives.actions.indexing.index_words": "part of storing a batch, inside its transaction",
    "archives.actions.inserting.insert": "part of storing a batch, inside its transaction",
    "archives.actions.threading.place": "part of storing a batch, inside its transaction",
    "processes.actions.recording.line_of": "a question; writes nothing",
    "processes.actions.recording.put_all_on_record": "the entries are written in the transaction of their acts",
    "processes.actions.recording.put_on_record": "the entry is written in the transaction of its act",
    "record.actions.append": "refuses to run outside the transaction of its act (OutsideTransaction)",
    "record.actions.append_all": "as above",
    "record.actions.entries_about": "a question of the erasure, inside its transaction; changes no row",
    "record.actions.erase": "appends, so the transaction of its act holds it",
    "record.actions.keep_elsewhere": "moves what an act changes, inside its transaction",
}
# Acts on the record that name no `by=`: the installation's and the clock's own.
NOBODYS = {
    "archives.actions.following.note_heard": "the clock's",
    "contributions.actions.balancing.find_floor": "the clock's",
    "contributions.actions.balancing.find_floors": "the clock's",
    "consensus.actions.hearing.close_appeal": "the clock's",
    "consensus.actions.hearing.close_appeals": "the clock's",
    "consensus.actions.hearing.close_if_decided": "part of the step by which a panel decides",
    "contributions.actions.moderating.end_quarantine": "the clock's",
    "contributions.actions.moderating.end_quarantines": "the clock's",
    "contributions.actions.moderating.quarantine": "the clock's, by what the charter says of newcomers",
    "grants.actions.barring.step_back": "part of the act that bars somebody",
    "grants.actions.calling.keep_call": "the clock's",
    "grants.actions.calling.keep_calls": "the clock's",
    "learning.actions.awarding.award_course": "the clock's, on what the record says",
    "learning.actions.answering.pass_if_done": "part of the act by which somebody has all that a course asks for",
    "people.actions.appoint_convenor": "the operator's, from the command line",
    "practice.actions.performing.begin_drafting": "part of the first act after the call for input of a room",
    "practice.actions.performing.perform": "part of an act in a room, or a script's",
    "practice.actions.seating.hand_over_idle": "part of the end of a day",
    "processes.actions.stages.begin_stage": "part of the act that brings the stage about",
    "processes.actions.stages.keep_stage": "the clock's",
    "processes.actions.stages.keep_stages": "the clock's",
    "inputs.actions.receiving.receive_inputs": "each input names who acts",
    "processes.actions.recording.put_all_on_record": "each line was made of an act that names them",
    "record.actions.append": "the writer itself",
    "record.actions.append_all": "the writer itself",
    "record.actions.erase": "the writer itself",
    "record.actions.open_log": "the founding of the log",
    "registry.actions.load_registry": "the operator's, from the command line, and the founding's",
    "reports.actions.end_review": "the clock's",
    "reports.actions.end_reviews": "the clock's",
    "statements.actions.rounds.close_rounds": "the clock's",
    "roster.actions.answering.lapse_assignment": "the clock's",
    "roster.actions.answering.lapse_assignments": "the clock's",
}
SUBJECTS = 2


def public() -> list[Act]:
    return [act for act in all_acts().values() if act.is_public]


def open_transactions(acts: dict[str, Act]) -> set[str]:
    """Public acts that change rows without a transaction of their own."""
    return {act.name for act in acts.values() if act.is_public and act.changes_rows and not act.is_atomic}


def off_the_record(acts: dict[str, Act]) -> set[str]:
    return {act.name for act in acts.values() if act.is_public} - recorded(acts)


def test_there_are_acts_to_check() -> None:
    assert len(public()) > 30


def test_every_act_that_changes_rows_is_one_transaction() -> None:
    assert open_transactions(all_acts()) - set(IN_THE_CALLERS_TRANSACTION) == set()


def test_every_act_is_atomic_or_calls_only_such() -> None:
    acts = all_acts()
    loose = [act for act in public() if not act.is_atomic and act.name not in IN_THE_CALLERS_TRANSACTION]
    assert [act.name for act in loose for called in act.calls if not acts[called].is_atomic] == []


def test_every_act_stands_on_the_record_save_the_named_working_acts() -> None:
    assert off_the_record(all_acts()) == set(WORKING_ACTS)


def test_facts_are_given_by_name() -> None:
    assert [act.name for act in public() if FACTS & set(act.positional)] == []


def test_an_act_is_about_one_or_two_things() -> None:
    assert [act.name for act in public() if len(act.positional) > SUBJECTS] == []


def test_an_act_on_the_record_is_told_who_acts_and_when() -> None:
    told = recorded(all_acts()) - set(NOBODYS)
    acts = [act for act in public() if act.name in told]
    assert [act.name for act in acts if not {"by", "at", "channel"} <= set(act.keywords)] == []
    assert [act.name for act in public() if act.name in NOBODYS and "by" in act.keywords] == []


def test_the_lists_of_exceptions_name_acts_that_exist() -> None:
    assert (
        WORKING_ACTS.keys() | IN_THE_CALLERS_TRANSACTION.keys() | NOBODYS.keys()
    ) - all_acts().keys() == set()


FORGETFUL = """
from talanoa.processes.actions.recording import put_on_record

def told(thing, *, by, at, channel):
    _write(thing)
    _on_record(thing)

def silent(thing, *, by, at, channel):
    thing.save()

def _on_record(thing):
    put_on_record(thing)
"""


def test_the_check_sees_an_act_that_forgets_the_record_and_one_without_transaction() -> None:
    ours = all_acts()
    acts = ours | read_acts({"x.actions": ast.parse(FORGETFUL)})
    assert off_the_record(acts) - off_the_record(ours) == {"x.actions.silent"}
    assert open_transactions(acts) - open_transactions(ours) == {"x.actions.silent"}


def test_a_lock_on_a_row_lets_others_refer_to_it() -> None:
    """FOR UPDATE would wait for every new row that points to the locked one: two acts can wait for each other."""
    locks = [
        (short(path), call.lineno, {word.arg for word in call.keywords})
        for path in python_files("src")
        for call in ast.walk(syntax(path))
        if isinstance(call, ast.Call) and ast.unparse(call.func).endswith(".select_for_update")
    ]
    assert [(path, line) for path, line, words in locks if "no_key" not in words] == []
    assert len(locks) > 20
