"""Everything that anybody can do in a process, as rules that a random machine may follow at any time.

`who` is one of all people, whether they may or not, or None for one of those who may.
"""

from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256
from itertools import count
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from journeys.random_standing import STANDING
from journeys.random_world import NAMES, REVIEW, Noted, Place, World, whole_database
from talanoa.conf.clockwork import tick
from talanoa.contributions.actions.answering import (
    acknowledge_response,
    approve_response,
    discard_draft,
    dispute_response,
    draft_response,
    reply_to_dispute,
)
from talanoa.contributions.actions.appealing import raise_appeal, rule_on_appeal
from talanoa.contributions.actions.desk import file_under, make_theme, take_from
from talanoa.contributions.actions.moderating import (
    flag_contribution,
    hold_contribution,
    reject_contribution,
    release_contribution,
)
from talanoa.contributions.actions.standing import Author, author_of, confirm, withdraw
from talanoa.contributions.models import Answer, Contribution, Dispute, Response, Theme
from talanoa.documents.models import Revision
from talanoa.inputs.actions.erasing import erase_input
from talanoa.inputs.actions.receiving import Words, receive_input, supersede_input
from talanoa.processes.actions.stages import close_process, extend_call
from talanoa.processes.models import Process, Stage
from talanoa.reports.actions import Ruling, decide, note_follow_up, seal_report, write_report
from talanoa.reports.models import RecommendationAnswer, Report

WHO = st.none() | st.sampled_from(NAMES)
NUMBER = st.integers(0, 7)
SHOWN = st.sampled_from(["named", "group_only", "private"])
LAST_DAY = st.fixed_dictionaries(
    {"publication": SHOWN, "is_proven": st.booleans(), "is_drafted": st.booleans()}
)
AHEAD = [timedelta(hours=1), timedelta(days=2), timedelta(days=15), timedelta(days=26), timedelta(days=45)]
BACK = [timedelta(minutes=-5), timedelta(days=-3)]
REPORT = "# Report\n\nWhat was said.\n\nRecommendation 1. Pay the trainers.\n\nRecommendation 2. Say so.\n"
TEXTS = [REPORT, f"{REPORT}\nSee [nm-1].\n", f"{REPORT}\nSee [nm-999].\n", "# Report\n\nNo word of advice.\n"]
YES = Ruling("accepted", "There is money for it.")
RULINGS = [{1: YES, 2: YES}, {1: YES, 2: YES}, {1: YES}, {1: YES, 2: Ruling("perhaps", "Who knows.")}]
Act = Callable[..., Any]
MODERATING: list[Act] = [release_contribution, hold_contribution, reject_contribution]
REASON = st.sampled_from(["abuse", "spam", "inconvenient"])


class Acts(RuleBasedStateMachine):
    """Everybody does what comes to mind, at any time."""

    place: Place
    world: World
    # How much of the life of a process is done already when the random acts begin.
    begun: int

    def __init__(self) -> None:
        super().__init__()
        self.serial = count(1)

    @initialize(has_chair=st.booleans(), hurry=st.none() | LAST_DAY)
    def begin(self, *, has_chair: bool, hurry: dict[str, Any] | None) -> None:
        self.world = World(self.place, has_chair=has_chair)
        for done in (self.answer_all, self.seal_all, self.end_review, self.take_decision)[: self.begun]:
            done()
        if hurry:
            self.hurry_to_the_seal(**hurry)
            self.hurry_to_the_decision(slip=timedelta(days=1) if hurry["is_proven"] else timedelta(0))

    def answer_all(self) -> None:
        for who, publication in (("yusuf", "named"), ("lucia", "private"), ("noor", "group_only")):
            self.receive(who=who, publication=publication, is_proven=True)
        self.make_theme(who=None, label="Money")
        for number in (0, 1, 2):
            self.sort(act=file_under, who=None, number=number, theme=0)
        self.draft(who=None, theme=0, numbers=[], status="accepted", where="")
        self.approve(who=None, which=0)

    def seal_all(self) -> None:
        self.wait(ahead=timedelta(days=41))
        self.tick()
        self.write(who=None, text=REPORT)
        self.seal(who=None)

    def end_review(self) -> None:
        self.wait(ahead=REVIEW)
        self.tick()

    def take_decision(self) -> None:
        self.decide(who=None, rulings=RULINGS[0])

    # The clock

    @rule(ahead=st.sampled_from([*AHEAD, *BACK]))
    def wait(self, *, ahead: timedelta) -> None:
        """Let time pass, or let the clock slip back."""
        self.world.now += ahead

    @rule()
    def tick(self) -> None:
        before = Report.objects.exclude(final_at=None).count()
        tick(at=self.world.now)
        if Report.objects.exclude(final_at=None).count() > before:
            assert self.world.waiting() == [], "final while these comments wait for an answer"

    # Authors

    @rule(who=WHO, publication=SHOWN, is_proven=st.booleans())
    def receive(self, *, who: str | None, publication: str, is_proven: bool) -> None:
        world, speaker = self.world, who or "yusuf"
        stages = list(world.process.stages.order_by("position"))
        stage = next((s for s in stages if s.is_open(world.now) and s.takes_input), stages[0])
        author = author_of(world.people[speaker], assurance="proven" if is_proven else "claimed")
        noted = Noted(
            speaker, self.words(), "published" if is_proven else "unconfirmed", publication, is_sure=is_proven
        )
        self._receive(who, {speaker} - {"stranger"}, stage, author, noted)

    @rule(who=WHO, speaker=st.sampled_from(["yusuf", "lucia"]))
    def enter_interview(self, *, who: str | None, speaker: str) -> None:
        world = self.world
        stage = world.process.stages.get(position=1)
        author = author_of(world.people[speaker], assurance="entered")
        noted = Noted(speaker, self.words(), "unconfirmed", "named")
        if who == speaker:
            return
        self._receive(who, world.office, stage, author, noted, source="interview")

    def words(self) -> str:
        """Words that nobody said before."""
        return f"CANARY-{next(self.serial):03} words"

    def _receive(
        self, who: str | None, may: set[str], stage: Stage, author: Author, noted: Noted, *, source: str = ""
    ) -> None:
        made = self.world.attempt(
            who or min(may, default=None),
            may,
            lambda by: receive_input(
                stage,
                by=by,
                author=author,
                words=Words(title="", text=noted.text),
                publication=noted.publication,
                dedup_key=sha256(noted.text.encode()).hexdigest(),
                channel="web",
                source=source,
                at=self.world.now,
            ),
        )
        if made:
            self.world.noted[made.contribution.number] = noted

    @rule(act=st.sampled_from([confirm, withdraw]), who=WHO, number=NUMBER)
    def stand_by_it_or_not(self, *, act: Act, who: str | None, number: int) -> None:
        self._stand(act, who, number, self._author(number))

    @rule(act=st.sampled_from(MODERATING), who=WHO, number=NUMBER, reason=REASON)
    def show_it_or_not(self, *, act: Act, who: str | None, number: int, reason: str) -> None:
        world, made = self.world, self.world.input(number)
        if not made:
            return
        noted, actor = world.note_of(made), who or min(world.moderators)
        was, told = noted.state, {} if act is release_contribution else {"reason": reason}
        if act is reject_contribution:
            told |= {"text": self.words()}
        if not self._stand(act, actor, number, world.moderators, **told):
            return
        assert actor not in noted.flaggers | {noted.author}, "decided in their own case"
        assert noted.appeal is None or act is hold_contribution, "decided while somebody else looks again"
        assert was != "published" or act is not release_contribution or noted.flaggers
        if act is not hold_contribution:
            noted.flaggers.clear()
        if act is not release_contribution:
            noted.deciders.add(actor)

    @rule(who=WHO, number=NUMBER, reason=REASON)
    def flag(self, *, who: str | None, number: int, reason: str) -> None:
        world, made, actor = self.world, self.world.input(number), who or "lucia"
        if not made or actor in world.note_of(made).flaggers:
            return
        told: dict[str, Any] = {"reason": reason, "text": self.words(), "at": world.now, "channel": "mail"}
        act = lambda by: flag_contribution(made.contribution, by=by, **told)  # noqa: E731
        if world.attempt(actor, set(NAMES) - {"stranger"}, act):
            assert world.note_of(made).is_public
            assert actor != world.note_of(made).author
            world.note_of(made).flaggers.add(actor)
            world.note_of(made).deciders.add(actor)

    @rule(who=WHO, number=NUMBER)
    def appeal(self, *, who: str | None, number: int) -> None:
        if not (made := self.world.input(number)):
            return
        world, noted = self.world, self.world.note_of(made)
        told: dict[str, Any] = {"text": self.words(), "at": world.now, "channel": "cli"}
        act = lambda by: raise_appeal(made.contribution, by=by, **told)  # noqa: E731
        if done := world.attempt(who, self._author(number), act):
            assert noted.state in {"withheld", "rejected"}
            noted.appeal = done

    @rule(who=WHO, number=NUMBER, outcome=st.sampled_from(["upheld", "overturned", "perhaps"]))
    def rule_on_it(self, *, who: str | None, number: int, outcome: str) -> None:
        if not (made := self.world.input(number)) or not (noted := self.world.note_of(made)).appeal:
            return
        world, appeal = self.world, noted.appeal
        told: dict[str, Any] = {
            "outcome": outcome,
            "reasons": self.words(),
            "at": world.now,
            "channel": "web",
        }
        act = lambda by: rule_on_appeal(appeal, by=by, **told)  # noqa: E731
        barred = noted.deciders | {noted.author}
        if who == "amina" and "kofi" in world.approvers - barred:
            return  # the chair hears it
        actor = who or min(world.approvers)
        if world.attempt(actor, {"amina"} | ({"kofi"} & world.approvers), act):
            assert actor not in barred, "heard by somebody who had a part in it"
            noted.appeal = None
            if outcome == "overturned" and noted.state in {"withheld", "rejected"}:
                noted.state = "published"
            if outcome == "overturned":
                noted.flaggers.clear()

    def _author(self, number: int) -> set[str]:
        made = self.world.input(number)
        return {self.world.note_of(made).author} if made else set()

    def _stand(self, act: Act, who: str | None, number: int, may: set[str], **more: str) -> bool:
        """Let an act change where an input stands; tell whether it was done."""
        world = self.world
        if made := world.input(number):
            change = lambda by: act(made.contribution, by=by, at=world.now, channel="web", **more)  # noqa: E731
            if world.attempt(who, may, change):
                noted, (before, after) = world.note_of(made), STANDING[act]
                if act is confirm and not noted.is_sure:
                    before, noted.is_sure = before | {"published"}, True
                assert noted.state in before, f"{act.__name__} of what is {noted.state}"
                noted.state = after
                return True
        return False

    @rule(who=WHO, number=NUMBER)
    def supersede(self, *, who: str | None, number: int) -> None:
        world, text = self.world, self.words()
        if not (old := world.input(number)):
            return
        new = world.attempt(
            who,
            self._author(number),
            lambda by: supersede_input(
                old,
                by=by,
                words=Words(title="", text=text),
                dedup_key=sha256(text.encode()).hexdigest(),
                channel="web",
                at=world.now,
            ),
        )
        if new:
            noted, state = world.note_of(old), new.contribution.state
            assert noted.state in {"published", "unconfirmed"}
            world.noted[new.contribution.number] = Noted(
                noted.author, text, state, noted.publication, is_sure=noted.is_sure
            )
            noted.was_replaced_in_public, noted.state = noted.state == "published", "superseded"

    @rule(who=WHO, number=NUMBER, ground=st.sampled_from(["author_request", "unlawful", "inconvenient"]))
    def erase(self, *, who: str | None, number: int, ground: str) -> None:
        world = self.world
        if made := world.input(number):
            act = lambda by: erase_input(made, by=by, ground=ground, at=world.now, channel="web")  # noqa: E731
            if world.attempt(who, {"amina"}, act):
                assert world.note_of(made).state != "erased"
                assert world.note_of(made).text not in whole_database()
                world.note_of(made).state = "erased"

    # The desk

    @rule(who=WHO, label=st.sampled_from(["Money", "Language"]))
    def make_theme(self, *, who: str | None, label: str) -> None:
        world = self.world
        act = lambda by: make_theme(world.process, by=by, label=label, summary="They ask for it.")  # noqa: E731
        world.attempt(who, world.office, act, on_record=False)

    @rule(act=st.sampled_from([file_under, file_under, take_from]), who=WHO, number=NUMBER, theme=NUMBER)
    def sort(self, *, act: Act, who: str | None, number: int, theme: int) -> None:
        made, under = self.world.input(number), self._nth(Theme, theme)
        if made and under:
            place = lambda by: act([made.contribution], under, by=by)  # noqa: E731
            self.world.attempt(who, self.world.office, place, on_record=False)

    @rule(
        who=WHO,
        theme=st.none() | NUMBER,
        numbers=st.lists(NUMBER, max_size=3),
        status=st.sampled_from(["accepted", "noted", "out_of_scope", "ignored"]),
        where=st.sampled_from(["", "The next call."]),
    )
    def draft(
        self, *, who: str | None, theme: int | None, numbers: list[int], status: str, where: str
    ) -> None:
        world = self.world
        answered = {
            "status": status,
            "text": "It is right, because trainers have to live.",
            "where": where,
            "theme": None if theme is None else self._nth(Theme, theme),
            "contributions": {made.contribution for n in numbers if (made := world.input(n))},
        }
        act = lambda by: draft_response(world.process, by=by, at=world.now, **answered)  # noqa: E731
        world.attempt(who, world.office, act, on_record=False)

    @rule(who=WHO, which=NUMBER)
    def discard(self, *, who: str | None, which: int) -> None:
        if draft := self._nth(Response, which):
            act = lambda by: discard_draft(draft, by=by)  # noqa: E731
            self.world.attempt(who, self.world.office, act, on_record=False)

    @rule(who=WHO, which=NUMBER)
    def approve(self, *, who: str | None, which: int) -> None:
        world = self.world
        if response := self._nth(Response, which):
            act = lambda by: approve_response(response, by=by, at=world.now, channel="web")  # noqa: E731
            for contribution in world.attempt(who, world.approvers, act) or []:
                world.noted[contribution.number].is_answered = True

    @rule(who=WHO, which=NUMBER)
    def acknowledge(self, *, who: str | None, which: int) -> None:
        if answer := self._nth(Answer, which):
            is_new = answer.reception != Answer.Reception.ACKNOWLEDGED
            act = lambda by: acknowledge_response(answer, by=by, at=self.world.now, channel="web")  # noqa: E731
            self.world.attempt(who, self._author(answer.contribution.number - 1), act, on_record=is_new)

    @rule(who=WHO, which=NUMBER)
    def dispute(self, *, who: str | None, which: int) -> None:
        world, text = self.world, self.words()
        if answer := self._nth(Answer, which):
            act = lambda by: dispute_response(answer, by=by, text=text, at=world.now, channel="web")  # noqa: E731
            if world.attempt(who, self._author(answer.contribution.number - 1), act):
                world.noted[answer.contribution.number].disputes.append(text)

    @rule(who=WHO, which=NUMBER)
    def reply(self, *, who: str | None, which: int) -> None:
        world = self.world
        if dispute := self._nth(Dispute, which):
            act = lambda by: reply_to_dispute(dispute, by=by, reply="So?", at=world.now, channel="web")  # noqa: E731
            world.attempt(who, world.approvers, act)

    # The report and what follows

    @rule(
        who=WHO,
        days=st.sampled_from([5, 0, -3]),
        reason=st.sampled_from(["outreach", "outreach", "no_reason"]),
    )
    def extend(self, *, who: str | None, days: int, reason: str) -> None:
        world = self.world
        facts: dict[str, Any] = {"days": days, "reason": reason, "channel": "web"}
        world.attempt(who, {"amina"}, lambda by: extend_call(world.process, by=by, at=world.now, **facts))

    @rule(who=WHO, text=st.sampled_from(TEXTS))
    def write(self, *, who: str | None, text: str) -> None:
        world = self.world
        act = lambda by: write_report(world.process, by=by, title="", text=text, at=world.now)  # noqa: E731
        world.attempt(who, world.office, act, on_record=False)

    @rule(who=WHO)
    def seal(self, *, who: str | None) -> None:
        world = self.world
        act = lambda by: seal_report(world.process, by=by, at=world.now, channel="web")  # noqa: E731
        if world.attempt(who, {"amina"}, act):
            assert world.waiting() == [], "sealed while these wait for an answer"
            world.review_ends = world.now + REVIEW

    @rule(publication=SHOWN, is_proven=st.booleans(), is_drafted=st.booleans())
    def hurry_to_the_seal(self, *, publication: str, is_proven: bool, is_drafted: bool) -> None:
        """Take one more input on the last day, with a draft of its answer or without, and seal."""
        self.receive(who=None, publication=publication, is_proven=is_proven)
        if is_drafted:
            newest = [len(self.world.noted) - 1]
            self.draft(who=None, theme=None, numbers=newest, status="noted", where="")
        self.wait(ahead=AHEAD[-1])
        self.tick()
        self.write(who=None, text=REPORT)
        self.seal(who=None)

    @rule(slip=st.sampled_from([timedelta(0), timedelta(days=1)]))
    def hurry_to_the_decision(self, *, slip: timedelta) -> None:
        """Decide too early, then as soon as it may be, by a clock that perhaps slipped; comment before."""
        self.receive(who=None, publication="named", is_proven=bool(slip))
        self.wait(ahead=timedelta(days=13))
        self.decide(who=None, rulings=RULINGS[0])
        self.wait(ahead=timedelta(days=11))
        self.tick()
        self.wait(ahead=-slip)
        self.decide(who=None, rulings=RULINGS[0])

    @rule(who=WHO, rulings=st.sampled_from(RULINGS))
    def decide(self, *, who: str | None, rulings: dict[int, Ruling]) -> None:
        world = self.world
        act = lambda by: decide(world.process, by=by, rulings=rulings, at=world.now, channel="web")  # noqa: E731
        if world.attempt(who, {"amina", "maarten"}, act):
            assert world.review_ends is not None
            assert world.review_ends <= world.now, "decided before the review period ended"

    @rule(who=WHO, to_close=st.booleans())
    def follow_up(self, *, who: str | None, to_close: bool) -> None:
        world = self.world
        if to_close:
            act = lambda by: close_process(world.process, by=by, at=world.now, channel="web")  # noqa: E731
            world.attempt(who, {"amina"}, act)
            return
        act = lambda by: note_follow_up(world.process, by=by, text="Done.", at=world.now, channel="web")  # noqa: E731
        world.attempt(who, {"amina", "dalia", "maarten"}, act)

    # Past the actions, by SQL

    @rule(days=st.integers(1, 30), number=NUMBER)
    def go_past_the_rules(self, *, days: int, number: int) -> None:
        """Try by SQL what no act would do; the database itself refuses."""
        self.change_a_sealed_report_by_sql(days=days)
        if not self._may_be_decided():
            self.decide_by_sql()
        if not self._is_reviewed():
            self.make_final_by_sql()
        self.delete_by_sql(number=number)

    def change_a_sealed_report_by_sql(self, *, days: int) -> None:
        rows = Report.objects.exclude(sealed_at=None)
        for report in rows:
            refused(rows.update, review_ends_at=report.review_ends_at - timedelta(days=days))
            refused(rows.update, review_ends_at=None)
            refused(rows.update, sealed_at=None)
            refused(rows.update, sealed_revision=None)
        decided = Report.objects.exclude(decided_at=None)
        if decided:
            refused(decided.update, decided_at=None)
            refused(RecommendationAnswer.objects.update, answer="not_accepted")

    def decide_by_sql(self) -> None:
        now = self.world.now
        for report in Report.objects.filter(decided_at=None):
            early = RecommendationAnswer(
                report=report, number=9, answer="accepted", reason="x", decided_at=now
            )
            refused(early.save)
            refused(Report.objects.update, decided_at=now)
        if not Report.objects.exclude(decided_at=None):
            for state in ("decided", "follow_up", "closed"):
                refused(Process.objects.filter(key="nm").update, state=state)

    def make_final_by_sql(self) -> None:
        if rows := Report.objects.filter(final_at=None):
            refused(rows.update, final_at=self.world.now)

    def delete_by_sql(self, *, number: int) -> None:
        refused(connection.cursor().execute, "DELETE FROM record_entry")
        refused(connection.cursor().execute, "UPDATE record_entry SET kind = 'x'")
        refused(Revision.objects.update, text="Nothing was asked.")
        if made := self.world.input(number):
            row = Contribution.objects.filter(pk=made.contribution_id)
            refused(row.update, number=77)
            refused(row._raw_delete, row.db)
            refused(connection.cursor().execute, "DELETE FROM inputs_input")

    def _is_reviewed(self) -> bool:
        ends = self.world.review_ends
        return ends is not None and self.world.now >= ends

    def _may_be_decided(self) -> bool:
        final = Report.objects.exclude(final_at=None).first()
        return final is not None and self._is_reviewed() and self.world.now >= final.final_at

    def _nth(self, model: Any, which: int) -> Any:
        """The row that a drawn number means, if there is any."""
        rows = model.objects.order_by("pk")
        return rows[which % len(rows)] if rows else None


def refused(attempt: Act, *args: object, **values: object) -> None:
    """Hold that the database itself refuses the attempt."""
    with pytest.raises(DatabaseError), transaction.atomic():
        attempt(*args, **values)
