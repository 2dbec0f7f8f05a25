"""What comes to learners and facilitators by the clock: lessons, a reminder, texts to judge, that somebody passed."""

from datetime import datetime, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from talanoa.learning.actions.lettering import begin_lesson, note_digest, note_reminded, note_told
from talanoa.learning.letters.courses import (
    digest_lines,
    judged_lines,
    lesson_lines,
    lesson_subject,
    passed_lines,
)
from talanoa.learning.models import Answer, Facilitator, Judgment, Learner, LessonLetter
from talanoa.learning.models.runs import ADDRESS
from talanoa.learning.queries import course_of, newest_letter, progress_of, waiting_for
from talanoa.mail.letters import in_language_of, wrapped, write_to
from talanoa.processes.queries import open_processes
from talanoa.record.models import Entry

ANSWER, JUDGE = "answer", "judge"
"""What an answer to a lesson, or to texts that wait for a judge, means as a mail command."""
REMIND_AFTER = timedelta(days=7)
DIGEST_EVERY = timedelta(days=1)
MOST_IN_DIGEST, OFFERED = 5, 3


def send_lessons(*, at: datetime) -> int:
    """Send every lesson that is due at `at` (aware, UTC), and one reminder for each that lay unanswered for a week."""
    due = list(_due(at))
    n_sent = sum(send_next(learner, at=at) for learner in due)
    for learner in _silent(at):
        _remind(learner, at=at)
    return n_sent


def _by_mail(at: datetime) -> QuerySet[Learner]:
    """Return those whose lessons come by mail now, with the number and the lesson of their newest letter."""
    newest = LessonLetter.objects.filter(learner=OuterRef("pk")).order_by("-number")
    rows = Learner.objects.learning().filter(by_mail=True)
    rows = rows.exclude(paused_until__gt=at).select_related("run__version", "person")
    return rows.annotate(
        n_sent=Count("letters"),
        newest=Subquery(newest.values("lesson")[:1]),
    )


def _answered() -> Exists:
    return Exists(Answer.objects.filter(learner=OuterRef("pk"), lesson=OuterRef("newest")))


def _due(at: datetime) -> QuerySet[Learner]:
    """Return whose next lesson is due: on one's own after an answer, in a cohort by its days."""
    own = Q(run__starts_at__isnull=True) & (Q(n_sent=0) | _answered())
    return _by_mail(at).filter(own | Q(run__starts_at__lte=at)).order_by("pk")


def send_next(learner: Learner, *, at: datetime, is_wanted: bool = False) -> bool:
    """Send a learner the lesson after the newest one, unless its day has not come; one who asks for it gets it now."""
    made = begin_lesson(learner, at=at, is_wanted=is_wanted)
    if made is not None:
        write_lesson(learner, made, key=f"lesson-{made.pk}", at=at)
    return made is not None


def write_lesson(learner: Learner, letter: LessonLetter, *, key: str, at: datetime) -> None:
    """Write a lesson to its learner; the answer to it is one to this lesson."""
    course = course_of(learner.run.version)
    with in_language_of(learner.person):
        subject = lesson_subject(course, letter.number)
        lines = lesson_lines(course, course.lessons[letter.lesson])
        _write(learner, key=key, subject=subject, lines=lines, at=at, number=letter.pk)


def _silent(at: datetime) -> QuerySet[Learner]:
    """Return who got a lesson a week ago, did not answer it, and was not reminded of it."""
    late = Exists(LessonLetter.objects.filter(learner=OuterRef("pk"), sent_at__gt=at - REMIND_AFTER))
    rows = _by_mail(at).filter(Q(n_sent__gt=0) & ~late, reminded_at__isnull=True, passed_at__isnull=True)
    return rows.exclude(_answered()).order_by("pk")


def _remind(learner: Learner, *, at: datetime) -> None:
    letter = newest_letter(learner)
    if letter is None:
        return
    note_reminded(learner, at=at)
    course = course_of(learner.run.version)
    with in_language_of(learner.person):
        told = _(
            "The lesson “%(title)s” waits for you. Answer this letter with your answers, or with resend to get it once"
            " more, next for the one after it, pause 14, or stop. This is the only reminder."
        )
        lines = wrapped(told % {"title": course.lessons[letter.lesson].title})
        subject = _("A lesson waits for you: %(title)s") % {"title": course.title}
        key = f"lesson-reminder-{letter.pk}"
        _write(learner, key=key, subject=subject, lines=lines, at=at, number=letter.pk)


def tell_passed(entry: Entry) -> None:
    """Tell who passed, and where they can use it today."""
    learner = Learner.objects.select_related("run__version", "person").filter(entry_index=entry.index).first()
    if learner is None:
        return
    with in_language_of(learner.person):
        subject = _("You have passed: %(title)s") % {"title": learner.run.version.title}
        lines = passed_lines(learner, progress_of(learner), open_processes(entry.at)[:OFFERED])
        _write(learner, key=f"passed-{entry.pk}", subject=subject, lines=lines, at=entry.at)


def tell_judgments(*, at: datetime) -> None:
    """Tell the authors what facilitators found in their texts, each once."""
    rows = Judgment.objects.filter(is_own=False, told_at__isnull=True).order_by("pk")
    for made in rows.select_related("answer__learner__person", "answer__learner__run__version"):
        learner = made.answer.learner
        with in_language_of(learner.person):
            subject = _("Your text was read")
            _write(learner, key=f"judged-{made.pk}", subject=subject, lines=judged_lines(made), at=at)
        note_told(made, at=at)


def tell_facilitators(*, at: datetime) -> None:
    """Send facilitators, once a day, the texts that wait for them."""
    leads = Facilitator.objects.filter(run__closed_at__isnull=True)
    leads = leads.exclude(told_at__gt=at - DIGEST_EVERY).select_related("person").order_by("pk")
    for person in dict.fromkeys(lead.person for lead in leads):
        waiting = list(waiting_for(person)[:MOST_IN_DIGEST])
        if not waiting:
            continue
        with in_language_of(person):
            write_to(
                person,
                key=f"judge-digest-{person.pk}-{at:%Y%m%d%H%M%S}",
                subject=_("Texts of learners wait for you"),
                lines=digest_lines(waiting),
                at=at,
                process_key=ADDRESS,
                word=JUDGE,
                alone=True,
            )
        note_digest(person, at=at)


def _write(
    learner: Learner, *, key: str, subject: str, lines: list[str], at: datetime, number: int | None = None
) -> None:
    write_to(
        learner.person,
        key=key,
        subject=subject,
        lines=lines,
        at=at,
        process_key=ADDRESS,
        number=number,
        word=ANSWER,
        alone=True,
    )
