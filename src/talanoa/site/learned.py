"""What is kept of somebody's learning, for their own data."""

from typing import Any

from talanoa.learning.models import Answer, Learner
from talanoa.learning.queries import runs_of
from talanoa.people.models import Person


def learned_data(person: Person) -> list[dict[str, Any]]:
    """Return every course that somebody takes or took, with each answer, its points and what was found in it."""
    return [_learned(row) for row in runs_of(person)]


def _learned(row: Learner) -> dict[str, Any]:
    return {
        "course": row.run.version.course,
        "version": row.run.version.version,
        "class": row.run.title,
        "enrolled_at": f"{row.enrolled_at:%Y-%m-%dT%H:%M:%SZ}",
        "passed_at": f"{row.passed_at:%Y-%m-%dT%H:%M:%SZ}" if row.passed_at else None,
        "answers": [_answered(answer) for answer in row.answers.prefetch_related("judgments__by")],
    }


def _answered(answer: Answer) -> dict[str, Any]:
    return {
        "lesson": answer.lesson,
        "question": answer.item,
        "question_sha256": answer.sha256,
        "answer": answer.answer,
        "points": answer.score,
        "most": answer.most,
        "at": f"{answer.at:%Y-%m-%dT%H:%M:%SZ}",
        "judged": [
            {
                "by": "myself" if row.is_own else (row.by.name if row.by else ""),
                "levels": row.levels,
                "points": row.score,
                "sentence": row.comment,
            }
            for row in answer.judgments.all()
        ],
    }
