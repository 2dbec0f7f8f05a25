"""What is kept of somebody's learning and practice, for their own data."""

from typing import Any

from talanoa.learning.models import Answer, Learner
from talanoa.learning.queries import runs_of
from talanoa.people.models import Person
from talanoa.practice.models import Done, Seat
from talanoa.practice.queries import seats_of


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


def practiced_data(person: Person) -> list[dict[str, Any]]:
    """Return every seat that somebody plays or played in a practice room: what they did there, meant to do, and got."""
    return [_practiced(seat) for seat in seats_of(person)]


def _practiced(seat: Seat) -> dict[str, Any]:
    room = seat.room
    done = room.done.filter(seat=seat.role, rule="").order_by("number")
    return {
        "scenario": room.scenario_id,
        "room": room.process.key,
        "opened_at": f"{room.created_at:%Y-%m-%dT%H:%M:%SZ}",
        "seat": seat.role,
        "promise": seat.promise,
        "promised_at": f"{seat.promised_at:%Y-%m-%dT%H:%M:%SZ}" if seat.promised_at else None,
        "acts": [_done(row) for row in done],
        "levels": [
            {"criterion": row.criterion, "level": row.level, "sentence": row.sentence}
            for row in seat.levels.all()
        ],
    }


def _done(row: Done) -> dict[str, Any]:
    return {
        "number": row.number,
        "day": row.day,
        "at": f"{row.done_at:%Y-%m-%dT%H:%M:%SZ}",
        "channel": row.channel,
        "act": {name: value for name, value in row.act.items() if value},
    }
