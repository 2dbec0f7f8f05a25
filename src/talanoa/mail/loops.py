"""When a mail is not answered: two machines that answer each other would never end (RFC 3834).

A receipt always goes to whoever sent an input, unless a machine did. Anything else is answered once a day for each
sender and process, or three times where each mail gives a command, unless a proven sender asked for it. No
conversation gets more than five answers in a day, or fifty where each mail gives a command.

Some programs answer every mail and say by nothing that they are programs. They answer at once, or say the same again:
such a mail is kept and numbered as any other, and stays on the desk, but no letter goes back.
"""

import hashlib
import re
from collections.abc import Iterator
from datetime import datetime, timedelta

from talanoa.lib.quoting import unquoted
from talanoa.lib.rfc5322 import MailUnparsable, ParsedMail, parse_bounded
from talanoa.lib.rfc5322.lists import addresses_of_list, is_of_list
from talanoa.mail import tokens
from talanoa.mail.models import OutgoingMessage, RawMessage
from talanoa.mail.posting import outbox
from talanoa.mail.queries import ANSWERED, n_answers
from talanoa.mail.registry import understand, yes_or_no

DAY = timedelta(hours=24)
MOST_IN_THREAD, MOST_COMMANDS = 5, 50
MOST_TO_STRANGER = 3
"""Answers within a day to commands of somebody unproven: whoever asks which courses there are can begin one too."""
AT_ONCE, SKEW = timedelta(seconds=60), timedelta(seconds=10)
"""In less time nobody gets a letter, reads it, writes more than a command and sends it; clocks differ by SKEW."""
LONG, MOST_READ = 40, 200_000
"""Letters from which on words are the same although the numbers in them differ; octets of a mail that is compared."""
_OURS = re.compile(r"(\d{1,18})\.[^@]*@(.+)")
_MARKS, _DIGITS = re.compile(r"[\W_]+"), re.compile(r"\d+")
_AGAIN = re.compile(r"(?:\s*[\w\[\]]{1,8}\s*[:：])+|\d+")


def is_automatic(parsed: ParsedMail) -> bool:
    """Tell whether a machine sent the mail, or it is one of ours that came back by a list or a loop."""
    domain = outbox.domain.lower()
    is_ours = parsed.list_id.endswith(f".{domain}") or domain in parsed.loops
    return parsed.auto_submitted or is_ours


def is_lists_own(parsed: ParsedMail, address: str) -> bool:
    """Tell whether `address` is that of the list which carried the mail: what goes there goes to all its members."""
    return is_of_list(address, addresses_of_list(parsed.list_id, parsed.list_post))


def may_answer(
    parsed: ParsedMail,
    address: str,
    *,
    process_key: str,
    asked_for: bool,
    is_act: bool,
    n_before: int,
    at: datetime,
) -> bool:
    """Tell whether an answer may go to `address`.

    `asked_for` says that the mail got a number or is an act of a proven sender, `is_act` that it is one: such as a
    review that says of two applications the same. `n_before` is how many answers went to `address` in the conversation
    within a day; `at` is aware, UTC.
    """
    if not address or is_automatic(parsed) or is_lists_own(parsed, address):
        return False
    letter = _letter(parsed, process_key=process_key, at=at)
    is_command = letter is not None and _is_command(parsed, letter, process_key)
    if letter is not None:
        if not is_command and _came_at_once(parsed, letter, at):
            return False
        if _is_echo(parsed, letter, is_act=is_act or is_command, process_key=process_key, at=at):
            return False
    most = MOST_COMMANDS if is_command else MOST_IN_THREAD
    if n_before >= most:
        return False
    if asked_for:
        return True
    most = MOST_TO_STRANGER if _commands(parsed, process_key) else 1
    return n_answers(address, process_key=process_key, since=at - DAY) < most


def _commands(parsed: ParsedMail, process_key: str) -> bool:
    """Tell whether a mail out of the blue gives a command; one without words may say it in its subject."""
    said = unquoted(parsed.text)[0]
    return (
        understand(said if said.strip() else parsed.subject, key=process_key, about=None, otherwise="").word
        != ""
    )


def thread_of(parsed: ParsedMail, *, process_key: str, is_reply: bool) -> str:
    """Return a name for the conversation that a mail belongs to, the same for all of them.

    A mail to a reply address that names no mail before it is told by its subject: programs write such.
    """
    before = (*parsed.references[:1], parsed.in_reply_to)
    named, row = _named(parsed)
    if row is not None:
        return row.thread or _digest(named)
    if is_reply and not any(before):
        return _digest(f"{parsed.sender_address} {process_key} {_AGAIN.sub('', parsed.subject)}")
    return _digest(next(filter(None, before), parsed.message_id))


def _digest(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()


def _named(parsed: ParsedMail) -> tuple[str, OutgoingMessage | None]:
    """Return the letter of ours that a mail answers by its identifier, and the identifier."""
    for named in filter(None, (parsed.in_reply_to, *parsed.references)):
        found = _OURS.fullmatch(named)
        if found and found[2].lower() == outbox.domain.lower():
            row = OutgoingMessage.objects.filter(pk=int(found[1])).first()
            if row is not None:
                return named, row
    return "", None


def _letter(parsed: ParsedMail, *, process_key: str, at: datetime) -> OutgoingMessage | None:
    """Return the letter to its sender that a mail answers: by its identifier, or by the token that it is sent to."""
    _name, row = _named(parsed)
    if row is not None:
        return row if row.to == parsed.sender_address else None
    for to in parsed.to:
        token = tokens.split_local(to.rpartition("@")[0]).token
        given = tokens.find(token, process_key=process_key, at=at) if token else None
        if given is not None:
            issued = given.expires_at - timedelta(days=tokens.DAYS)
            rows = OutgoingMessage.objects.filter(to=parsed.sender_address, created_at=issued)
            return rows.order_by("pk").last()
    return None


def is_at_once(parsed: ParsedMail, *, process_key: str, at: datetime) -> bool:
    """Tell whether a mail answers a letter of ours faster than a person can, and gives no command."""
    letter = _letter(parsed, process_key=process_key, at=at)
    return (
        letter is not None
        and not _is_command(parsed, letter, process_key)
        and _came_at_once(parsed, letter, at)
    )


def _is_echo(
    parsed: ParsedMail, letter: OutgoingMessage, *, is_act: bool, process_key: str, at: datetime
) -> bool:
    """Tell whether a mail answers a letter of ours as programs do that say by nothing what they are.

    That is: in the words that the same address was answered to within a day. An act that is done again in the same
    words gets its answer, unless it answers the answer to itself.
    """
    said = _own_words(parsed, letter)
    return any(
        _same(said) == _same(before) and (not is_act or is_chained)
        for before, is_chained in _answered_before(letter, process_key=process_key, at=at)
    )


def _is_command(parsed: ParsedMail, letter: OutgoingMessage, process_key: str) -> bool:
    """Tell whether a mail gives a command, or answers a question by a plain yes or no."""
    said = unquoted(parsed.text)[0]
    word = understand(said, key=process_key, about=letter.number, otherwise="").word
    return word != "" or yes_or_no(said, name=parsed.sender_name) is not None


def _came_at_once(parsed: ParsedMail, letter: OutgoingMessage, at: datetime) -> bool:
    left = letter.written_at
    return left is not None and _sent(parsed, left, at) - left < AT_ONCE


def _sent(parsed: ParsedMail, written: datetime, at: datetime) -> datetime:
    """Return when a mail was sent, as its head says where that can be: after our letter, and before it came."""
    sent = parsed.sent_at
    return sent if sent is not None and written - SKEW <= sent <= at else at


def _answered_before(
    letter: OutgoingMessage, *, process_key: str, at: datetime
) -> Iterator[tuple[str, bool]]:
    """Give what its reader said in the mails that were answered within a day, and whether `letter` is the answer."""
    rows = OutgoingMessage.objects.filter(to=letter.to, created_at__gt=at - DAY, key__startswith=ANSWERED)
    for key in rows.order_by("-pk").values_list("key", flat=True)[:MOST_IN_THREAD]:
        number = key.removeprefix(ANSWERED)  # of the mail; a letter about what was said on a list has none
        kept = RawMessage.objects.filter(pk=int(number)).first() if number.isdigit() else None
        if kept is None or len(kept.data) > MOST_READ:
            continue
        try:
            parsed = parse_bounded(bytes(kept.data))
        except MailUnparsable:
            continue
        answered = _letter(parsed, process_key=process_key, at=at)
        yield _own_words(parsed, answered), key == letter.key


def _own_words(parsed: ParsedMail, letter: OutgoingMessage | None) -> str:
    """Return what a mail says, without what it quotes and without our own lines, marked as a quote or not."""
    ours = {line.strip() for line in letter.text.splitlines()} if letter else set()
    said = unquoted(parsed.text)[0].splitlines()
    return "\n".join(line for line in said if not line.strip() or line.strip() not in ours)


def _same(words: str) -> str:
    """Return words as they are compared: no blanks, marks or case; of long ones, no numbers either."""
    bare = _MARKS.sub("", words).casefold()
    unnumbered = _DIGITS.sub("", bare)
    return unnumbered if len(unnumbered) >= LONG else bare
