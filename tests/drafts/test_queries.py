"""What a draft still needs, and what was counted where."""

from drafts.conftest import WHEN, CommentOn, Suggest
from steps import DRAFT
from talanoa.contributions.models import Assurance
from talanoa.drafts.actions.disposing import Ruled, accept_suggestion, dispose_of, reject_suggestion
from talanoa.drafts.actions.needing import state_need
from talanoa.drafts.actions.writing import revise_draft
from talanoa.drafts.models import Draft, Suggestion
from talanoa.drafts.queries import counts_by_anchor, unmet, waiting_comments
from talanoa.people.models import Person
from talanoa.processes.actions.roles import enter
from talanoa.processes.models import Participant


def need(made: Suggestion, person: Person, degree: str) -> None:
    by = enter(made.draft.process, person, at=WHEN)
    state_need(made, by=by, degree=degree, at=WHEN, channel="web")


def test_what_most_say_must_be_comes_first_then_what_most_say_should(
    suggestion: Suggest, draft: Draft, yusuf: Person, sione: Person, lucia: Person
) -> None:
    one, two, three, _four = (suggestion(yusuf, f"Money lacks {n}.", "p2") for n in range(4))
    for person in (yusuf, sione):
        need(three, person, "must")
    for person in (yusuf, sione, lucia):
        need(two, person, "should")
    need(one, yusuf, "must")
    found = [(row.suggestion.contribution.number, row.n_must, row.n_should) for row in unmet(draft)]
    assert found == [(3, 2, 0), (1, 1, 0), (2, 0, 3), (4, 0, 0)]


def test_what_is_accepted_is_met_until_a_revision_drops_it_and_what_is_rejected_stays_wanted(
    suggestion: Suggest, draft: Draft, editor: Participant, yusuf: Person
) -> None:
    met, rejected = suggestion(yusuf), suggestion(yusuf, "Money lacks.", "p2")
    accept_suggestion(met, by=editor, at=WHEN, channel="web")
    reject_suggestion(rejected, by=editor, reason="Too short.", at=WHEN, channel="web")
    assert [(one.suggestion.pk, one.status) for one in unmet(draft)] == [(rejected.pk, "not_accepted")]
    revise_draft(draft, by=editor, text=DRAFT, at=WHEN, channel="web")
    assert [(one.suggestion.pk, one.status) for one in unmet(draft)] == [
        (met.pk, "accepted"),
        (rejected.pk, "not_accepted"),
    ]


def test_a_comment_waits_until_it_is_said_what_became_of_it(
    comment: CommentOn, draft: Draft, editor: Participant, yusuf: Person, sione: Person
) -> None:
    comment(yusuf)
    comment(sione)
    dispose_of(draft, [1], by=editor, ruled=Ruled("noted", "Thank you."), at=WHEN, channel="web")
    assert [row.contribution.number for row in waiting_comments(draft)] == [2]


def test_counted_is_what_everybody_may_read(
    comment: CommentOn, suggestion: Suggest, draft: Draft, yusuf: Person
) -> None:
    comment(yusuf)
    comment(yusuf, "All of it.", "")
    comment(yusuf, "A held one.", assurance=Assurance.CLAIMED)
    suggestion(yusuf)
    assert counts_by_anchor(draft) == ({"p2": 1, "": 1}, {"p3": 1})
