"""Letters of a course: lessons, grades, texts to judge, and that somebody passed."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from string import ascii_lowercase

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from talanoa.learning.actions.answering import Answered
from talanoa.learning.letters.lessons import lesson_text
from talanoa.learning.models import Answer, Judgment, Learner
from talanoa.learning.models.runs import ADDRESS
from talanoa.learning.queries import course_of, item_of, lesson_at
from talanoa.learning.shown import blocks
from talanoa.lib.courses import Course
from talanoa.lib.grading import TOP
from talanoa.lib.items import Open, Rubric
from talanoa.lib.lessons import Lesson
from talanoa.lib.progress import Progress
from talanoa.mail.letters import wrapped
from talanoa.mail.posting import outbox
from talanoa.processes.models import Process

RULE = "-" * 72
SHOWN_TEXT = 3000
"""So many characters of a text are told to whoever judges it; the page has the rest."""


def course_lines(courses: Iterable[Course]) -> list[str]:
    """Return which courses there are, and how one begins by mail."""
    lines = wrapped(_("These courses can be taken by mail alone:"), "")
    for course in courses:
        lessons = ngettext("%(n)s lesson", "%(n)s lessons", len(course.lessons)) % {"n": len(course.lessons)}
        lines += [*wrapped(f"{course.title} ({lessons})", f"  enroll {course.id}"), ""]
        lines += [*wrapped(course.summary), ""]
    told = _("To begin one, write its line, such as “enroll %(course)s”, to %(address)s@%(domain)s.")
    example = {"course": course.id, "address": ADDRESS, "domain": outbox.domain}
    return [*lines, *wrapped(told % example)]


def welcome_lines(learner: Learner) -> list[str]:
    """Return what somebody reads who begins a course by mail."""
    course = course_of(learner.run.version)
    n = len(course.lessons)
    told = ngettext("It has %(n)s lesson", "It has %(n)s lessons", n) % {"n": n}
    hours = ngettext("takes about %(n)s hour", "takes about %(n)s hours", course.hours) % {"n": course.hours}
    begins = learner.run.starts_at
    comes = (
        _("The first lesson comes on %(day)s.") % {"day": _day(begins)}
        if begins and begins > learner.enrolled_at
        else _("The first lesson comes in the next letter.")
    )
    return [
        *wrapped(_("You take the course “%(title)s”.") % {"title": course.title}),
        *wrapped(f"{told}, {hours}. {comes}", ""),
        *wrapped(
            _(
                "Answer each lesson by answering its letter. You get the grades and the reasons at once. The best"
                " answer to each question counts, so you may answer again."
            ),
            "",
        ),
        *words_lines(),
    ]


def words_lines() -> list[str]:
    """Return the other words that a learner can answer with."""
    return wrapped(
        _("Other words to answer with, each alone on the first line:"),
        _("  next         the next lesson now"),
        _("  resend       this lesson once more"),
        _("  progress     how far you are"),
        _("  pause 14     no lesson for 14 days"),
        _("  stop         leave the course; enroll brings you back"),
    )


def lesson_lines(course: Course, lesson: Lesson) -> list[str]:
    """Return a lesson with how to answer it."""
    told = _("To answer, answer this letter: the number of each question and your answer, such as “1a 2bd”.")
    return [
        *lesson_text(course, lesson).rstrip().splitlines(),
        "",
        RULE,
        *wrapped(told),
        *words_lines(),
    ]


def lesson_subject(course: Course, number: int) -> str:
    """Return the subject of the letter of lesson `number`, from 1."""
    lesson = course.in_order()[number - 1]
    told = _("%(course)s, lesson %(n)s of %(total)s: %(title)s")
    return told % {
        "course": course.title,
        "n": number,
        "total": len(course.lessons),
        "title": lesson.title,
    }


def lesson_alone_lines(course: Course, lesson: Lesson) -> list[str]:
    """Return a lesson for somebody who does not take the course, with what is right, since nobody grades them."""
    lines = [
        *lesson_text(course, lesson).rstrip().splitlines(),
        "",
        RULE,
        *wrapped(_("What is right, and why:"), ""),
    ]
    for _block, item in blocks(course, lesson, by_mail=True):
        if item and item.right:
            lines += [*wrapped(f"Q{item.number}.", *(f"  {text}" for text in item.right)), ""]
    told = _(
        "To have your answers graded, take the course: write “enroll %(course)s” to %(address)s@%(domain)s."
    )
    return [*lines, *wrapped(told % {"course": course.id, "address": ADDRESS, "domain": outbox.domain})]


def help_lines(moment: str) -> list[str]:
    """Return which lesson helps at a moment, on the site and by mail; nothing where none does."""
    found = lesson_at(moment)
    if found is None:
        return []
    course, lesson = found
    n = lesson.minutes
    told = ngettext("A lesson of %(n)s minute helps:", "A lesson of %(n)s minutes helps:", n) % {"n": n}
    by_mail = _("By mail: write “lesson %(lesson)s” to %(address)s@%(domain)s.")
    words = {"lesson": lesson.id, "address": ADDRESS, "domain": outbox.domain}
    lines = [f"{told} {lesson.title}", f"  {outbox.site}/learn/{course}/{lesson.id}/", by_mail % words]
    return ["", *wrapped(*lines)]


def graded_lines(
    lesson: Lesson, course: Course, answered: Sequence[Answered], unread: Sequence[int]
) -> list[str]:
    """Return the grade of each answer with its reasons; `unread` are the numbers of answers that nobody can read."""
    numbers = {item.id: n for n, item in enumerate(lesson.items, start=1)}
    lines: list[str] = []
    for one in answered:
        lines += [*_grade(numbers[one.item.id], one, course), ""]
    for number in unread:
        told = _("Q%(n)s. I could not read this answer. %(how)s")
        how = _("The lesson says below the question how it is answered.")
        lines += [*wrapped(told % {"n": number, "how": how}), ""]
    return lines


def _grade(number: int, one: Answered, course: Course) -> list[str]:
    if one.grade is None:
        rubric = course.rubrics[one.item.rubric] if isinstance(one.item, Open) else None
        told = _("Q%(n)s. Your text is kept, as text %(text)s.") % {"n": number, "text": one.row.pk}
        return wrapped(told, *(judge_how(one.row, rubric) if rubric else []))
    told = (
        _("Q%(n)s. Right: %(score)s of %(most)s.")
        if one.grade.is_full
        else _("Q%(n)s. %(score)s of %(most)s.")
    )
    head = told % {"n": number, "score": one.grade.score, "most": one.grade.most}
    whys = [part.why for part in one.grade.parts if not part.is_right and part.why]
    return wrapped(head, *(f"  - {why}" for why in dict.fromkeys(whys)))


def judge_how(row: Answer, rubric: Rubric) -> list[str]:
    """Return how a text is judged by its rubric: each criterion with its levels."""
    marks = dict(zip(ascii_lowercase, rubric.criteria, strict=False))
    lines = ["", _("Judge it: for each letter below, the level that fits.")]
    for letter, criterion in marks.items():
        lines += [f"  {letter}) {criterion.text}"]
        lines += [f"     {level} = {text}" for level, text in enumerate(criterion.levels)]
    example = " ".join(f"{letter}{min(level, 2)}" for level, letter in enumerate(marks, start=1))
    lines += [_("Answer such as: %(example)s") % {"example": f"judge {row.pk}: {example}"}]
    lines += [_("Your own level counts up to 2; a facilitator may give %(top)s.") % {"top": TOP}]
    return lines


def progress_lines(found: Progress) -> list[str]:
    """Return how far somebody is, and what is missing to pass."""
    told = _("So far: %(score)s of %(most)s points, %(share)s %%. To pass you need %(needed)s %%.")
    words = {"score": found.score, "most": found.most, "share": found.share, "needed": found.needed}
    lines = wrapped(told % words)
    if found.is_passed:
        return lines
    missing = [
        _("  lesson %(n)s, %(title)s: %(answered)s of %(items)s questions answered")
        % {
            "n": n,
            "title": row.lesson.title,
            "answered": row.answered,
            "items": len(row.lesson.items),
        }
        for n, row in enumerate(found.lessons, start=1)
        if not row.is_answered
    ]
    if found.waiting:
        waiting = ngettext("  %(n)s text to be judged", "  %(n)s texts to be judged", found.waiting)
        missing.append(waiting % {"n": found.waiting})
    missing += [_("  the practice room %(name)s, to its debrief") % {"name": key} for key in found.rooms]
    return [*lines, *wrapped("", _("Still missing:"), *missing)] if missing else lines


def passed_lines(learner: Learner, found: Progress, open_now: Sequence[Process]) -> list[str]:
    """Return that somebody passed, where it stands on the record, and where they can use it today."""
    version = learner.run.version
    told = _("You have passed the course “%(title)s”, with %(share)s %% of the points. Well done.")
    where = _("Entry %(index)s of the public record says that somebody passed it. It does not say who.")
    lines = wrapped(
        told % {"title": version.title, "share": found.share},
        "",
        where % {"index": learner.entry_index},
        "",
    )
    return [*lines, *open_lines(_("You can use it now. These processes take input:"), open_now)]


def open_lines(told: str, open_now: Sequence[Process]) -> list[str]:
    """Return `told`, and below it the processes that take input and their addresses; nothing where none does."""
    calls = [f"  {process.key}@{outbox.domain}  {process.title}" for process in open_now]
    return wrapped(told, *calls) if calls else []


def judged_lines(made: Judgment) -> list[str]:
    """Return what a facilitator found in a text, for its author."""
    answer = made.answer
    item = item_of(answer)
    course = course_of(answer.learner.run.version)
    lines = wrapped(
        _("Your text %(text)s was read: %(score)s of %(most)s points.")
        % {"text": answer.pk, "score": made.score, "most": answer.most},
        "",
    )
    for criterion in course.rubrics[item.rubric].criteria if isinstance(item, Open) else ():
        lines += wrapped(f"{criterion.text}: {criterion.levels[made.levels[criterion.id]]}")
    return [*lines, "", *wrapped(made.comment)]


def digest_lines(waiting: Sequence[Answer]) -> list[str]:
    """Return the texts that wait for a facilitator, each with its rubric; one answer may judge them all."""
    lines = wrapped(
        _(
            "These texts wait for you. Answer this letter with one line for each: the levels, then a sentence to its"
            " author."
        ),
        "",
    )
    for answer in waiting:
        item = item_of(answer)
        course = course_of(answer.learner.run.version)
        head = _("Text %(text)s, by %(name)s: %(lesson)s")
        words = {
            "text": answer.pk,
            "name": answer.learner.person.name,
            "lesson": course.lessons[answer.lesson].title,
        }
        text = str(answer.answer)[:SHOWN_TEXT]
        lines += [
            RULE,
            *wrapped(head % words, "", item.prompt, ""),
            *(f"> {line}" for line in text.splitlines()),
        ]
        lines += wrapped(*judge_how(answer, course.rubrics[item.rubric])) if isinstance(item, Open) else []
        lines += [""]
    return lines


def _day(at: datetime) -> str:
    return date_format(at, pgettext("date format", "j F Y"))
