"""Judging a text by its rubric: the author by themselves, and in a cohort the facilitators."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from talanoa.kernel.errors import NotAllowed, RuleBroken
from talanoa.kernel.text import clean_text
from talanoa.learning.actions.answering import pass_if_done
from talanoa.learning.models import Answer, Judgment, Learner
from talanoa.learning.permissions import require_judge
from talanoa.learning.queries import course_of, item_of
from talanoa.lib.grading import AnswerUnfit, Grade, judged
from talanoa.lib.items import Open, Rubric
from talanoa.people.models import Person

COMMENT_LIMIT = 2000


@transaction.atomic
def judge_text(
    answer: Answer,
    *,
    by: Person,
    levels: Mapping[str, int],
    comment: str,
    at: datetime,
    channel: str,
) -> Judgment:
    """Give a text its levels, by the ids of the criteria; a facilitator's needs a sentence, and counts before the own.

    One's own level counts up to 2. Raises NotAllowed; RuleBroken: not_for_judging, levels_unfit, comment_missing,
    text_too_long.
    """
    answer = (
        Answer.objects.select_for_update(no_key=True, of=("self",))
        .select_related("learner__run__version", "learner__person")
        .get(pk=answer.pk)
    )
    is_own = require_judge(by, answer) == "learner"
    item, rubric = _rubric(answer)
    if is_own and "self" not in item.graders:
        raise NotAllowed(_("This text is judged by the facilitators of the class."))
    grade = _judged(item, rubric, levels, is_own)
    said = _said(comment, is_own)
    made = Judgment.objects.create(
        answer=answer,
        by=by,
        is_own=is_own,
        levels=dict(levels),
        comment=said,
        score=grade.score,
        channel=channel,
        at=at,
    )
    learner = Learner.objects.select_related("run__version").get(pk=answer.learner_id)
    pass_if_done(learner, at=at, channel=channel)
    return made


def _rubric(answer: Answer) -> tuple[Open, Rubric]:
    """Return the item and its rubric. Raises RuleBroken: not_for_judging."""
    item = item_of(answer)
    if not isinstance(item, Open):
        raise RuleBroken(_("A rule graded this answer already."), code="not_for_judging")
    return item, course_of(answer.learner.run.version).rubrics[item.rubric]


def _judged(item: Open, rubric: Rubric, levels: Mapping[str, int], is_own: bool) -> Grade:
    try:
        return judged(item, rubric, levels, by_oneself=is_own)
    except AnswerUnfit as unfit:
        raise RuleBroken(
            _("Give each criterion a level from 0 to 3, such as: %(example)s")
            % {"example": " ".join(f"{letter}2" for letter in "abcdefgh"[: len(rubric.criteria)])},
            code="levels_unfit",
        ) from unfit


def _said(comment: str, is_own: bool) -> str:
    try:
        said = clean_text(comment.strip(), COMMENT_LIMIT)
    except ValueError as long:
        raise RuleBroken(
            _("Please keep it under %(limit)s characters.") % {"limit": COMMENT_LIMIT}, code="text_too_long"
        ) from long
    if not said and not is_own:
        raise RuleBroken(
            _("Tell the author in a sentence why: levels alone teach nobody."), code="comment_missing"
        )
    return said
