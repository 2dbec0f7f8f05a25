"""Learning by mail alone: begin a course, answer a lesson, judge a text; how far one is, pause, go on, leave."""

from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from talanoa.kernel.errors import NotAllowed, RuleBroken
from talanoa.learning.actions.answering import answer_items
from talanoa.learning.actions.enrolling import enroll, leave_course, pause_learning
from talanoa.learning.actions.judging import judge_text
from talanoa.learning.letters.courses import (
    course_lines,
    graded_lines,
    help_lines,
    lesson_alone_lines,
    progress_lines,
    welcome_lines,
)
from talanoa.learning.models import Answer, Learner, LessonLetter
from talanoa.learning.models.runs import ADDRESS
from talanoa.learning.notices import ANSWER, JUDGE, send_next, write_lesson
from talanoa.learning.queries import course_of, courses, newest_letter, progress_of
from talanoa.lib import answer_lines, judge_lines
from talanoa.lib.quoting import unquoted
from talanoa.mail import tokens
from talanoa.mail.letters import wrapped
from talanoa.mail.outbox import PROOF
from talanoa.mail.registry import MailReply, MailRequest, command, directory
from talanoa.people.models import Person
from talanoa.processes.mail_commands import ask_owner, proven

PAUSE_DAYS = 14
directory.help_at = help_lines
MOST_JUDGED = 20


@command(
    "courses",
    address=ADDRESS,
    told=gettext_lazy("Which courses there are, and how one begins."),
    example="courses",
)
def tell_courses(request: MailRequest) -> MailReply:  # noqa: ARG001 - as every command
    """Tell which courses there are."""
    return MailReply(subject=_("Courses by mail"), lines=tuple(course_lines(courses().values())))


@command(
    "lesson",
    only_at=ADDRESS,
    takes=r"[a-z0-9-]{2,40}",
    told=gettext_lazy("One lesson by its name, without beginning the course."),
    example="lesson object-with-a-remedy",
)
def tell_lesson(request: MailRequest) -> MailReply:
    """Send one lesson to whoever asks for it; nothing is kept. Raises RuleBroken: lesson_unknown."""
    name = request.text.partition("\n")[0].strip().lower()
    for course in courses().values():
        if name in course.lessons:
            lesson = course.lessons[name]
            return MailReply(subject=lesson.title, lines=tuple(lesson_alone_lines(course, lesson)))
    raise RuleBroken(_("There is no lesson of this name."), code="lesson_unknown")


@command(
    "enroll",
    only_at=ADDRESS,
    takes=r"[a-z0-9-]{2,40}",
    told=gettext_lazy("You begin a course, or join a class by the code that its facilitator gave you."),
    example="enroll written-to-be-answered",
)
def begin(request: MailRequest) -> MailReply:
    """Begin a course by mail; somebody not proven is asked first. Raises RuleBroken: course_unknown, run_closed."""
    what = request.text.partition("\n")[0].strip()
    if not what:
        return tell_courses(request)
    if request.person is None:
        return ask_owner(request, f"enroll {what}", may_be_new=True)
    learner = enroll(what, by=request.person, by_mail=True, at=request.at, channel="mail")
    subject = _("Welcome: %(title)s") % {"title": learner.run.version.title}
    return _reply(request, learner, subject, welcome_lines(learner))


@command(
    ANSWER,
    only_at=ADDRESS,
    takes_words=True,
    told=gettext_lazy("Your answers to a lesson. In an answer to its letter this word is not needed."),
    example="answer: 1a 2bd",
)
def answer(request: MailRequest) -> MailReply:
    """Take the answers to a lesson and tell their grades. Raises NotAllowed; RuleBroken: those of the act."""
    learner, letter = _lesson(request)
    course = course_of(learner.run.version)
    lesson = course.lessons[letter.lesson]
    read = answer_lines.read(request.text, lesson.items)
    if not read.answers and not read.unread:
        raise RuleBroken(
            _("There is no answer in your mail. Write the number of a question and your answer, such as: 1a"),
            code="answer_missing",
        )
    answered = answer_items(
        learner, lesson=lesson.id, answers=read.answers, by=learner.person, at=request.at, channel="mail"
    )
    lines = graded_lines(lesson, course, answered, read.unread)
    subject = _("Your answers to lesson %(n)s") % {"n": letter.number}
    return _reply(request, learner, subject, [*lines, *progress_lines(progress_of(learner))], letter)


@command(
    JUDGE,
    only_at=ADDRESS,
    takes_words=True,
    told=gettext_lazy(
        "What you find in a text, your own or a learner's: a level for each letter, then a sentence."
    ),
    example="judge 57: a2 b1 Say which paragraph you mean.",
)
def judge(request: MailRequest) -> MailReply:
    """Judge texts, several in one mail; each stands for itself. Raises NotAllowed."""
    person = proven(request)
    found = judge_lines.read(unquoted(request.parsed.text)[0])[:MOST_JUDGED]
    if not found:
        raise RuleBroken(
            _("Say which text you judge, such as: %(example)s") % {"example": "judge 57: a2 b1 ..."},
            code="number_unknown",
        )
    lines = [line for one in found for line in wrapped(_judged(one, person, request))]
    return _plain(request, person, _("Judged"), lines)


def _judged(one: judge_lines.JudgeLine, person: Person, request: MailRequest) -> str:
    """Judge one text and tell what became of it, a refusal too: the others of the mail are taken all the same."""
    row = (
        Answer.objects.visible_to(person)
        .select_related("learner__run__version")
        .filter(pk=one.number)
        .first()
    )
    if row is None:
        return _("Text %(text)s: there is none that you may read.") % {"text": one.number}
    try:
        made = judge_text(
            row,
            by=person,
            levels=_by_criterion(row, one.levels),
            comment=one.comment,
            at=request.at,
            channel="mail",
        )
    except (RuleBroken, NotAllowed) as refused:
        return _("Text %(text)s: %(why)s") % {"text": one.number, "why": refused.text}
    told = _("Text %(text)s: %(score)s of %(most)s points.")
    return told % {"text": one.number, "score": made.score, "most": row.most}


@command(
    "next",
    only_at=ADDRESS,
    told=gettext_lazy("The next lesson comes now."),
)
def skip(request: MailRequest) -> MailReply:
    """Send the next lesson."""
    learner = _learner(request)
    is_sent = send_next(learner, at=request.at, is_wanted=True)
    told = _("The next lesson is on its way.") if is_sent else _("There is no further lesson.")
    return _reply(request, learner, _("Your course"), wrapped(told))


@command(
    "resend",
    only_at=ADDRESS,
    told=gettext_lazy("The lesson comes once more."),
)
def resend(request: MailRequest) -> MailReply:
    """Send a lesson once more."""
    learner, letter = _lesson(request)
    write_lesson(learner, letter, key=f"lesson-{letter.pk}-{request.dedup_key}"[:120], at=request.at)
    return _reply(
        request, learner, _("Your course"), wrapped(_("The lesson is on its way once more.")), letter
    )


@command(
    "progress",
    only_at=ADDRESS,
    told=gettext_lazy("How far you are, and what is missing to pass."),
)
def tell_progress(request: MailRequest) -> MailReply:
    """Tell how far somebody is."""
    learner = _learner(request)
    return _reply(request, learner, _("How far you are"), progress_lines(progress_of(learner)))


@command(
    "pause",
    only_at=ADDRESS,
    takes=r"\d{1,3}(?: days?)?",
    told=gettext_lazy("No lesson comes for so many days, or for 14. They go on by themselves."),
    example="pause 30",
)
def pause(request: MailRequest) -> MailReply:
    """Let no lesson come for a while. Raises RuleBroken: pause_too_long."""
    learner = _learner(request)
    told = request.text.split()
    days = int(told[0]) if told and told[0].isdigit() else PAUSE_DAYS
    learner = pause_learning(learner, by=learner.person, days=days, at=request.at, channel="mail")
    until = request.at + timedelta(days=days)
    lines = wrapped(_("Until %(day)s no lesson comes; then they go on.") % {"day": f"{until:%Y-%m-%d}"})
    return _reply(request, learner, _("Your course"), lines)


@command("resume", only_at=ADDRESS, told=gettext_lazy("The lessons go on now."))
def resume(request: MailRequest) -> MailReply:
    """Let the lessons go on."""
    learner = _learner(request)
    pause_learning(learner, by=learner.person, days=0, at=request.at, channel="mail")
    return _reply(request, learner, _("Your course"), wrapped(_("The lessons go on.")))


@command(
    "stop",
    "unsubscribe",
    only_at=ADDRESS,
    told=gettext_lazy("You leave the course. What you answered is kept for you; enroll brings you back."),
)
def stop(request: MailRequest) -> MailReply:
    """Leave a course."""
    learner = _learner(request)
    leave_course(learner, by=learner.person, at=request.at, channel="mail")
    told = _("You have left “%(title)s”. To come back, write: enroll %(course)s")
    version = learner.run.version
    words = {"title": version.title, "course": learner.run.code or version.course}
    return _reply(request, learner, _("Your course"), wrapped(told % words))


def _lesson(request: MailRequest) -> tuple[Learner, LessonLetter]:
    """Return the learner and the lesson that a mail is about: the one it answers, or the newest that went out."""
    person = proven(request)
    rows = LessonLetter.objects.select_related("learner__run__version", "learner__person")
    letter = rows.filter(pk=request.number or 0, learner__person=person).first()
    if letter is not None:
        return letter.learner, letter
    learner = _learner(request)
    newest = newest_letter(learner)
    if newest is None:
        raise RuleBroken(_("No lesson has come to you yet."), code="lesson_unknown")
    return learner, newest


def _learner(request: MailRequest) -> Learner:
    """Return the learner that a mail is about. Raises NotAllowed; RuleBroken: not_enrolled."""
    person = proven(request)
    rows = Learner.objects.select_related("run__version", "person").filter(person=person)
    found = rows.filter(letters=request.number or 0).first() or rows.learning().first()
    if found is None:
        raise RuleBroken(
            _("You take no course now. To begin one, write: %(example)s")
            % {"example": f"enroll {next(iter(courses()))}"},
            code="not_enrolled",
        )
    return found


def _by_criterion(row: Answer, levels: dict[str, int]) -> dict[str, int]:
    """Return levels by the ids of the criteria, which a mail calls a, b, c."""
    course = course_of(row.learner.run.version)
    item = next(one for one in course.lessons[row.lesson].items if one.id == row.item)
    rubric = course.rubrics.get(getattr(item, "rubric", ""))
    names = (
        dict(zip("abcdefghijklmnopqrstuvwxyz", (one.id for one in rubric.criteria), strict=False))
        if rubric
        else {}
    )
    return {names.get(letter, letter): level for letter, level in levels.items()}


def _reply(
    request: MailRequest, learner: Learner, subject: str, lines: list[str], letter: LessonLetter | None = None
) -> MailReply:
    """Answer a learner; an answer to this is one to the same lesson."""
    number = letter.pk if letter else request.number
    token = tokens.issue(learner.person, process_key=ADDRESS, number=number, at=request.at, word=ANSWER)
    return MailReply(subject=subject, lines=tuple(lines), to=learner.person, extra={PROOF: token})


def _plain(request: MailRequest, person: Person, subject: str, lines: list[str]) -> MailReply:
    token = tokens.issue(person, process_key=ADDRESS, number=None, at=request.at, word=JUDGE)
    return MailReply(subject=subject, lines=tuple(lines), to=person, extra={PROOF: token})
