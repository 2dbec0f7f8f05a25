"""Random sequences of acts by all roles under a moving clock: the promises hold after every one of them.

Never decided before the review period ends; never sealed while one input that counts has no answer; numbers
without gap; nothing deleted; the record audits; nobody outside reads what is not public.
"""

import os

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import invariant
from hypothesis.stateful import run_state_machine_as_test as run

from journeys.random_acts import Acts
from journeys.random_world import Place, undone
from talanoa.contributions.models import Authorship, Contribution, Dispute
from talanoa.inputs.models import Input
from talanoa.processes.models import Process
from talanoa.record.auditing import audit
from talanoa.record.models import Entry
from talanoa.reports.models import RecommendationAnswer, Report

pytestmark = pytest.mark.nightly
NIGHTLY = bool(os.environ.get("TALANOA_NIGHTLY"))
AUDIT_EVERY = 8
# The everyday run draws the same acts each time; the nightly one draws new ones.
SEED = 400
PROFILE = settings(
    max_examples=150 if NIGHTLY else 5,
    stateful_step_count=60 if NIGHTLY else 30,
    phases=list(Phase) if NIGHTLY else [Phase.generate],
    deadline=None,
    database=None,
    report_multiple_bugs=False,
    suppress_health_check=list(HealthCheck),
)


class Promises(Acts):
    """What holds after every act, whoever did it and whenever."""

    def __init__(self) -> None:
        super().__init__()
        self.n_acts = 0
        self.undo = undone()
        self.undo.__enter__()

    def teardown(self) -> None:
        try:
            self.audit()
        finally:
            self.undo.__exit__(None, None, None)

    @invariant()
    def numbers_have_no_gap(self) -> None:
        numbers = list(Contribution.objects.order_by("number").values_list("number", flat=True))
        received = Entry.objects.filter(kind="input.received.1").order_by("index")
        assert numbers == sorted(self.world.noted) == list(range(1, len(numbers) + 1))
        assert list(received.values_list("number", flat=True)) == numbers

    @invariant()
    def every_state_is_what_the_acts_made_it(self) -> None:
        states = dict(Contribution.objects.values_list("number", "state"))
        assert states == {number: note.state for number, note in self.world.noted.items()}

    @invariant()
    def nothing_was_deleted(self) -> None:
        counts = self.world.counts()
        assert all(counts[model] >= before for model, before in self.world.seen.items())
        self.world.seen = counts

    @invariant()
    def the_record_holds(self) -> None:
        self.n_acts += 1
        if NIGHTLY or self.n_acts % AUDIT_EVERY == 0:
            self.audit()

    def audit(self) -> None:
        self.world.log.refresh_from_db()
        report = audit(self.world.log)
        assert report.holds, report.wrong

    @invariant()
    def the_record_quotes_nobody(self) -> None:
        leaves = [bytes(leaf) for leaf in Entry.objects.values_list("leaf", flat=True)]
        assert not any(b"CANARY" in leaf or b"NAME" in leaf for leaf in leaves)

    @invariant()
    def strangers_read_what_is_public_and_nothing_else(self) -> None:
        public = {n: note for n, note in self.world.noted.items() if note.is_public}
        texts = Input.objects.visible_to(None).values_list("text", flat=True)
        names = Authorship.objects.visible_to(None).values_list("contribution__number", flat=True)
        disputes = Dispute.objects.visible_to(None).values_list("text", flat=True)
        assert sorted(texts) == sorted(note.text for note in public.values())
        assert set(names) == {number for number, note in public.items() if note.publication == "named"}
        assert sorted(disputes) == sorted(text for note in public.values() for text in note.disputes)

    @invariant()
    def no_date_stands_before_the_review_period_ended(self) -> None:
        for report in Report.objects.all():
            assert report.review_ends_at == self.world.review_ends
            dates = [at for at in (report.final_at, report.decided_at) if at is not None]
            assert dates == sorted(dates)
            assert all(report.review_ends_at is not None and report.review_ends_at <= at for at in dates)

    @invariant()
    def what_is_called_decided_has_its_decision(self) -> None:
        decided = Process.objects.filter(state__in=("decided", "follow_up", "closed"))
        assert decided.exists() == RecommendationAnswer.objects.exists()


@pytest.mark.parametrize("begun", range(5), ids=["open", "answered", "sealed", "final", "decided"])
def test_whatever_anybody_does_the_promises_hold(db: None, begun: int) -> None:
    Promises.place, Promises.begun = Place(), begun
    run(Promises if NIGHTLY else seed(SEED + begun)(Promises), settings=PROFILE)
