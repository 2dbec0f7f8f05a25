"""What we hear on lists of others: calls of ours, answers to them, and talk that is not for us.

A mailbox is subscribed to the list. Only an answer to a call of ours becomes something here, and only by its author's
own word; of all else nothing is kept.
"""

from dataclasses import dataclass

from talanoa.inputs.actions.listed import note_reply
from talanoa.inputs.models import Input, ListReply
from talanoa.inputs.notices import ask_author
from talanoa.inputs.queries import said_already
from talanoa.lib import announcements
from talanoa.lib.messageids import nearest_first
from talanoa.lib.quoting import unquoted
from talanoa.lib.rfc5322 import ParsedMail
from talanoa.lib.rfc5322.lists import (
    addresses_of_list,
    name_without_list,
    permalink,
    without_footer,
    writer,
)
from talanoa.mail.addressing import is_ours
from talanoa.mail.loops import is_lists_own
from talanoa.mail.models import LIST_ADMIN, LIST_OTHER, LIST_REPLY, LIST_SEED, LIST_UNKNOWN, TAKEN
from talanoa.mail.posting import outbox
from talanoa.mail.registry import Overheard, Understood
from talanoa.people.actions import know_person
from talanoa.processes.actions.announcing import note_seed
from talanoa.processes.models import Announcement, FollowedList, Process, Seed
from talanoa.processes.queries import announcement, lists_called, open_call

LONGEST_NAME = 300


@dataclass(frozen=True, slots=True)
class _Place:
    """A process that a mail may be about, with the list that carried it where the process follows that."""

    process: Process
    followed: FollowedList | None


def overhear(heard: Overheard) -> Understood | None:
    """Say what a mail is that came by a list, and keep what becomes of it; None is a mail like any other.

    A call of ours is noted by its Message-ID. An answer to it waits for its author, who is asked. What a list writes
    about itself, such as that a subscription must be confirmed, is kept for the desk. All other mail of a list that is
    followed, or was, is set aside.
    """
    places = _places(heard)
    if heard.is_machine and not heard.is_addressed and _is_of_list_itself(heard, places):
        return Understood(heard.process_key, LIST_ADMIN, stays=True)
    if heard.is_addressed:
        # Its sender wrote to us themselves: an input like any other, unless it came directly already.
        is_copy = any(_is_copy(heard.parsed, place.process) for place in places)
        return Understood(places[0].process.key, TAKEN[0], stays=False) if is_copy else None
    for place in places:
        understood = _understood(heard, place)
        if understood is not None:
            return understood
    return Understood(places[0].process.key, LIST_OTHER, stays=False) if places else None


def _places(heard: Overheard) -> list[_Place]:
    """Return what the mail may be about: the process of its address first; without a list, by the call it answers."""
    rows = lists_called(heard.parsed.list_id)
    own = [row for row in rows if row.process.key == heard.process_key]
    others = [] if heard.is_tagged else [row for row in rows if row not in own]
    if own or others:
        return [_Place(row.process, row) for row in (*own, *others)]
    parsed = heard.parsed
    names = (parsed.message_id, *nearest_first(parsed.in_reply_to, parsed.references))
    found = announcements.named(names, outbox.domain)
    process = Process.objects.visible_to(None).filter(key=found[0]).first() if found else None
    return [_Place(process, None)] if process else []


def _is_of_list_itself(heard: Overheard, places: list[_Place]) -> bool:
    """Tell whether the program of a list wrote the mail: by its own name, or to the address for lists by no list."""
    parsed, key = heard.parsed, heard.process_key
    if not parsed.list_id:
        return heard.is_tagged and Process.objects.visible_to(None).filter(key=key).exists()
    is_own = announcements.named([parsed.message_id], outbox.domain) is not None
    own = any(place.followed is not None and place.process.key == key for place in places)
    return own and not is_own and is_lists_own(parsed, parsed.sender_address)


def _is_copy(parsed: ParsedMail, process: Process) -> bool:
    return _direct(parsed, process, parsed.sender_address) is not None


def _direct(parsed: ParsedMail, process: Process, address: str) -> Input | None:
    """Return the input that the same mail became which came directly."""
    return said_already(process, message_id=parsed.message_id, address=address, text=_said(parsed))


def _said(parsed: ParsedMail) -> str:
    """Return what the author wrote, without what they quote and what the list adds."""
    return unquoted(without_footer(parsed.text))[0].strip()


def _understood(heard: Overheard, place: _Place) -> Understood | None:
    """Say what the mail is to one process; None is nothing."""
    parsed, followed, key = heard.parsed, place.followed, place.process.key
    if followed is not None and followed.until is not None:
        return None
    seed = _as_seed(parsed, place)
    if seed is not None:
        if followed is not None and parsed.message_id:
            link = permalink(parsed.archived_at, followed.archive, parsed.message_id)
            note_seed(seed, followed=followed, message_id=parsed.message_id, permalink=link, at=heard.at)
        return Understood(key, LIST_SEED, stays=False)
    if heard.is_machine or not _answers(parsed, place) or open_call(place.process, heard.at) is None:
        return None
    reply = _as_reply(heard, place)
    # Another copy of the same mail, and one about which its author has decided, is not kept again.
    if reply is None or reply.raw_id != heard.kept.pk or reply.state in ListReply.EMPTIED:
        return Understood(key, TAKEN[0], stays=False)
    return Understood(key, LIST_REPLY if reply.person_id else LIST_UNKNOWN, stays=True)


def _as_seed(parsed: ParsedMail, place: _Place) -> Announcement | None:
    """Return the announcement that the mail is: ours as we sent it, or passed on by somebody in their own words."""
    key = place.process.key
    own = announcements.named([parsed.message_id], outbox.domain)
    if own and own[0] == key:
        return announcement(place.process, own[1])
    if _answers(parsed, place):
        return None
    number = announcements.number_in_text(parsed.text, key, outbox.site)
    return announcement(place.process, number) if number else None


def _answers(parsed: ParsedMail, place: _Place) -> bool:
    """Tell whether the mail answers a call of ours, or an answer to one that came by the same list.

    So does one whose quotation holds the address of an announcement: we may not have seen what it answers.
    """
    names = nearest_first(parsed.in_reply_to, parsed.references)
    if not names:
        return False
    key, followed = place.process.key, place.followed
    found = announcements.named(names, outbox.domain)
    if found and found[0] == key:
        return True
    if followed is None:
        return False
    own, quoted = unquoted(without_footer(parsed.text))
    if announcements.number_in_text(quoted, key, outbox.site):
        return not announcements.number_in_text(own, key, outbox.site)
    seeds = Seed.objects.filter(list=followed, message_id__in=names)
    return seeds.exists() or ListReply.objects.filter(list=followed, message_id__in=names).exists()


def _as_reply(heard: Overheard, place: _Place) -> ListReply | None:
    """Keep the answer until its author confirms it, and ask them; None is one that came directly already.

    Of an answer of nobody knows whom, the desk is told.
    """
    parsed, followed = heard.parsed, place.followed
    text = _said(parsed) if heard.is_read else ""
    address = _address(parsed, followed) if text and len(text) <= Input.TEXT_LIMIT else ""
    if address and _direct(parsed, place.process, address):
        return None
    name = name_without_list(parsed.sender_name)[:LONGEST_NAME]
    person = know_person(name=name, address=address) if address else None
    reply = note_reply(
        place.process,
        heard.kept,
        followed=followed,
        person=person,
        name=name if person else "",
        text=text if person else "",
        message_id=parsed.message_id,
        permalink=permalink(parsed.archived_at, followed.archive if followed else "", parsed.message_id),
        dedup_key=heard.dedup_key,
        at=heard.at,
    )
    if reply.state == ListReply.State.WAITING and reply.asked_at is None:
        ask_author(reply, at=heard.at)
    return reply


def _address(parsed: ParsedMail, followed: FollowedList | None) -> str:
    """Return the address of who wrote it; "" where that is the list's own or ours, or nobody can tell."""
    known = addresses_of_list(parsed.list_id, parsed.list_post, followed.post if followed else "")
    address = writer(parsed.sender_address, parsed.behind, known)
    domain = address.rpartition("@")[2]
    return "" if domain == outbox.domain.lower() and is_ours(address) else address
