"""Random sequences of acts by all roles under a moving clock: the promises hold after every one of them.

Never decided before the review period ends; never sealed while one input that counts has no answer; numbers
without gap; nothing deleted; the record audits; nobody outside reads what is not public.
"""

import os
from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256
from itertools import count

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from hypothesis.stateful import run_state_machine_as_test as run

from journeys.random_world import NAMES, REVIEW, Noted, World, undone, whole_database
from talanoa.conf.clockwork import tick
from talanoa.contributions.actions.answering import (
    acknowledge_response,
    approve_response,
    discard_draft,
    dispute_response,
    draft_response,
    reply_to_dispute,
)
from talanoa.contributions.actions.desk import file_under, make_theme, take_from
from talanoa.contributions.actions.standing import author_of, confirm, release, withdraw, withhold
from talanoa.contributions.models import Answer, Authorship, Contribution, Dispute, Response, Theme
from talanoa.documents.models import Revision
from talanoa.inputs.actions import Words, erase_input, receive_input, supersede_input
from talanoa.inputs.models import Input
from talanoa.processes.actions import close_process, extend_stage
from talanoa.processes.models import Process, Stage
from talanoa.record.auditing import audit
from talanoa.record.models import Entry
from talanoa.reports.actions import Ruling, decide, note_follow_up, seal_report, write_report
from talanoa.reports.models import RecommendationAnswer, Report

pytestmark = pytest.mark.nightly
NIGHTLY = bool(os.environ.get("TALANOA_NIGHTLY"))
PROFILE = settings(
    max_examples=1500 if NIGHTLY else 18,
    stateful_step_count=60 if NIGHTLY else 30,
    deadline=None,
    derandomize=not NIGHTLY,
    database=None,
    print_blob=NIGHTLY,
    report_multiple_bugs=False,
    suppress_health_check=list(HealthCheck),
)
WHO = st.sampled_from(NAMES)
NUMBER = st.integers(0, 7)
SHOWN = st.sampled_from(["named", "named", "group_only", "private"])
AHEAD = [timedelta(hours=1), timedelta(days=2), timedelta(days=15), timedelta(days=26), timedelta(days=45)]
BACK = [timedelta(minutes=5), timedelta(days=3)]
REPORT = "# Report\n\nWhat was said.\n\nRecommendation 1. Pay the trainers.\n\nRecommendation 2. Say so.\n"
TEXTS = [REPORT, f"{REPORT}\nSee [nm-1].\n", f"{REPORT}\nSee [nm-999].\n", "# Report\n\nNo word of advice.\n"]
YES = Ruling("accepted", "There is money for it.")
RULINGS = [{1: YES, 2: YES}, {1: YES, 2: YES}, {1: YES}, {1: YES, 2: Ruling("perhaps", "Who knows.")}]


class Acts(RuleBasedStateMachine):
    """Everybody does what comes to mind, at any time."""

    def __init__(self) -> None:
        super().__init__()
        self.serial = count(1)
        self.undo = undone()
        self.undo.__enter__()

    @initialize(has_chair=st.booleans(), begun=st.sampled_from(["open", "drafting", "review", "final"]))
    def begin(self, *, has_chair: bool, begun: str) -> None:
        self.world = World(has_chair=has_chair)
        for stage, steps in {"drafting": self.answer_all, "review": self.seal_all, "final": self.end_all}.items():
            if begun == "open":
                break
            steps()
            begun = "open" if begun == stage else begun

    def answer_all(self) -> None:
        for who in ("yusuf", "lucia"):
            self.receive(who=who, publication="named", is_proven=True)
        self.make_theme(who="dalia", label="Money")
        for number in (0, 1):
            self.file(who="dalia", number=number, theme=0)
        self.draft(who="dalia", theme=0, numbers=[], status="accepted", where="")
        self.approve(who=min(self.world.approvers), which=0)

    def seal_all(self) -> None:
        self.wait(ahead=timedelta(days=41))
        self.tick()
        self.write(who="amina", text=REPORT)
        self.seal(who="amina")

    def end_all(self) -> None:
        self.wait(ahead=REVIEW)
        self.tick()

    # The clock

    @rule(ahead=st.sampled_from(AHEAD))
    def wait(self, *, ahead: timedelta) -> None:
        self.world.now += ahead

    @rule(back=st.sampled_from(BACK))
    def clock_slips(self, *, back: timedelta) -> None:
        self.world.now -= back

    @rule()
    def tick(self) -> None:
        tick(at=self.world.now)

    # Authors

    @rule(who=WHO, publication=SHOWN, is_proven=st.booleans())
    def receive(self, *, who: str, publication: str, is_proven: bool) -> None:
        world = self.world
        stages = [s for s in world.process.stages.all() if s.is_open(world.now)] or world.process.stages.all()
        author = author_of(world.people[who], assurance="proven" if is_proven else "claimed")
        state = "published" if is_proven else "unconfirmed"
        self._receive(stages[0], who, who, state, publication, author=author)

    @rule(who=WHO, author=st.sampled_from(["yusuf", "lucia"]))
    def enter_interview(self, *, who: str, author: str) -> None:
        stage = self.world.process.stages.get(position=1)
        spoken = author_of(self.world.people[author], assurance="entered")
        self._receive(stage, who, author, "unconfirmed", "named", author=spoken, source="interview")

    def _receive(self, stage: Stage, who: str, speaker: str, state: str, publication: str, **more: object) -> None:
        world, text = self.world, f"CANARY-{next(self.serial):03} words"
        made = world.attempt(
            lambda: receive_input(
                stage,
                by=world.members[who],
                words=Words(title="", text=text),
                publication=publication,
                dedup_key=sha256(text.encode()).hexdigest(),
                channel="web",
                at=world.now,
                **more,  # type: ignore[arg-type]
            ),
            may=who in world.office if who != speaker else who != "stranger",
        )
        if made:
            world.noted[made.contribution.number] = Noted(speaker, text, state, publication)

    @rule(who=WHO, number=NUMBER)
    def confirm(self, *, who: str, number: int) -> None:
        self._stand(confirm, "published", who, number, may=self._authors(number))

    @rule(who=WHO, number=NUMBER)
    def withdraw(self, *, who: str, number: int) -> None:
        self._stand(withdraw, "withdrawn", who, number, may=self._authors(number))

    @rule(who=WHO, number=NUMBER)
    def release(self, *, who: str, number: int) -> None:
        self._stand(release, "published", who, number, may=self.world.office)

    @rule(who=WHO, number=NUMBER, reason=st.sampled_from(["abuse", "spam", "inconvenient"]))
    def withhold(self, *, who: str, number: int, reason: str) -> None:
        self._stand(withhold, "withheld", who, number, may=self.world.office, reason=reason)

    def _authors(self, number: int) -> set[str]:
        made = self.world.input(number)
        return {self.world.note_of(made).author} if made else set()

    def _stand(
        self, act: Callable[..., object], state: str, who: str, number: int, *, may: set[str], **more: str
    ) -> None:
        world = self.world
        if made := world.input(number):
            by, at = world.members[who], world.now
            done = world.attempt(
                lambda: act(made.contribution, by=by, at=at, channel="web", **more), may=who in may
            )
            if done:
                world.note_of(made).state = state

    @rule(who=WHO, number=NUMBER)
    def supersede(self, *, who: str, number: int) -> None:
        world, text = self.world, f"CANARY-{next(self.serial):03} better words"
        if old := world.input(number):
            new = world.attempt(
                lambda: supersede_input(
                    old,
                    by=world.members[who],
                    words=Words(title="", text=text),
                    dedup_key=sha256(text.encode()).hexdigest(),
                    channel="web",
                    at=world.now,
                ),
                may=who in self._authors(number),
            )
            if new:
                noted = world.note_of(old)
                state = "unconfirmed" if old.contribution.authorship.assurance == "claimed" else "published"
                world.noted[new.contribution.number] = Noted(noted.author, text, state, noted.publication)
                noted.state = "superseded"

    @rule(who=WHO, number=NUMBER, ground=st.sampled_from(["author_request", "unlawful", "inconvenient"]))
    def erase(self, *, who: str, number: int, ground: str) -> None:
        world = self.world
        if made := world.input(number):
            done = world.attempt(
                lambda: erase_input(made, by=world.members[who], ground=ground, at=world.now, channel="web"),
                may=who == "amina",
            )
            if done:
                world.note_of(made).state = "erased"

    # The desk

    @rule(who=WHO, label=st.sampled_from(["Money", "Language"]))
    def make_theme(self, *, who: str, label: str) -> None:
        world = self.world
        act = lambda: make_theme(world.process, by=world.members[who], label=label, summary="They ask for it.")  # noqa: E731
        world.attempt(act, may=who in world.office, on_record=False)

    @rule(who=WHO, number=NUMBER, theme=NUMBER)
    def file(self, *, who: str, number: int, theme: int) -> None:
        self._sort(file_under, who, number, theme)

    @rule(who=WHO, number=NUMBER, theme=NUMBER)
    def take_out(self, *, who: str, number: int, theme: int) -> None:
        self._sort(take_from, who, number, theme)

    def _sort(self, act: Callable[..., object], who: str, number: int, theme: int) -> None:
        world, made, under = self.world, self.world.input(number), self._nth(Theme, theme)
        if made and under:
            by = world.members[who]
            sort = lambda: act([made.contribution], under, by=by)  # noqa: E731
            world.attempt(sort, may=who in world.office, on_record=False)

    @rule(
        who=WHO,
        theme=st.none() | NUMBER,
        numbers=st.lists(NUMBER, max_size=3),
        status=st.sampled_from(["accepted", "noted", "out_of_scope", "ignored"]),
        where=st.sampled_from(["", "The next call."]),
    )
    def draft(self, *, who: str, theme: int | None, numbers: list[int], status: str, where: str) -> None:
        world = self.world
        chosen = {made.contribution for n in numbers if (made := world.input(n))}
        world.attempt(
            lambda: draft_response(
                world.process,
                by=world.members[who],
                status=status,
                text="It is right, because trainers have to live.",
                where=where,
                theme=None if theme is None else self._nth(Theme, theme),
                contributions=chosen,
                at=world.now,
            ),
            may=who in world.office,
            on_record=False,
        )

    @rule(who=WHO, which=NUMBER)
    def discard(self, *, who: str, which: int) -> None:
        world = self.world
        if draft := self._nth(Response, which):
            discard = lambda: discard_draft(draft, by=world.members[who])  # noqa: E731
            world.attempt(discard, may=who in world.office, on_record=False)

    @rule(who=WHO, which=NUMBER)
    def approve(self, *, who: str, which: int) -> None:
        world = self.world
        if response := self._nth(Response, which):
            by, at = world.members[who], world.now
            reached = world.attempt(
                lambda: approve_response(response, by=by, at=at, channel="web"), may=who in world.approvers
            )
            for contribution in reached or []:
                world.noted[contribution.number].is_answered = True

    @rule(who=WHO, which=NUMBER)
    def acknowledge(self, *, who: str, which: int) -> None:
        world = self.world
        if answer := self._nth(Answer, which):
            is_new = answer.reception != Answer.Reception.ACKNOWLEDGED
            by, at = world.members[who], world.now
            world.attempt(
                lambda: acknowledge_response(answer, by=by, at=at, channel="web"),
                may=answer.contribution.person == world.people[who],
                on_record=is_new,
            )

    @rule(who=WHO, which=NUMBER)
    def dispute(self, *, who: str, which: int) -> None:
        world, text = self.world, f"CANARY-{next(self.serial):03} is not what I said"
        if answer := self._nth(Answer, which):
            by, at = world.members[who], world.now
            made = world.attempt(
                lambda: dispute_response(answer, by=by, text=text, at=at, channel="web"),
                may=answer.contribution.person == world.people[who],
            )
            if made:
                world.noted[answer.contribution.number].words_of_disputes.append(text)

    @rule(who=WHO, which=NUMBER)
    def reply(self, *, who: str, which: int) -> None:
        world = self.world
        if dispute := self._nth(Dispute, which):
            by, at = world.members[who], world.now
            world.attempt(
                lambda: reply_to_dispute(dispute, by=by, reply="We read it again.", at=at, channel="web"),
                may=who in world.approvers,
            )

    # The report and what follows

    @rule(who=WHO, days=st.sampled_from([-3, 0, 5]), reason=st.sampled_from(["outreach", "no_reason"]))
    def extend(self, *, who: str, days: int, reason: str) -> None:
        world = self.world
        stage = world.process.stages.exclude(closes_at=None).latest("position")
        until, by = stage.closes_at + timedelta(days=days), world.members[who]
        world.attempt(
            lambda: extend_stage(stage, by=by, until=until, reason=reason, at=world.now, channel="web"),
            may=who == "amina",
        )

    @rule(who=WHO, text=st.sampled_from(TEXTS))
    def write(self, *, who: str, text: str) -> None:
        world = self.world
        write = lambda: write_report(world.process, by=world.members[who], title="", text=text, at=world.now)  # noqa: E731
        world.attempt(write, may=who in world.office, on_record=False)

    @rule(who=WHO)
    def seal(self, *, who: str) -> None:
        world = self.world
        seal = lambda: seal_report(world.process, by=world.members[who], at=world.now, channel="web")  # noqa: E731
        if world.attempt(seal, may=who == "amina"):
            waiting = [n for n, note in world.noted.items() if note.is_counted and not note.is_answered]
            assert waiting == [], "sealed while these wait for an answer"
            world.review_ends = world.now + REVIEW

    @rule(who=WHO, rulings=st.sampled_from(RULINGS))
    def decide(self, *, who: str, rulings: dict[int, Ruling]) -> None:
        world = self.world
        by, at = world.members[who], world.now
        done = world.attempt(
            lambda: decide(world.process, by=by, rulings=rulings, at=at, channel="web"),
            may=who in {"amina", "maarten"},
        )
        if done:
            assert world.review_ends is not None
            assert world.review_ends <= world.now, "decided before the review period ended"

    @rule(who=WHO)
    def follow_up(self, *, who: str) -> None:
        world = self.world
        by, at = world.members[who], world.now
        world.attempt(
            lambda: note_follow_up(world.process, by=by, text="Two trainers are paid.", at=at, channel="web"),
            may=who in {"amina", "dalia", "maarten"},
        )

    @rule(who=WHO)
    def close(self, *, who: str) -> None:
        world = self.world
        close = lambda: close_process(world.process, by=world.members[who], at=world.now, channel="web")  # noqa: E731
        world.attempt(close, may=who == "amina")

    # Past the actions, by SQL

    @rule(days=st.integers(1, 30))
    def shorten_the_review_by_sql(self, *, days: int) -> None:
        for report in Report.objects.exclude(review_ends_at=None):
            earlier = report.review_ends_at - timedelta(days=days)
            self._refused(lambda earlier=earlier: Report.objects.update(review_ends_at=earlier))
            self._refused(lambda: Report.objects.update(review_ends_at=None))
            self._refused(lambda: Report.objects.update(sealed_at=None))
            self._refused(lambda: Report.objects.update(sealed_revision=None))

    @precondition(lambda self: not self._may_be_decided())
    @rule()
    def decide_by_sql(self) -> None:
        now = self.world.now
        for report in Report.objects.all():
            row = RecommendationAnswer(report=report, number=9, answer="accepted", reason="Now.", decided_at=now)
            self._refused(row.save)
            self._refused(lambda: Report.objects.update(decided_at=now))
        for state in ("decided", "follow_up", "closed"):
            if not Report.objects.exclude(decided_at=None).exists():
                self._refused(lambda state=state: Process.objects.filter(key="nm").update(state=state))

    @precondition(lambda self: self.world.review_ends and self.world.now < self.world.review_ends)
    @rule()
    def make_final_by_sql(self) -> None:
        if not Report.objects.exclude(final_at=None).exists():
            self._refused(lambda: Report.objects.update(final_at=self.world.now))

    @rule(number=NUMBER)
    def delete_by_sql(self, *, number: int) -> None:
        for sql in ("DELETE FROM record_entry", "UPDATE record_entry SET kind = 'x'", "DELETE FROM inputs_input"):
            if self.world.noted:
                self._refused(lambda sql=sql: connection.cursor().execute(sql))
        if made := self.world.input(number):
            row = Contribution.objects.filter(pk=made.contribution_id)
            self._refused(lambda: row.update(number=77))
            self._refused(lambda: row._raw_delete(row.db))
        if Revision.objects.exists():
            self._refused(lambda: Revision.objects.update(text="Nothing was asked."))

    def _may_be_decided(self) -> bool:
        report = Report.objects.first()
        if report is None or report.final_at is None or report.review_ends_at is None:
            return False
        return self.world.now >= max(report.final_at, report.review_ends_at)

    def _refused(self, attempt: Callable[[], object]) -> None:
        with pytest.raises(DatabaseError), transaction.atomic():
            attempt()

    def _nth(self, model: type, which: int) -> object:
        rows = model.objects.filter(process=self.world.process) if model in {Theme, Response} else model.objects
        total = rows.count()
        return rows.order_by("pk")[which % total] if total else None

    # What holds after every act

    @invariant()
    def numbers_have_no_gap(self) -> None:
        numbers = list(Contribution.objects.order_by("number").values_list("number", flat=True))
        received = Entry.objects.filter(kind="input.received.1").order_by("index")
        assert numbers == sorted(self.world.noted) == list(range(1, len(numbers) + 1))
        assert list(received.values_list("number", flat=True)) == numbers

    @invariant()
    def states_are_as_noted(self) -> None:
        states = dict(Contribution.objects.values_list("number", "state"))
        assert states == {number: note.state for number, note in self.world.noted.items()}

    @invariant()
    def nothing_was_deleted(self) -> None:
        counts = self.world.counts()
        assert all(counts[model] >= before for model, before in self.world.seen.items())
        self.world.seen = counts

    @invariant()
    def the_record_holds(self) -> None:
        self.world.log.refresh_from_db()
        report = audit(self.world.log)
        assert report.holds, report.wrong
        assert not any(b"CANARY" in bytes(leaf) for leaf in Entry.objects.values_list("leaf", flat=True))

    @invariant()
    def strangers_read_what_is_public_and_nothing_else(self) -> None:
        public = {n: note for n, note in self.world.noted.items() if note.is_public}
        texts = Input.objects.visible_to(None).values_list("text", flat=True)
        names = Authorship.objects.visible_to(None).values_list("contribution__number", flat=True)
        disputes = Dispute.objects.visible_to(None).values_list("text", flat=True)
        assert sorted(texts) == sorted(note.text for note in public.values())
        assert set(names) == {number for number, note in public.items() if note.publication == "named"}
        assert sorted(disputes) == sorted(text for note in public.values() for text in note.words_of_disputes)

    @invariant()
    def no_decision_stands_before_its_time(self) -> None:
        ends = self.world.review_ends
        for report in Report.objects.all():
            assert report.review_ends_at == ends
            for at in filter(None, (report.final_at, report.decided_at)):
                assert ends is not None
                assert at >= ends
        is_decided = Process.objects.filter(state__in=("decided", "follow_up", "closed")).exists()
        assert is_decided == RecommendationAnswer.objects.exists()

    def teardown(self) -> None:
        try:
            erased = [note.text for note in self.world.noted.values() if note.state == "erased"]
            stored = whole_database() if erased else ""
            assert [text for text in erased if text in stored] == []
        finally:
            transaction.set_rollback(True)
            self.undo.__exit__(None, None, None)


def test_whatever_anybody_does_the_promises_hold(db: None) -> None:
    run(Acts, settings=PROFILE)
