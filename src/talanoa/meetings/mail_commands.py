"""Minutes by mail: a speaker answers our letter with their lines, to confirm them or to correct one."""

import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from talanoa.kernel.errors import NotAllowed, RuleBroken
from talanoa.mail import tokens
from talanoa.mail.letters import wrapped
from talanoa.mail.outbox import PROOF
from talanoa.mail.registry import MailReply, MailRequest, command, yes_or_no
from talanoa.meetings.actions.confirming import confirm_lines, correct_line
from talanoa.meetings.letters import MINUTED, how_lines, minuted_lines
from talanoa.meetings.models import Meeting, SpokenLine
from talanoa.meetings.queries import meeting_numbered, newest_minuted, numbered_lines, own_lines
from talanoa.people.models import Person
from talanoa.processes.actions.roles import enter
from talanoa.processes.mail_commands import process_of

LONGEST_LIST = 200
"""Characters of an answer that lists numbers of lines."""
_CORRECT = re.compile(
    r"\s*correct(?:\s+(?:line\s+)?#?(?P<number>\d{1,4}))?\s*[:：]\s*(?P<text>.*)", re.IGNORECASE | re.DOTALL
)
_SOME = re.compile(
    r"\s*confirm\s+(?:lines?\s+)?(?P<numbers>\d{1,4}(?:\s*(?:,|\band\b|\s)\s*\d{1,4})*)[.!]?\s*",
    re.IGNORECASE,
)


@command(
    MINUTED,
    is_question=True,
    told=gettext_lazy(
        "What the minutes of a meeting say that you said: answer our letter with confirm, or with correct, the number"
        " of the line and what you said. This word alone brings the letter again; a number after it names the meeting."
    ),
    example="minuted 2",
)
def answer_minutes(request: MailRequest) -> MailReply:
    """Confirm or correct one's own lines; what says neither plainly changes nothing, and we ask again.

    Raises NotAllowed; RuleBroken: line_unknown, reply_over, wrong_state, and those of a correction.
    """
    process, person = process_of(request), request.person
    if person is None:
        raise NotAllowed(
            _("Please answer our letter with your lines, from the same address: that shows that it is you.")
        )
    called, _line, said = request.text.partition("\n")
    is_answer = called.isascii() and called.isdigit()
    number = int(called) if is_answer else request.number
    meeting = meeting_numbered(process, number, None) if number else newest_minuted(process, person)
    lines = list(own_lines(meeting, person)) if meeting else []
    if meeting is None or not lines:
        raise RuleBroken(_("No minutes here say that you said something."), code="line_unknown")
    told = _answered(said, meeting, lines, person, request) if is_answer else ""
    if not told:
        return _asked_again(meeting, lines, person, request, is_answer=is_answer)
    return _reply(meeting, person, request, (*wrapped(told, ""), *how_lines(meeting.minutes, lines)))


def _answered(
    said: str, meeting: Meeting, lines: list[SpokenLine], person: Person, request: MailRequest
) -> str:
    """Do what an answer says, and return what its sender is told; "" where it says neither."""
    by = enter(meeting.process, person, at=request.at)
    paragraph, *more = said.strip().split("\n\n")
    if _CORRECT.fullmatch(paragraph):
        found = [one for one in map(_CORRECT.fullmatch, (paragraph, *more)) if one]
        meant = [(_meant(lines, one["number"]), one["text"]) for one in found]
        for line, text in meant:
            correct_line(line, by=by, text=text, at=request.at, channel="mail")
        told = _("Thank you. What you said stands beside these lines of the minutes: %(numbers)s.")
        return told % {"numbers": ", ".join(str(line.number) for line, _text in meant)}
    some = _SOME.fullmatch(paragraph) if len(paragraph) <= LONGEST_LIST else None
    if some or yes_or_no(said, name=f"{lines[0].name} {person.name}"):
        numbers = [int(one) for one in re.findall(r"\d+", some["numbers"])] if some else []
        done = confirm_lines(meeting, by=by, numbers=numbers, at=request.at, channel="mail")
        told = _("Thank you. You confirmed these lines of the minutes: %(numbers)s.")
        return told % {"numbers": ", ".join(str(line.number) for line in done)}
    return ""


def _meant(lines: list[SpokenLine], number: str | None) -> SpokenLine:
    """Return the line that a correction is about; without a number, the only one."""
    if number is None and len(lines) == 1:
        return lines[0]
    return numbered_lines(lines, [int(number or 0)])[0]


def _asked_again(
    meeting: Meeting, lines: list[SpokenLine], person: Person, request: MailRequest, *, is_answer: bool
) -> MailReply:
    told = _("Your answer says neither plainly, so nothing changed.")
    return _reply(
        meeting,
        person,
        request,
        (*(wrapped(told, "") if is_answer else ()), *minuted_lines(meeting.minutes, lines)),
    )


def _reply(meeting: Meeting, person: Person, request: MailRequest, lines: tuple[str, ...]) -> MailReply:
    """Answer a speaker, who can answer again about the same minutes."""
    word = f"{MINUTED} {meeting.number}"
    token = tokens.issue(person, process_key=meeting.process.key, number=None, at=request.at, word=word)
    subject = _("Minutes of meeting %(number)s") % {"number": meeting.number}
    return MailReply(subject=subject, lines=lines, to=person, extra={PROOF: token})
