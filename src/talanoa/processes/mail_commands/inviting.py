"""The answer to an invitation by mail: a yes, a no, an input at once, or a refusal that says how.

Only whoever proved to be the person invited can answer. What is refused stays at the desk for a person to read, so no
answer is lost.
"""

import re
from collections.abc import Mapping
from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from talanoa.kernel.errors import NotAllowed, RuleBroken
from talanoa.lib.aliases import load_aliases
from talanoa.lib.preamble import read_preamble
from talanoa.lib.quoting import unquoted
from talanoa.mail import loops, tokens
from talanoa.mail.outbox import PROOF
from talanoa.mail.registry import DEFAULT, MailReply, MailRequest, called, command, understand, yes_or_no
from talanoa.people.models import Group, Person
from talanoa.processes.actions.inviting import accept_invitation, decline_invitation
from talanoa.processes.letters.inviting import JOIN, declined_lines, joined_lines
from talanoa.processes.mail_commands.wishes import process_of
from talanoa.processes.models import Invitation, Participant
from talanoa.processes.queries import open_call

LONGEST_NOTE = 200
"""Characters up to which words in an answer to an invitation are a note or a signature, and no input by themselves."""
_YES = re.compile(r"\A(?:yes|join|confirm|oui)\b(?!-)", re.IGNORECASE)
_NO = re.compile(r"\A(?:no|non|decline)\b(?!-)", re.IGNORECASE)
_INPUT = re.compile(r"\Ainput[ \t]*(?:[:：]|[.,;!]?[ \t]*(?:\n|\Z))", re.IGNORECASE)


@command(
    JOIN,
    is_question=True,
    told=gettext_lazy(
        "For somebody who was invited: you take part. Our letter of invitation can be answered with yes, no, or"
        " an input at once: the word input on the first line, your words below it."
    ),
)
def join(request: MailRequest) -> MailReply:
    """Take the answer to an invitation: a yes, a no, an input, another command; a few words that are none are refused.

    A refused mail stays at the desk for a person to read, so no answer is lost.
    Raises NotAllowed; RuleBroken: invitation_unknown, answer_unclear, call_closed, and those of the acts.
    """
    process, person = process_of(request), request.person
    if person is None:
        raise NotAllowed(
            _("Please answer our letter of invitation, from the same address: that shows that it is you.")
        )
    invitation = Invitation.objects.addressed_to(person).filter(process=process).first()
    if invitation is None:
        raise RuleBroken(_("Nobody has invited you to this process by mail."), code="invitation_unknown")
    said = _own_words(request)
    verdict, more = _verdict(said, name=f"{invitation.name} {person.name} {request.parsed.sender_name}")
    if verdict is False:
        decline_invitation(invitation, by=person, at=request.at)
        lines = declined_lines(process, unread=bool(more))
        return _invited_reply(request, person, _("Declined"), lines, word=JOIN)
    if verdict is None:
        return _other_answer(invitation, person, request, said)
    told, besides = read_preamble(more)
    member = _accept(invitation, person, request, told)
    if len(besides) > LONGEST_NOTE and open_call(process, request.at) is not None:
        return _as_input(request, member, more, is_sure=False)
    lines = joined_lines(member, at=request.at, unread=bool(besides))
    return _invited_reply(request, member.person, _("You have joined"), lines)


def _own_words(request: MailRequest) -> str:
    """Return what its sender wrote in a mail; one without a body or a file may say it in its subject."""
    said = unquoted(request.parsed.text)[0].strip()
    return said if said or request.parsed.attachments else request.parsed.subject.strip()


def _verdict(said: str, *, name: str) -> tuple[bool | None, str]:
    """Return whether an answer to an invitation begins with a yes or is a no, and the words besides.

    A yes may go on. A no is one only where it stands alone, or alone on its line: “No country should pay” is none.
    """
    plain = _YES.sub("yes", _NO.sub("no", said, count=1), count=1)
    is_yes = yes_or_no(plain, name=name)
    if is_yes is not None:
        return is_yes, ""
    first, _break, rest = plain.partition("\n")
    if yes_or_no(first, name=name) is False:
        return False, rest.strip()
    found = _YES.match(said)
    return (True, said[found.end() :].strip(" \t.,;:!–-\n")) if found else (None, said)


def _other_answer(invitation: Invitation, person: Person, request: MailRequest, said: str) -> MailReply:
    """Take what is neither a yes nor a no: another command, or words that are long enough to be meant as an input."""
    spoken = understand(said, key=request.process_key, about=None)
    if spoken.word not in (DEFAULT, JOIN):
        return called(spoken.word, request.process_key).function(
            replace(request, text=spoken.text, number=spoken.number)
        )
    explicit = _INPUT.match(said)
    text = said[explicit.end() :].strip() if explicit else said
    if explicit is None and not _is_meant(said, request):
        raise RuleBroken(
            _(
                "We could not tell whether that is a yes. Nothing is changed, and those who run the process read your"
                " mail. To join, answer with the one word yes; to decline, with no. To send an input, write the word"
                " input on the first line and your words below it."
            ),
            code="answer_unclear",
        )
    told, _below = read_preamble(text)
    member = _accept(invitation, person, request, told)
    if open_call(invitation.process, request.at) is None:
        raise RuleBroken(
            _("The call for input is not open yet, so your words were not taken. To join, answer with: yes"),
            code="call_closed",
        )
    return _as_input(request, member, text, is_sure=explicit is not None)


def _is_meant(said: str, request: MailRequest) -> bool:
    """Tell whether words without a command can be meant as an input: long, no refusal, and written by a person."""
    if _NO.match(said) or loops.is_at_once(request.parsed, process_key=request.process_key, at=request.at):
        return False
    return len(said) > LONGEST_NOTE or bool(request.parsed.attachments and not said)


def _accept(
    invitation: Invitation, person: Person, request: MailRequest, told: Mapping[str, str]
) -> Participant:
    """Join with the group that the mail names, else with one's own, else with that which the letter told.

    Raises RuleBroken: group_unknown, and those of the act.
    """
    said = told.get("group", "")
    own = person.group if person.group != Group.OTHER else invitation.group
    group = (load_aliases().group(said) or said) if said else own
    return accept_invitation(invitation, by=person, group=group, at=request.at, channel="mail")


def _as_input(request: MailRequest, member: Participant, text: str, *, is_sure: bool) -> MailReply:
    """Hand on words as an input of somebody who has just joined; held for their own word where they are not sure."""
    # The subject of an answer to our letter is ours.
    parsed = replace(request.parsed, subject="")
    number = None if is_sure else 0
    return called(DEFAULT, request.process_key).function(
        replace(request, parsed=parsed, text=text, person=member.person, number=number)
    )


def _invited_reply(
    request: MailRequest, person: Person, subject: str, lines: list[str], *, word: str = ""
) -> MailReply:
    """Answer somebody who was invited, who can answer again as themselves."""
    token = tokens.issue(person, process_key=request.process_key, number=None, at=request.at, word=word)
    return MailReply(subject=subject, lines=tuple(lines), to=person, extra={PROOF: token})
