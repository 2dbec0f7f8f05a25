"""Speaking about a draft by mail: comment on a paragraph, suggest other words, say what must or should be in it.

An answer to the letter of a revision is about that revision, also where a newer one has come out meanwhile.
"""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from talanoa.contributions.actions.standing import author_of
from talanoa.contributions.mail_commands import sender_of
from talanoa.contributions.receipts import receipt_text
from talanoa.documents.models import Paragraph, Revision
from talanoa.drafts.actions.needing import state_need
from talanoa.drafts.actions.remarking import Remarked, comment_on, suggest
from talanoa.drafts.letters import read_in, received_lines, subject_received
from talanoa.drafts.models import Comment, Draft, Need, Suggestion
from talanoa.drafts.notices import COMMENT
from talanoa.drafts.queries import (
    draft_called,
    drafts_of,
    paragraph_at,
    paragraph_numbered,
    remark_numbered,
)
from talanoa.kernel.errors import RuleBroken
from talanoa.lib.draft_places import TAKEN, Spoken, parted, spoken, unfolded
from talanoa.lib.messageids import nearest_first
from talanoa.lib.processkeys import label
from talanoa.mail import tokens
from talanoa.mail.letters import wrapped
from talanoa.mail.outbox import PROOF
from talanoa.mail.registry import MailReply, MailRequest, command
from talanoa.processes.actions.roles import enter
from talanoa.processes.mail_commands import process_of, proven
from talanoa.processes.models import Process

_FOLDED = ("text", "recommendation", "heading")
"""Kinds of paragraph whose line breaks say nothing, so that those of a mail program go."""


@command(
    COMMENT,
    takes_words=True,
    takes=TAKEN,
    told=gettext_lazy(
        "Your words are a comment on this paragraph of the draft, as its letter and its page number them; without a"
        " number, on the whole text. Where there are several drafts, name yours: comment d2 12."
    ),
    example="comment 12: Say who pays.",
)
def comment_by_mail(request: MailRequest) -> MailReply:
    """Comment on a draft; an unknown sender's comment is numbered and held until confirmed."""
    process = process_of(request)
    said = spoken(request.text)
    revision, paragraph = _place(request, process, said)
    person = sender_of(request)
    by = enter(process, person, at=request.at)
    made = comment_on(
        revision,
        by=by,
        author=author_of(person, assurance=request.grade, group=by.group),
        said=Remarked(anchor=paragraph.anchor if paragraph else "", text=said.words),
        dedup_key=request.dedup_key,
        channel="mail",
        at=request.at,
    )
    return _received(made, request)


@command(
    "suggest",
    takes_words=True,
    takes=TAKEN,
    told=gettext_lazy(
        "You suggest other words for this paragraph of the draft: the whole paragraph as it should read, and below"
        " it, after the word because, why."
    ),
    example="suggest 12: Pay the trainers by the day. / because: An hour is too short.",
)
def suggest_by_mail(request: MailRequest) -> MailReply:
    """Suggest other words for a paragraph of a draft."""
    process = process_of(request)
    said = spoken(request.text)
    revision, paragraph = _place(request, process, said)
    if paragraph is None:
        raise RuleBroken(
            _("Say which paragraph you mean, such as: suggest 12: and its new words"),
            code="paragraph_unknown",
        )
    words, reason = parted(said.words)
    person = sender_of(request)
    by = enter(process, person, at=request.at)
    made = suggest(
        revision,
        by=by,
        author=author_of(person, assurance=request.grade, group=by.group),
        said=Remarked(
            anchor=paragraph.anchor,
            text=reason,
            replacement=unfolded(words) if paragraph.kind in _FOLDED else words,
        ),
        dedup_key=request.dedup_key,
        channel="mail",
        at=request.at,
    )
    return _received(made, request)


def _place(request: MailRequest, process: Process, said: Spoken) -> tuple[Revision, Paragraph | None]:
    """Return the revision that the sender read, and the paragraph that they mean; None for the whole text.

    Raises RuleBroken: draft_unknown, draft_unnamed, paragraph_unknown.
    """
    about = remark_numbered(process, request.number or 0)
    revision = _revision(request, process, said, about)
    if said.paragraph is not None:
        found = paragraph_numbered(revision, said.paragraph)
        if found is None:
            raise RuleBroken(
                _("There is no paragraph %(n)s in revision %(revision)s of the draft.")
                % {"n": said.paragraph, "revision": revision.number},
                code="paragraph_unknown",
            )
        return revision, found
    # Who answers the letter about their own comment goes on with the same paragraph, where it is still there.
    is_same = about is not None and said.draft in (None, about.draft.number)
    return revision, paragraph_at(revision, about.anchor) if about and is_same else None


def _revision(
    request: MailRequest, process: Process, said: Spoken, about: Comment | Suggestion | None
) -> Revision:
    """Return the revision that a mail is about: that of the letter it answers, else the newest of the draft meant."""
    ids = nearest_first(request.parsed.in_reply_to, request.parsed.references)
    read = read_in(ids, process.key)
    draft = _draft(process, said.draft or (read[0] if read else about.draft.number if about else 0))
    if read and read[0] == draft.number:
        found = draft.document.revisions.filter(number=read[1]).first()
        if found:
            return found
    newest = draft.document.latest()
    assert newest is not None  # noqa: S101 - a draft begins with a revision
    return newest


def _draft(process: Process, number: int) -> Draft:
    """Return the draft with this number, or for 0 the only one."""
    if number:
        found = draft_called(process, number)
        if found is None:
            raise _unknown(process)
        return found
    drafts = list(drafts_of(process)[:2])
    if not drafts:
        raise _unknown(process)
    if len(drafts) > 1:
        raise RuleBroken(
            _("There are several drafts. Say which one you mean, such as: comment d2 12: and your words"),
            code="draft_unnamed",
        )
    return drafts[0]


def _unknown(process: Process) -> RuleBroken:
    return RuleBroken(
        _("There is no such draft in %(key)s. Its page lists them.") % {"key": process.key},
        code="draft_unknown",
    )


def _received(remark: Comment | Suggestion, request: MailRequest) -> MailReply:
    """Answer the author, who can say more about the same paragraph by answering again."""
    contribution = remark.contribution
    token = tokens.issue(
        contribution.person,
        process_key=contribution.process.key,
        number=contribution.number,
        at=request.at,
        word=COMMENT,
    )
    return MailReply(
        subject=subject_received(contribution),
        lines=received_lines(remark),
        number=contribution.number,
        receipt=receipt_text(contribution),
        to=contribution.person,
        extra={PROOF: token},
    )


@command(
    "must",
    told=gettext_lazy(
        "You say that the text must have what this suggestion asks for. Only the count is public."
    ),
    example="must 17",
)
def must_by_mail(request: MailRequest) -> MailReply:
    """Say that a suggestion must be in the text."""
    return _needed(request, Need.Degree.MUST, _("Noted: you say that %(number)s must be in the text."))


@command(
    "should",
    told=gettext_lazy("You say that the text should have what this suggestion asks for."),
    example="should 17",
)
def should_by_mail(request: MailRequest) -> MailReply:
    """Say that a suggestion should be in the text."""
    return _needed(request, Need.Degree.SHOULD, _("Noted: you say that %(number)s should be in the text."))


@command(
    "neither",
    told=gettext_lazy("You take back that the text must, or should, have what this suggestion asks for."),
    example="neither 17",
)
def neither_by_mail(request: MailRequest) -> MailReply:
    """Take back what one said about the need for a suggestion."""
    return _needed(request, Need.NEITHER, _("Taken back: you say nothing about the need for %(number)s now."))


def _needed(request: MailRequest, degree: str, told: str) -> MailReply:
    """State a need as a proven sender. Raises NotAllowed; RuleBroken: number_unknown."""
    process = process_of(request)
    person = proven(request)
    found = remark_numbered(process, request.number or 0)
    if not isinstance(found, Suggestion):
        raise RuleBroken(_("Say which suggestion you mean, such as: must 17"), code="number_unknown")
    by = enter(process, person, at=request.at)
    state_need(found, by=by, degree=degree, at=request.at, channel="mail")
    called = label(process.key, found.contribution.number)
    return MailReply(
        subject=_("Noted: %(number)s") % {"number": called},
        lines=tuple(wrapped(told % {"number": called})),
        to=person,
        extra={PROOF: tokens.issue(person, process_key=process.key, number=None, at=request.at)},
    )
