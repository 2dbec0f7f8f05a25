"""Every act can be done on the web, by mail and on the command line, or the page of acts says why not."""

from architecture.acts import all_acts
from architecture.acts_page import PAGE, PARTICIPANT, doors_of, is_step, page, rows, steps
from architecture.gaps import GAPS, GROUP_GAPS, OWN, SAME
from architecture.skins import Door, mails, pages, reached
from architecture.source import ROOT
from architecture.test_actions import IN_THE_CALLERS_TRANSACTION, NOBODYS, WORKING_ACTS
from talanoa.mail.registry import EXPLAINED


def gaps() -> set[tuple[str, str]]:
    """Each act with each skin that has no way to it."""
    return {(row.act, skin) for row in rows() for skin in row.reasons}


def test_the_page_of_acts_is_not_stale() -> None:
    assert (ROOT / PAGE).read_text(encoding="utf-8") == page(), "run: make acts"


def test_every_gap_has_its_reason() -> None:
    assert [(row.act, skin) for row in rows() for skin, reason in row.reasons.items() if not reason] == []


def test_no_reason_stands_for_what_is_no_gap() -> None:
    assert {(act, skin) for act, given in GAPS.items() for skin in given} - gaps() == set()
    used = {(row.whose, skin) for row in rows() for skin in row.reasons}
    assert {(whose, skin) for whose, given in GROUP_GAPS.items() for skin in given} - used == set()


def test_every_act_of_a_participant_has_a_page_and_a_mail() -> None:
    own = [row for row in rows() if row.whose == PARTICIPANT]
    assert [row.act for row in own if not (row.ways["web"] and row.ways["mail"])] == []
    assert len(own) > 12


def test_every_act_has_a_row_or_is_a_step_of_others_that_is_told_of() -> None:
    told = WORKING_ACTS.keys() | NOBODYS.keys() | IN_THE_CALLERS_TRANSACTION.keys()
    called = {name for act in all_acts().values() for name in act.calls}
    assert [act.name for act in steps() if act.name not in told | called] == []
    public = {act.name for act in all_acts().values() if act.is_public}
    assert {row.act for row in rows()} | {act.name for act in steps()} == public


READING = ["help", "resend", "courses", "lesson", "next", "resend", "progress"]


def test_every_command_by_mail_does_an_act_or_only_reads() -> None:
    acts = {act.name for act in all_acts().values() if not is_step(act)}
    assert [door.seen for door in mails() if not reached(door) & acts] == READING
    assert len(mails()) == len(EXPLAINED)


def test_who_may_is_said_in_words() -> None:
    assert [row.act for row in rows() if not row.who or "require_" in row.who] == []


def test_the_tables_of_exceptions_name_acts_that_exist() -> None:
    assert (OWN | GAPS.keys() | SAME.keys()) - {row.act for row in rows()} == set()
    same = {
        (skin, act): doors_of(skin).get(other) for act, given in SAME.items() for skin, other in given.items()
    }
    assert [key for key, found in same.items() if not found or doors_of(key[0]).get(key[1])] == []


def test_the_reading_sees_a_page_that_leads_nowhere() -> None:
    known = {door.seen: door for door in pages()}
    assert reached(known["/p/KEY/inputs/NUMBER/withdraw/"]) >= {"contributions.actions.standing.withdraw"}
    assert reached(known["/p/KEY/inputs/"]) == set()
    assert reached(Door("/nowhere/", "site.views.nowhere")) == set()
