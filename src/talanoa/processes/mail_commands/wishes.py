"""What a reader wants by mail: how much of it, a pause, another language, help.

What they say of themselves and of others: their interests, who was missed, the answer of a body. And which processes
take mail.

A preference is changed by who proved to be its owner. Anybody else is asked first, in a letter to the address that
the mail names: so nobody can subscribe or silence another.
"""

import re
from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from talanoa.kernel.errors import NotAllowed, RuleBroken
from talanoa.lib.languages import PAGES
from talanoa.mail import tokens
from talanoa.mail.actions import end_silence, follow
from talanoa.mail.letters import in_language_of, wrapped
from talanoa.mail.loops import is_automatic
from talanoa.mail.models import Subscription
from talanoa.mail.outbox import PROOF
from talanoa.mail.posting import outbox
from talanoa.mail.queries import level_of
from talanoa.mail.registry import DECLINING, EXPLAINED, HELP, MailReply, MailRequest, command, directory
from talanoa.people.actions import know_person, prefer_language
from talanoa.people.interests import Interests, interests_in
from talanoa.people.models import Person
from talanoa.people.queries import person_at, statements_of
from talanoa.processes.actions.interests import erase_interests, state_interests
from talanoa.processes.actions.inviting import decline_waiting
from talanoa.processes.actions.overlapping import question_overlap, record_reply
from talanoa.processes.actions.roles import choose_subgroup, enter
from talanoa.processes.letters.interests import stated_lines
from talanoa.processes.letters.overlaps import received_lines
from talanoa.processes.models import Process
from talanoa.processes.queries import known_keys, open_processes
from talanoa.registry.notices import ADDRESS, LIAISON
from talanoa.registry.queries import liaison_called

Level = Subscription.Level
PAUSE_DAYS, LONGEST_PAUSE = 30, 365
MOST_LISTED = 20
ERASE = "erase"
_IN_GENERAL = re.compile(r"in general *(?:[:：.;]|\n|\Z)\s*", re.IGNORECASE)
_LANGUAGES = "|".join(re.escape(word) for row in PAGES for word in row)
directory.known = known_keys
directory.open = lambda at: [process.key for process in open_processes(at)]


def process_of(request: MailRequest) -> Process:
    """Return the process that a mail is addressed to. Raises RuleBroken: call_unknown."""
    found = Process.objects.visible_to(None).filter(key=request.process_key).first()
    if found is None:
        raise RuleBroken("\n".join(_unknown(request)), code="call_unknown")
    return found


def proven(request: MailRequest) -> Person:
    """Return who sent a mail. Raises NotAllowed where nobody proved it."""
    if request.person is None:
        raise NotAllowed(
            _("Please answer one of our letters, from the same address: that shows that it is you.")
        )
    return request.person


def _unknown(request: MailRequest) -> list[str]:
    """Return what to tell somebody who wrote to no process: the calls that are open, each with its address."""
    told = _("There is no process “%(key)s” here. Each process page shows the address to write to.")
    if not request.process_key:
        told = _("This mail names no process. Each process page shows the address to write to.")
    listed = _open_now(request)
    return [told % {"key": request.process_key}, *(["", *listed] if listed else [])]


def _open_now(request: MailRequest) -> list[str]:
    """Return the calls that are open, each with its address; nothing where there is none."""
    calls = open_processes(request.at)[:MOST_LISTED]
    listed = [f"  {call.key}@{outbox.domain}  {call.title}" for call in calls]
    return [_("Open now:"), *listed] if listed else []


@command(
    "subscribe",
    takes="|".join(Level.values),
    told=gettext_lazy(
        "How much mail you get about this process: every (each thing as it happens), digest (one letter a day, when"
        " something happened) or own (only what is addressed to you)."
    ),
    example="subscribe digest",
)
def subscribe(request: MailRequest) -> MailReply:
    """Set how much mail one gets; somebody not proven is asked first."""
    level = request.text.partition("\n")[0].strip().lower()
    level = level if level in Level.values else Level.DIGEST
    return _prefer(request, f"subscribe {level}", level=level)


@command(
    "unsubscribe",
    "stop",
    takes="me|please",
    told=gettext_lazy("You get no letters about what others do here. What is addressed to you still comes."),
)
def unsubscribe(request: MailRequest) -> MailReply:
    """End all letters but those addressed to the reader alone; an invitation that waits is declined."""
    if request.person is not None:
        decline_waiting(process_of(request), by=request.person, at=request.at)
    return _prefer(request, "unsubscribe", level=Level.OWN)


@command(
    "pause",
    takes=r"\d{1,3}(?: (?:days?|jours?))?",
    told=gettext_lazy(
        "No letters about what others do for so many days, or for 30. They go on by themselves."
    ),
    example="pause 14",
)
def pause(request: MailRequest) -> MailReply:
    """Send no letters for some days."""
    found = re.match(r"\d+", request.text)
    days = min(max(int(found[0]) if found else PAUSE_DAYS, 1), LONGEST_PAUSE)
    return _prefer(request, f"pause {days}", days=days)


@command(
    "resume", told=gettext_lazy("Letters come again: after a pause, or after your mailbox refused some.")
)
def resume(request: MailRequest) -> MailReply:
    """End a pause, and the silence after mail came back."""
    done = _prefer(request, "resume")
    if request.person:
        end_silence(request.person)
    return done


@command(
    "language",
    anywhere=True,
    takes=_LANGUAGES,
    told=gettext_lazy("The language in which we write to you: en, fr, es, sw, ar."),
    example="language fr",
)
def language(request: MailRequest) -> MailReply:
    """Write to the reader in another language."""
    wanted = request.text.partition("\n")[0].strip()
    if request.person is None:
        return ask_owner(request, f"language {wanted}"[:20].strip())
    person = prefer_language(by=request.person, language=wanted)
    with in_language_of(person):
        return _told(request, person, _("From now on we write to you in this language."))


@command(HELP, anywhere=True, told=gettext_lazy("You get this letter."))
def tell_help(request: MailRequest) -> MailReply:
    """Say what can be done by mail, from the registry of commands itself."""
    empty = (
        [] if request.parsed.text.strip() else [_("Your mail had no words in it; nothing was received."), ""]
    )
    elsewhere = {row.at for row in EXPLAINED if row.at}
    here = request.process_key if request.process_key in elsewhere else ""
    lines = wrapped(*empty, *([] if here else [*_intro(request), ""]))
    for told in (row for row in EXPLAINED if row.at == here):
        lines += [" / ".join(told.words), *(f"    {line}" for line in wrapped(str(told.told)))]
        lines += [_("    Example: %(example)s") % {"example": told.example}, ""]
    lines += wrapped(
        _("Begin your mail with the word, or answer one of our letters with it, from the same address.")
    )
    if not here:
        names = ", ".join(f"{name}@{outbox.domain}" for name in sorted(elsewhere))
        others = _("At other addresses, the word help tells what can be done there: %(names)s.")
        lines += wrapped(_("What begins with none of these words is an input."), others % {"names": names})
    return MailReply(subject=_("How to take part by mail"), lines=tuple(lines))


def _intro(request: MailRequest) -> list[str]:
    process = Process.objects.visible_to(None).filter(key=request.process_key).first()
    if process is not None:
        told = _(
            "This is the address of “%(title)s”. What you write to it becomes a numbered input, with a receipt."
        )
        return [told % {"title": process.title}]
    told = _(
        "Each process here has an address. What you write to it becomes a numbered input, with a receipt."
    )
    listed = _open_now(request)
    return [told, "", *(listed or [_("No call for input is open now.")])]


def _prefer(request: MailRequest, asked: str, *, level: str = "", days: int = 0) -> MailReply:
    """Set level or pause for a proven sender, or ask first."""
    process, person = process_of(request), request.person
    if person is None:
        return ask_owner(request, asked, may_be_new=bool(level) and asked != "unsubscribe")
    until = request.at + timedelta(days=days) if days else None
    row = follow(
        person, process_key=process.key, level=level or level_of(person, process.key), paused_until=until
    )
    told = [
        _("About “%(title)s” you get: %(level)s.")
        % {"title": process.title, "level": row.get_level_display()}
    ]
    if until:
        told.append(_("Until %(day)s nothing of it comes; then it goes on.") % {"day": f"{until:%Y-%m-%d}"})
    told.append(_("What is addressed to you alone, such as the answer to your input, always comes."))
    return _told(request, person, *told)


def _told(request: MailRequest, person: Person, *told: str) -> MailReply:
    """Answer a proven sender, who can answer again as themselves."""
    token = tokens.issue(person, process_key=request.process_key, number=None, at=request.at)
    lines = tuple(wrapped(*told, "", _("All commands: answer with the one word: help")))
    return MailReply(subject=_("Your letters"), lines=lines, to=person, extra={PROOF: token})


def ask_owner(request: MailRequest, asked: str, *, may_be_new: bool = False) -> MailReply:
    """Ask the owner of the address that the mail names; a stranger becomes known only where they `may_be_new`.

    Raises NotAllowed where there is nobody to ask.
    """
    parsed = request.parsed
    person = person_at(parsed.sender_address)
    is_machine = is_automatic(parsed) or not parsed.sender_address
    if is_machine or (person is None and not may_be_new):
        raise NotAllowed(
            _("Please answer one of our letters, from the same address: that shows that it is you.")
        )
    person = person or know_person(name=parsed.sender_name[:300], address=parsed.sender_address)
    token = tokens.issue(person, process_key=request.process_key, number=None, at=request.at, word=asked)
    lines = wrapped(
        _("Somebody asked for this in a mail with your address: %(asked)s") % {"asked": asked},
        "",
        _("If it was you, answer this mail with the one word: confirm"),
        _("If it was not, do nothing: nothing changes."),
    )
    return MailReply(subject=_("Is this from you?"), lines=tuple(lines), to=person, extra={PROOF: token})


@command(
    "overlooked",
    takes_words=True,
    told=gettext_lazy(
        "Somebody works on this already, and the process did not see it. The chair or the convenor answers within 10"
        " days, in public."
    ),
    example="overlooked: the Forum of Crossings has a working group on ferries.",
)
def overlooked(request: MailRequest) -> MailReply:
    """Say that somebody was missed. Raises NotAllowed where nobody proved who sent the mail."""
    process, person = process_of(request), proven(request)
    by = enter(process, person, at=request.at)
    made = question_overlap(
        process, by=by, text=request.text, dedup_key=request.dedup_key, at=request.at, channel="mail"
    )
    subject = _("Received: %(number)s, on who was missed") % {"number": made.number}
    token = tokens.issue(person, process_key=process.key, number=None, at=request.at)
    return MailReply(
        subject=subject, lines=tuple(received_lines(process, made)), to=person, extra={PROOF: token}
    )


@command(
    "interests",
    anywhere=True,
    takes_words=True,
    told=gettext_lazy(
        "What ties you to organizations, for this process; where the first line says in general, for all. A line each:"
        " employer, funder, member or speaks for: name; since; until; evidence. Or in words; or decline, or erase."
    ),
    example="interests: employer: Access Union; 2019",
)
def interests(request: MailRequest) -> MailReply:
    """State interests. Raises NotAllowed where nobody proved who sent the mail; RuleBroken: those of the act."""
    person = proven(request)
    said, at = request.text.strip(), request.at
    begins = _IN_GENERAL.match(said)
    is_general = begins is not None or not request.process_key
    said = said[begins.end() :] if begins else said
    process = None if is_general else process_of(request)
    if said.casefold().rstrip(".!") == ERASE:
        key = process.key if process else ""
        found = next((row for row in statements_of(person, key) if not row.is_erased), None)
        if found is None:
            raise RuleBroken(_("You have no such statement."), code="interests_unknown")
        erase_interests(found, by=person, at=at, channel="mail")
        return _told(request, person, _("Erased. That you stated something, and when, stays on the record."))
    is_declined = said.casefold().rstrip(".!") in DECLINING
    stated = Interests(is_declined=True) if is_declined else interests_in(said)
    made = state_interests(process, by=person, interests=stated, at=at, channel="mail")
    return _told(request, person, *stated_lines(made))


@command(
    "part",
    takes_words=True,
    told=gettext_lazy(
        "Which part of your group you belong to in this process, where its charter tells some apart."
    ),
    example="part: Consumer organizations",
)
def part(request: MailRequest) -> MailReply:
    """Say which part of one's group one belongs to. Raises NotAllowed; RuleBroken: subgroup_unknown."""
    process, person = process_of(request), proven(request)
    member = choose_subgroup(process, by=person, name=request.text.partition("\n")[0], at=request.at)
    return _told(
        request, person, _("In this process you speak for: %(part)s") % {"part": member.subgroup or "-"}
    )


@command(
    LIAISON,
    takes_words=True,
    only_at=ADDRESS,
    told=gettext_lazy("For a body that we wrote to: its answer, in answer to our letter."),
    example="liaison: we work on the first half of this, and would like to do it together.",
)
def liaison(request: MailRequest) -> MailReply:
    """Take the answer of a body to our letter. Raises NotAllowed; RuleBroken: number_unknown and those of the act."""
    if request.person is None or request.process_key != ADDRESS:
        raise NotAllowed(_("Please answer our letter, from the address that we wrote to."))
    found = liaison_called(request.number or 0)
    if found is None:
        raise RuleBroken(_("There is no letter with this number."), code="number_unknown")
    by = enter(Process.objects.get(key=found.process_key), request.person, at=request.at)
    record_reply(found, by=by, text=request.text, at=request.at, channel="mail")
    told = _("Thank you. Your answer stands beside what this process says of your work.")
    return MailReply(subject=_("Received: your answer"), lines=tuple(wrapped(told)), to=request.person)
