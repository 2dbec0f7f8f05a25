"""Unmistakable strings, one for every place where something private is kept, and who may come across each.

They are hostile as well: each is wrapped in what a page, a table or a mail must not take for its own.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

OFFICE = frozenset({"secretariat", "chair", "convenor"})
ROLES = (
    "visitor",
    "sender",
    "registered",
    "author",
    "participant",
    "observer",
    "sponsor",
    "elsewhere",
    "unproven",
    "secretariat",
    "chair",
    "convenor",
)
ALL = frozenset(ROLES)
NOBODY: frozenset[str] = frozenset()
AUTHOR = frozenset({"author"})
APPOINTED = frozenset({"elsewhere", "convenor", "unproven"})
CLASS = frozenset({"participant", "elsewhere"})

_WRAPS = (
    "{}<script>alert(1)</script>",
    '{}"><img src=x onerror=alert(1)>',
    "{}' onmouseover='alert(1)",
    "=HYPERLINK({})",
    "{}\u202egpj.exe\u2066",
    "{}</title><svg onload=alert(1)>",
    "@{}javascript:alert(1)",
    "{}{{{{ 7 }}}}{{% debug %}}",
)


def token(name: str) -> str:
    """The part of a canary that survives every way of writing it: letters only."""
    return f"kn{name.replace('-', '')}zz"


def canary(name: str) -> str:
    """The hostile string called `name`; of countries, one of 40 characters."""
    if name.endswith(("-country", "-home")):
        return f'{token(name)}"><b onx=1>'
    return _WRAPS[sum(name.encode()) % len(_WRAPS)].format(token(name))


@dataclass(frozen=True, slots=True)
class Canary:
    """A string in a private place: the field it lives in, and everybody who comes across it."""

    name: str
    field: str
    seen_by: frozenset[str]

    @property
    def token(self) -> str:
        return token(self.name)


# Who reads the words of an input in each state; who else sees single fields of it stands below.
STATES = {
    "published": ALL,
    "group-only": ALL,
    "private": AUTHOR | OFFICE,
    "withheld": AUTHOR | OFFICE,
    "rejected": AUTHOR | OFFICE,
    "unconfirmed": AUTHOR | OFFICE,
    "interview": AUTHOR | OFFICE,
    "replaced-unseen": AUTHOR | OFFICE,
    "withdrawn": AUTHOR | OFFICE,
    "erased": NOBODY,
}
FIELDS = {
    "title": "inputs.Input.title",
    "text": "inputs.Input.text",
    "keywords": "inputs.Input.keywords",
    "given": "inputs.Input.as_given",
    "name": "contributions.Authorship.name",
    "organization": "contributions.Authorship.organization",
    "country": "contributions.Authorship.country",
    "mandate": "contributions.Authorship.mandate",
    "filename": "inputs.Original.filename",
    "file": "inputs.Original.data",
}
# The browser from which it was sent shows its receipt: what it commits to, not the text.
RECEIPT = {"title", "name", "organization", "country"}
# Kept as it was given, shown on no page.
KEPT = {"keywords", "given", "mandate"}
UNNAMED = {"name", "organization"}


def _of_inputs() -> Iterator[Canary]:
    for state, readers in STATES.items():
        for short, field in FIELDS.items():
            seen_by = NOBODY if short in KEPT else readers
            if state == "group-only" and short in UNNAMED:
                seen_by = AUTHOR | OFFICE
            if state == "unconfirmed" and short in RECEIPT:
                seen_by = seen_by | {"sender"}
            yield Canary(f"{state}-{short}", field, seen_by)


# Messages of the discussion: who reads their words in each state.
MESSAGES = {
    "said": ALL,
    "said-withheld": AUTHOR | OFFICE,
    "said-unconfirmed": AUTHOR | OFFICE,
    "said-withdrawn": AUTHOR | OFFICE,
    "said-erased": NOBODY,
}
MESSAGE_FIELDS = {
    "subject": "discussions.Message.subject",
    "text": "discussions.Message.text",
    "quoted": "discussions.Message.quoted",
    "id": "discussions.Message.message_id",
    "reference": "discussions.Message.references",
}


def _of_messages() -> Iterator[Canary]:
    for state, readers in MESSAGES.items():
        for short, field in MESSAGE_FIELDS.items():
            yield Canary(f"{state}-{short}", field, readers)
        yield Canary(f"{state}-speaker", "contributions.Authorship.name", readers)


# Comments on a draft, and suggestions: who reads their words in each state.
COMMENTS = {
    "remark": ALL,
    "remark-withheld": AUTHOR | OFFICE,
    "remark-unconfirmed": AUTHOR | OFFICE,
    "remark-withdrawn": AUTHOR | OFFICE,
    "remark-erased": NOBODY,
}
COMMENT_FIELDS = {"text": "drafts.Comment.text", "quote": "drafts.Comment.quote"}
SUGGESTIONS = {"suggested": ALL, "suggested-withheld": AUTHOR | OFFICE, "suggested-erased": NOBODY}
SUGGESTION_FIELDS = {"words": "drafts.Suggestion.replacement", "reason": "drafts.Suggestion.reason"}


def _of_remarks() -> Iterator[Canary]:
    for states, fields in ((COMMENTS, COMMENT_FIELDS), (SUGGESTIONS, SUGGESTION_FIELDS)):
        for state, readers in states.items():
            yield from (Canary(f"{state}-{short}", field, readers) for short, field in fields.items())
            yield Canary(f"{state}-speaker", "contributions.Authorship.name", readers)


# Statements to vote on: who reads their words in each state.
STATEMENTS = {
    "proposed": ALL,
    "proposed-withheld": AUTHOR | OFFICE,
    "proposed-unconfirmed": AUTHOR | OFFICE,
    "proposed-withdrawn": AUTHOR | OFFICE,
    "proposed-erased": NOBODY,
}


def _of_statements() -> Iterator[Canary]:
    for state, readers in STATEMENTS.items():
        yield Canary(f"{state}-text", "statements.Statement.text", readers)
        yield Canary(f"{state}-speaker", "contributions.Authorship.name", readers)


# Objections to a text, and minority statements: who reads their words in each state.
OBJECTIONS = {
    "objected": ALL,
    "objected-withheld": AUTHOR | OFFICE,
    "objected-withdrawn": AUTHOR | OFFICE,
    "objected-erased": NOBODY,
}
OBJECTION_FIELDS = {
    "why": "consensus.Objection.text",
    "resolves": "consensus.Objection.resolves",
    "answered": "consensus.Handling.text",
}
MINORITIES = {"dissent": ALL, "dissent-withheld": AUTHOR | OFFICE, "dissent-erased": NOBODY}
MINORITY_FIELDS = {"text": "consensus.MinorityStatement.text"}


def _of_calls() -> Iterator[Canary]:
    for states, fields in ((OBJECTIONS, OBJECTION_FIELDS), (MINORITIES, MINORITY_FIELDS)):
        for state, readers in states.items():
            # What is held has no answer yet: somebody of the desk gives it in the matrix.
            said = {
                name: of for name, of in fields.items() if (state, name) != ("objected-withheld", "answered")
            }
            yield from (Canary(f"{state}-{short}", field, readers) for short, field in said.items())
            yield Canary(f"{state}-speaker", "contributions.Authorship.name", readers)


# Lines of minutes: what somebody said in a meeting, and how they corrected it.
SPOKEN = {"line-asked": ALL, "line-unasked": ALL, "line-erased": NOBODY}
SPOKEN_FIELDS = {"name": "meetings.SpokenLine.name", "text": "meetings.SpokenLine.text"}


def _of_meetings() -> Iterator[Canary]:
    for state, readers in SPOKEN.items():
        yield from (Canary(f"{state}-{short}", field, readers) for short, field in SPOKEN_FIELDS.items())
        if state != "line-unasked":
            yield Canary(f"{state}-correction", "meetings.Correction.text", readers)


def _of_people() -> Iterator[Canary]:
    for role in ROLES[2:]:
        own = frozenset({role})
        at_desk = OFFICE | own if role in OFFICE | {"observer", "sponsor", "unproven"} else own
        # Those who run a process see the address of whom they invited.
        invited = OFFICE if role == "registered" else NOBODY
        yield Canary(f"{role}-address", "people.Person.address", own | invited)
        # Whoever pins a summary, writes a draft, takes a position or chairs a call does so in public, under their name;
        # so does who joins the roster, or gives away the address of a badge.
        # Who teaches a class signs what they find in a text of it.
        at_desk |= frozenset({"participant"}) if role == "elsewhere" else NOBODY
        called = ALL if role in {"secretariat", "participant", "author", "chair"} else at_desk
        yield Canary(f"{role}-called", "people.Person.name", called)
        yield Canary(f"{role}-employer", "people.Person.organization", own)
        yield Canary(f"{role}-home", "people.Person.country", own)


# Issues: who reads their words, and who their author's name, in each state; letters go to all who keep the desk.
DESK = AUTHOR | {"elsewhere", "convenor"}
ISSUES = {
    "issue-shown": (ALL, ALL),
    "issue-unnamed": (ALL, DESK),
    "issue-private": (DESK | {"unproven"}, DESK),
    "issue-unsure": (DESK, DESK),
    "issue-gone": (NOBODY, NOBODY),
}
ISSUE_FIELDS = {"title": "desk.Issue.title", "text": "desk.Issue.text"}
BRINGER_FIELDS = {
    "name": "desk.Bringer.name",
    "organization": "desk.Bringer.organization",
    "country": "desk.Bringer.country",
}


def _of_issues() -> Iterator[Canary]:
    for state, (readers, names) in ISSUES.items():
        yield from (Canary(f"{state}-{short}", field, readers) for short, field in ISSUE_FIELDS.items())
        for short, field in BRINGER_FIELDS.items():
            is_shown = short == "country" and state == "issue-unnamed"
            yield Canary(f"{state}-{short}", field, readers if is_shown else names)


PRIVATE = (
    Canary("issue-reason", "desk.Answer.reason", DESK),
    Canary("issue-reply", "desk.Reply.text", DESK | {"unproven"}),
    Canary("issue-heard", "desk.Referral.reply", DESK),
    Canary("note", "contributions.Handling.note", OFFICE),
    Canary("flag", "contributions.Flag.text", OFFICE | {"participant"}),
    Canary("told-rejected", "contributions.ModerationAct.text", AUTHOR | OFFICE),
    Canary("appeal", "contributions.Appeal.text", AUTHOR | OFFICE),
    Canary("ruling", "contributions.Appeal.reasons", AUTHOR | OFFICE),
    Canary("draft-text", "contributions.Response.text", OFFICE),
    Canary("draft-change", "contributions.Response.change", OFFICE),
    Canary("draft-where", "contributions.Response.where", OFFICE),
    Canary("draft-together", "contributions.Response.together", NOBODY),
    Canary("answer-to-private", "contributions.Response.text", AUTHOR | OFFICE),
    Canary("dispute-of-private", "contributions.Dispute.text", AUTHOR | OFFICE),
    Canary("reply-to-private", "contributions.Dispute.reply", AUTHOR | OFFICE),
    Canary("report-draft", "documents.Revision.text", OFFICE),
    Canary("report-title", "documents.Document.title", OFFICE),
    Canary("charter-title", "processes.Process.title", OFFICE | {"unproven"}),
    Canary("charter-question", "processes.Process.question", OFFICE),
    Canary("charter-draft", "processes.CharterVersion.facts", OFFICE),
    Canary("charter-next", "processes.CharterVersion.facts", OFFICE),
    Canary("raw-mail", "mail.RawMessage.data", OFFICE),
    Canary("raw-recipient", "mail.RawMessage.recipient", NOBODY),
    Canary("raw-id", "mail.RawMessage.message_id", NOBODY),
    Canary("invited-name", "processes.Invitation.name", OFFICE | {"registered"}),
    Canary("invited-employer", "processes.Invitation.organization", OFFICE | {"registered"}),
    Canary("cleared", "registry.Clearance.reason", OFFICE),
    Canary("judged", "registry.Judgement.reason", OFFICE),
    Canary("letter-to-body", "registry.Liaison.text", OFFICE),
    Canary("body-replied", "registry.Liaison.reply", OFFICE),
    Canary("correction", "registry.Correction.text", frozenset({"elsewhere", "convenor", "unproven"})),
    # An archive that is not released is read by whom the operator appointed; an address in any archive only by those
    # of them who decide, with a second factor, who is one person.
    Canary("kept-title", "archives.Archive.title", APPOINTED),
    Canary("kept-source", "archives.Archive.source", APPOINTED),
    Canary("kept-license", "archives.Archive.license", APPOINTED),
    Canary("kept-text", "archives.ArchivedMessage.text", APPOINTED),
    Canary("kept-subject", "archives.ArchivedMessage.subject", APPOINTED),
    Canary("kept-date", "archives.ArchivedMessage.date", APPOINTED),
    Canary("kept-name", "archives.Sender.name", APPOINTED),
    Canary("kept-address", "archives.Sender.address", frozenset({"elsewhere", "convenor"})),
    Canary("archived-address", "archives.Sender.identity", NOBODY),
    Canary("archived-secret", "archives.Following.secret", frozenset({"elsewhere", "convenor"})),
    Canary("archived-erased", "archives.ArchivedMessage.text", NOBODY),
    Canary("archived-answered", "archives.ArchivedMessage.in_reply_to", NOBODY),
    Canary("imported-file", "archives.ImportedFile.name", NOBODY),
    Canary("imported-damage", "archives.ImportedFile.damage", NOBODY),
    Canary("fingerprint", "contributions.Contribution.dedup_key", NOBODY),
    Canary("listed-name", "inputs.ListReply.name", AUTHOR),
    Canary("listed-text", "inputs.ListReply.text", AUTHOR),
    Canary("listed-link", "inputs.ListReply.permalink", AUTHOR),
    Canary("listed-id", "inputs.ListReply.message_id", NOBODY),
    Canary("listed-key", "inputs.ListReply.dedup_key", NOBODY),
    Canary("stated-text", "people.InterestStatement.text", frozenset({"registered"})),
    Canary("stated-organization", "people.Affiliation.organization", frozenset({"registered"})),
    Canary("stated-evidence", "people.Affiliation.evidence", frozenset({"registered"})),
    Canary("badge-reason", "badges.Badge.reason", frozenset({"participant"})),
    # How somebody votes is theirs, whoever else asks; what counts of it is read letter by letter, and shown nowhere.
    Canary("ballot-lines", "statements.Ballot.lines", AUTHOR),
    Canary("voter-votes", "statements.Voter.votes", NOBODY),
    Canary("roster-reason", "roster.Assignment.reason", OFFICE | {"participant"}),
    # What somebody learns is theirs, and of those who teach them.
    Canary("learned-text", "learning.Answer.answer", CLASS),
    Canary("judged-text", "learning.Judgment.comment", CLASS),
    Canary("class-title", "learning.Run.title", CLASS),
    Canary("run-code", "learning.Run.code", frozenset({"elsewhere"})),
    # What a member of a panel finds is read by nobody with their name, and before the decision by nobody at all.
    Canary("opinion-reasons", "consensus.Opinion.reasons", NOBODY),
    # A room is its players' alone, and the brief of a seat its player's until the room is over.
    Canary("room-said", "practice.Done.act", AUTHOR),
    Canary("room-level", "practice.Level.sentence", AUTHOR),
    Canary("room-promise", "practice.Seat.promise", AUTHOR),
    Canary("room-brief", "practice.Room.files", NOBODY),
    Canary("totp", "mfa.Authenticator.data", NOBODY),
)


# Applications: who applies reads all of it, those with an office what they may judge, while it is blind without names.
APPLIES = AUTHOR | {"registered"}
SEES_TO_IT = frozenset({"secretariat", "convenor"})
REVIEWS = frozenset({"participant", "elsewhere"})
LETTERED = OFFICE | {"unproven"}  # a letter goes to all who have the role
# An award: who has it, those with an office, who pays.
AWARDED = OFFICE | {"registered", "sponsor"}
APPLICATIONS = {
    "applied-title": ("grants.Application.title", APPLIES | LETTERED | REVIEWS),
    "applied-answer": ("grants.Application.answers", APPLIES | OFFICE | REVIEWS),
    "applied-reason": ("grants.Application.reason", APPLIES | OFFICE | REVIEWS),
    "applied-name": ("grants.Applicant.name", APPLIES | SEES_TO_IT),
    "applied-fellow": ("grants.Applicant.name", APPLIES | SEES_TO_IT),
    "applied-organization": ("grants.Applicant.organization", APPLIES | SEES_TO_IT),
    "applied-filename": ("grants.Attachment.filename", APPLIES | SEES_TO_IT),
    "applied-file": ("grants.Attachment.data", APPLIES | SEES_TO_IT),
    "applied-filetext": ("grants.Attachment.text", APPLIES | OFFICE | REVIEWS),
    "applied-question": ("grants.Exchange.question", APPLIES | OFFICE | REVIEWS),
    "applied-more": ("grants.Exchange.answer", APPLIES | LETTERED | REVIEWS),
    "reviewer-about": ("grants.Reviewer.about", SEES_TO_IT),
    "review-text": ("grants.Review.text", OFFICE | {"participant"}),
    "panel-note": ("grants.Note.text", OFFICE | {"participant"}),
    "works-stated": ("grants.WorkList.text", frozenset({"participant"})),
    "conflict-detail": ("grants.Conflict.detail", SEES_TO_IT),
    "verdict-reasons": ("grants.Verdict.reasons", frozenset({"chair", "convenor"})),
    "award-conditions": ("grants.Award.conditions", AWARDED),
    "award-reason": ("grants.Award.reason", AUTHOR | OFFICE | {"sponsor"}),
    "report-text": ("grants.AwardReport.text", AWARDED | {"unproven"}),
    "report-filename": ("grants.AwardReport.filename", AWARDED | {"unproven"}),
    "report-telling": ("grants.AwardReport.telling", AWARDED | {"unproven"}),
    "report-file": ("grants.AwardReport.data", AWARDED),
    "report-filetext": ("grants.AwardReport.filetext", frozenset({"secretariat", "convenor", "unproven"})),
    "report-reasons": ("grants.AwardReport.reasons", AWARDED),
    "payment-reference": ("grants.Milestone.reference", AWARDED),
    "barred-title": ("grants.Application.title", frozenset({"observer", "chair", "convenor", "unproven"})),
    "barred-answer": ("grants.Application.answers", frozenset({"observer", "chair", "convenor"})),
    "drafted-title": ("grants.Application.title", frozenset({"participant"})),
    "drafted-answer": ("grants.Application.answers", frozenset({"participant"})),
    "drafted-country": ("grants.Applicant.country", frozenset({"participant"})),
}


@cache
def canaries() -> dict[str, Canary]:
    """Every canary by its token."""
    return {
        found.token: found
        for found in (
            *_of_inputs(),
            *_of_messages(),
            *_of_remarks(),
            *_of_statements(),
            *_of_calls(),
            *_of_meetings(),
            *_of_people(),
            *_of_issues(),
            *PRIVATE,
            *(Canary(name, field, seen_by) for name, (field, seen_by) in APPLICATIONS.items()),
        )
    }
