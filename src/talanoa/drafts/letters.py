"""Letters about drafts: a revision with its numbered paragraphs, the receipt of what was said, what became of it."""

import re
from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from talanoa.contributions.letters import Letter, held_lines, instant, role_name
from talanoa.contributions.models import Contribution
from talanoa.contributions.receipts import receipt_text
from talanoa.documents.models import Revision
from talanoa.documents.queries import blocks, changes
from talanoa.drafts.models import Comment, Disposition, Draft, Drafting, Suggestion
from talanoa.lib.diffs import Change
from talanoa.lib.paragraphs import Paragraph
from talanoa.lib.processkeys import label
from talanoa.mail.letters import wrapped
from talanoa.mail.posting import outbox
from talanoa.processes.queries import comments_until

WHOLE = 13_000
"""Bytes of the text that are sent: a letter has 20 kB at most, with what stands around it."""
_ID = re.compile(
    r"(?P<key>[a-z][a-z0-9-]*)\.d(?P<draft>[0-9]{1,4})\.r(?P<revision>[0-9]{1,6})@(?P<domain>.+)"
)


def page(draft: Draft, revision: Revision | None = None) -> str:
    """Return the whole address of a draft, or of one revision of it, for letters."""
    key = draft.process.key
    if revision is None:
        return f"{outbox.site}{reverse('drafts:show', args=[key, draft.number])}"
    return f"{outbox.site}{reverse('drafts:revision', args=[key, draft.number, revision.number])}"


def letter_id(draft: Draft, revision: Revision) -> str:
    """Return the identifier of the letter that brings a revision: its answers tell by it what their authors read."""
    return f"{draft.process.key}.d{draft.number}.r{revision.number}@{outbox.domain}"


def read_in(message_ids: Iterable[str], key: str) -> tuple[int, int] | None:
    """Return the numbers of draft and revision that an answer to such a letter of the process `key` is about."""
    for found in filter(None, map(_ID.fullmatch, message_ids)):
        if found["key"] == key and found["domain"].lower() == outbox.domain.lower():
            return int(found["draft"]), int(found["revision"])
    return None


def revised(drafting: Drafting) -> Letter:
    """Return the letter to those who follow the process: the new text, numbered, and how one speaks about it."""
    draft, revision = drafting.draft, drafting.revision
    named = {"title": draft.document.title, "n": revision.number, "key": draft.process.key}
    told = _("Revision %(n)s of the draft “%(title)s”, by %(name)s:") % {**named, "name": drafting.name}
    until = comments_until(draft.process)
    open_until = _("Comments are open until %(day)s at least.") % {"day": instant(until)} if until else ""
    lines = [
        draft.process.title,
        "",
        told,
        *([revision.summary] if revision.summary else []),
        page(draft),
        "",
        *filter(None, [open_until]),
        *how_to_speak(draft),
        "",
        *body(revision),
        "",
        "-- ",
        _("SHA-256 of the whole text: %(sum)s") % {"sum": revision.sha256},
    ]
    return _("%(key)s: revision %(n)s of “%(title)s”") % named, wrapped(*lines)


def how_to_speak(draft: Draft) -> list[str]:
    """Return how one comments and suggests by answering; with several drafts, how one names this one."""
    which = f"d{draft.number} " if draft.process.drafts.count() > 1 else ""
    return [
        _("To comment, answer this mail: first the number of the paragraph, then your words, such as:"),
        f"  comment {which}3: " + _("Say who pays."),
        _("Without a number your words are about the whole text. To suggest other words for a paragraph:"),
        f"  suggest {which}3: " + _("the whole paragraph as it should read"),
        "  because: " + _("why"),
    ]


def body(revision: Revision) -> list[str]:
    """Return the paragraphs with their numbers; of a long text only what changed, as much as a letter holds."""
    now = blocks(revision)
    if sum(len(block.text.encode()) + 10 for block in now) <= WHOLE:
        return [line for block in now for line in (_numbered(block), "")][:-1]
    before = revision.document.revisions.filter(number=revision.number - 1).first()
    if before is None:
        return _fitting(_numbered(block) for block in now)
    places = {block.anchor: block for block in now}
    changed = [one for one in changes(before, revision) if one.kind != "same"]
    return [
        _("The text is long; this is what changed. All of it stands on its page."),
        "",
        *_fitting(_change(one, places) for one in changed),
    ]


def _numbered(block: Paragraph) -> str:
    return f"¶ {block.position + 1}  {block.text}"


def _change(one: Change, places: dict[str, Paragraph]) -> str:
    if one.kind == "removed":
        return _("Removed:") + f" {one.old_text}"
    words = {"added": _("New:"), "moved": _("Moved:")}.get(one.kind, _("Now reads:"))
    return f"¶ {places[one.anchor].position + 1}  {words} {one.new_text}"


def _fitting(texts: Iterable[str]) -> list[str]:
    """Return as many texts as a letter holds, and say so where there are more; the first may be cut."""
    lines: list[str] = []
    left = WHOLE
    for text in texts:
        size = len(text.encode())
        if size > left:
            cut = [text.encode()[:left].decode(errors="ignore"), ""] if not lines else []
            return [*lines, *cut, _("(The rest stands on its page.)")]
        lines += [text, ""]
        left -= size
    return lines[:-1]


def subject_received(contribution: Contribution) -> str:
    """Return the subject of the answer to somebody who said something about a draft."""
    return _("Received: %(number)s") % {"number": _called(contribution)}


def received_lines(remark: Comment | Suggestion) -> tuple[str, ...]:
    """Return the lines of that answer, the receipt at its end; complete in itself."""
    contribution = remark.contribution
    named = {
        "number": _called(contribution),
        "title": remark.draft.document.title,
        "place": place_of(remark),
    }
    told = (
        _("Thank you. Your suggestion for the draft “%(title)s”, %(place)s, has the number %(number)s.")
        if isinstance(remark, Suggestion)
        else _("Thank you. Your comment on the draft “%(title)s”, %(place)s, has the number %(number)s.")
    )
    return (
        *wrapped(told % named),
        remark_page(contribution),
        "",
        *held_lines(contribution),
        *wrapped(
            _("Those who write the draft say what becomes of it, with a reason; you get that by mail."),
            _("To say more about the same paragraph, answer this mail."),
            _("To take it back, answer with the one word: withdraw"),
        ),
        "",
        receipt_text(contribution),
    )


def place_of(remark: Comment | Suggestion) -> str:
    """Return which paragraph of which revision somebody spoke about, in words."""
    found = remark.revision.paragraphs.filter(anchor=remark.anchor).values_list("position", flat=True).first()
    if found is None:
        return _("revision %(n)s as a whole") % {"n": remark.revision.number}
    return _("paragraph %(paragraph)s of revision %(n)s") % {
        "paragraph": found + 1,
        "n": remark.revision.number,
    }


def remark_page(contribution: Contribution) -> str:
    """Return the whole address of a comment or suggestion, for letters."""
    path = reverse("drafts:remark", args=[contribution.process.key, contribution.number])
    return f"{outbox.site}{path}"


def disposed(made: Disposition, remark: Comment | Suggestion) -> Letter:
    """Return the letter to its author: what became of it, why, who says so, and the change where there is one."""
    named = {"number": _called(remark.contribution), "title": made.draft.document.title}
    told = _("What became of your %(number)s on the draft “%(title)s”: %(status)s.") % {
        **named,
        "status": str(made.get_status_display()).lower(),
    }
    who = _("By %(name)s (%(role)s). The reason:") % {"name": made.name, "role": role_name(made.role)}
    change = (
        [_("The change that it caused:") + f" {change_page(made)}", ""] if made.revision is not None else []
    )
    lines = [
        told,
        "",
        who,
        "",
        made.reason,
        "",
        *change,
        remark_page(remark.contribution),
        "",
        _(
            "To say more about the same paragraph, answer this mail: your words become a comment of their own."
        ),
    ]
    return _("What became of %(number)s: %(status)s") % {
        "number": named["number"],
        "status": str(made.get_status_display()).lower(),
    }, wrapped(*lines)


def change_page(made: Disposition) -> str:
    """Return the whole address of the change that a disposition names."""
    assert made.revision is not None  # noqa: S101 - the caller asked
    after = made.revision.number
    path = reverse("drafts:changes", args=[made.draft.process.key, made.draft.number, after - 1, after])
    return f"{outbox.site}{path}" + (f"#{made.anchor}" if made.anchor else "")


def _called(contribution: Contribution) -> str:
    return label(contribution.process.key, contribution.number)
