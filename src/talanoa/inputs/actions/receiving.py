"""Steps of a call for input: receive, replace, read by hand."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from talanoa.contributions.actions.standing import Author, note_mentions, register
from talanoa.contributions.models import Assurance, Authorship, Contribution
from talanoa.contributions.permissions import require_author, require_speaker
from talanoa.inputs.events import InputReceived, InputTranscribed
from talanoa.inputs.models import Input, Original, Transcription
from talanoa.inputs.queries import by_dedup_key
from talanoa.kernel.errors import RuleBroken
from talanoa.kernel.text import clean_line, clean_text, fitting_line
from talanoa.lib.language_detection import detected_language
from talanoa.mail.actions import take_from_person
from talanoa.people.actions import know_person
from talanoa.processes.actions.recording import put_on_record
from talanoa.processes.models import SYSTEM, Actor, Participant, Process, Stage
from talanoa.processes.permissions import require_office
from talanoa.record.actions import keep_elsewhere
from talanoa.record.events import Committed

CHANNELS = ("web", "mail", "upload", "interview", "paper", "import", "cli")


@dataclass(frozen=True, slots=True)
class Words:
    """What was said: a title, a text, its language where somebody stated it, and the file it came in, if any."""

    title: str
    text: str
    language: str = ""
    keywords: tuple[str, ...] = ()
    as_given: dict[str, Any] = field(default_factory=dict)
    filename: str = ""
    media_type: str = ""
    data: bytes = b""
    notes: tuple[str, ...] = ()


@transaction.atomic
def receive_input(
    stage: Stage,
    *,
    by: Participant,
    author: Author,
    words: Words,
    publication: str,
    dedup_key: str,
    channel: str,
    at: datetime,
    source: str = "",
    replaces: Contribution | None = None,
    must_confirm: bool = False,
) -> Input:
    """Give an input its number and put it on the record; the same `dedup_key` again returns the first one.

    `by` acts: the author themselves, or a member of the secretariat who enters it for them. `channel` is
    how the act reached us, `source` how the words did where that differs (interview, paper, import).
    An input whose sender is not confirmed is numbered and held; so is one that `must_confirm`, because it may not
    be meant as one. `at` is an aware UTC time.
    Raises NotAllowed; RuleBroken: call_closed, text_empty, text_too_long, publication_unknown, line_too_long.
    """
    process = Process.objects.select_for_update(no_key=True).get(pk=stage.process_id)
    stage = process.stages.get(pk=stage.pk)
    known = by_dedup_key(process, dedup_key)
    if known:
        return known
    role, entered_by = require_speaker(by, process, person=author.person, assurance=author.assurance)
    stage.check_takes_input(at)
    if publication not in Contribution.Publication.values:
        raise RuleBroken(_("Say how the input may be shown."), code="publication_unknown")
    title, text = _checked(words)
    contribution = register(
        process,
        kind="input",
        author=author.within(by),
        entered_by=entered_by,
        state=_state(author, source, must_confirm=must_confirm),
        publication=publication,
        dedup_key=dedup_key,
        channel=source or channel,
        at=at,
    )
    made = Input.objects.create(
        contribution=contribution,
        stage=stage,
        title=title,
        text=text,
        **_language(words, text),
        keywords=list(words.keywords),
        as_given=words.as_given,
    )
    note_mentions(contribution, (title, text))
    original = _keep_original(made, words) if words.data else None
    _receive_on_record(made, original, by=by, role=role, at=at, channel=channel, replaces=replaces)
    return made


def _state(author: Author, source: str, *, must_confirm: bool) -> str:
    """Return where the words stand first: published, or waiting for their author's own confirmation."""
    is_held = must_confirm or author.assurance == Assurance.CLAIMED or source == "interview"
    return Contribution.State.UNCONFIRMED if is_held else Contribution.State.PUBLISHED


def _checked(words: Words) -> tuple[str, str]:
    try:
        text = clean_text(words.text, Input.TEXT_LIMIT)
    except ValueError as long:
        raise RuleBroken(
            _("This text is longer than %(limit)s characters. Send it as a file, or in parts.")
            % {"limit": Input.TEXT_LIMIT},
            code="text_too_long",
        ) from long
    if not text.strip():
        raise RuleBroken(_("The input has no words yet."), code="text_empty")
    return _title(words.title, text), text


def _language(words: Words, text: str) -> dict[str, str]:
    """Return the language that was stated, otherwise the one that the text shows, if it shows any; and which it is."""
    if words.language:
        return {"language": words.language[:12], "language_source": Input.LanguageSource.STATED}
    return {
        "language": detected_language(text),
        "language_source": Input.LanguageSource.DETECTED,
    }


def _title(title: str, text: str) -> str:
    """Return the title, or the first words of the text where none was given."""
    line = _line(title) or _line(text.strip().splitlines()[0])
    return line if len(line) <= Input.TITLE_LIMIT else line[: Input.TITLE_LIMIT - 1].rstrip() + "…"


def _line(value: str) -> str:
    """Return the beginning of `value` on one line; composing makes a text three times as long at most."""
    return clean_line(value[:1000], 3000)


def _receive_on_record(
    made: Input,
    original: Original | None,
    *,
    by: Participant,
    role: str,
    at: datetime,
    channel: str,
    replaces: Contribution | None,
) -> None:
    contribution, authorship = made.contribution, made.contribution.authorship
    event = InputReceived(
        stage=made.stage.kind,
        state=contribution.state,
        assurance=authorship.assurance,
        entered=int(contribution.entered_by_id is not None),
        replaces=replaces.number if replaces else 0,
        title=Committed(made, "title"),
        text_sha256=Committed(made, "text_sha256"),
        author=Committed(authorship, "name"),
        organization=Committed(authorship, "organization"),
        country=Committed(authorship, "country"),
        file_sha256=Committed(original, "sha256") if original else "-",
    )
    # Who only claims to be somebody speaks for no group: the entry would tell the group of the one they name.
    actor: Actor = SYSTEM if authorship.assurance == Assurance.CLAIMED else by
    contribution.entry = put_on_record(
        contribution.process, event, by=actor, role=role, at=at, channel=channel, number=contribution.number
    )
    contribution.save(update_fields=["entry"])


def _keep_original(made: Input, words: Words) -> Original:
    return Original.objects.create(
        input=made,
        filename=clean_line(words.filename[-150:], 200) or "file",
        media_type=words.media_type,
        data=words.data,
        notes=list(words.notes),
    )


@transaction.atomic
def supersede_input(
    old: Input, *, by: Participant, words: Words, dedup_key: str, channel: str, at: datetime
) -> Input:
    """Replace one's own input by a new one, in the same call; both keep number, text and receipt.

    The new one is shown as the old one was, and is in its language where none is stated and a person said that one.
    Raises NotAllowed; RuleBroken: call_closed, wrong_state, text_empty.
    """
    process = Process.objects.select_for_update(no_key=True).get(pk=old.stage.process_id)
    known = by_dedup_key(process, dedup_key)
    if known:
        return known
    contribution = Contribution.objects.select_for_update(no_key=True).get(pk=old.contribution_id)
    require_author(by, contribution)
    contribution.check_state(Contribution.State.PUBLISHED, Contribution.State.UNCONFIRMED)
    words = words if words.language else replace(words, language=old.said_language)
    was_held = contribution.state == Contribution.State.UNCONFIRMED
    frozen = contribution.authorship
    author = Author(
        person=contribution.person,
        name=frozen.name,
        group=frozen.group,
        # Who confirmed the old one is known; the new one need not be confirmed again.
        assurance=Assurance.PROVEN if frozen.assurance == Assurance.CONFIRMED else frozen.assurance,
        organization=frozen.organization,
        country=frozen.country,
        mandate=frozen.mandate,
    )
    made = receive_input(
        old.stage,
        by=by,
        author=author,
        words=words,
        publication=contribution.publication,
        dedup_key=dedup_key,
        channel=channel,
        at=at,
        replaces=contribution,
    )
    # What its author never confirmed does not become public by being replaced.
    contribution.reason = Contribution.State.UNCONFIRMED if was_held else ""
    contribution.state, contribution.replaced_by = Contribution.State.SUPERSEDED, made.contribution
    contribution.save(update_fields=["state", "reason", "replaced_by"])
    return made


@transaction.atomic
def transcribe_input(
    made: Input, *, by: Actor, words: Words, name: str, address: str, at: datetime, channel: str
) -> Input:
    """Write down what a mail says that no program could read; what stood there before stays provable.

    The secretariat's act. Where `address` is given and nobody's was known, its owner becomes the author and
    is told. The input stays held until they confirm it, or until it is published by the office.
    Raises NotAllowed; RuleBroken: not_for_hand, wrong_state, text_empty, text_too_long, line_too_long.
    """
    rows = Contribution.objects.select_for_update(of=("self",), no_key=True).select_related(
        "process", "person"
    )
    contribution = rows.get(pk=made.contribution_id)
    role = require_office(by, contribution.process)
    contribution.check_state(*Contribution.COUNTED_STATES)
    take_from_person(process_key=contribution.process.key, number=contribution.number)
    title, text = _checked(words)
    authorship = Authorship.objects.get(contribution=contribution)
    kept = Transcription.objects.create(
        input=made, title=made.title, text=made.text, name=authorship.name, made_at=at
    )
    keep_elsewhere(made, kept, attributes=("title", "text_sha256"))
    keep_elsewhere(authorship, kept, attributes=("name",))
    told = _language(words, text)
    made.title, made.text = title, text
    made.language, made.language_source = told["language"], told["language_source"]
    made.save(update_fields=["title", "text", *told])
    authorship.name, authorship.assurance = fitting_line(name, 300) or authorship.name, Assurance.ENTERED
    authorship.save(update_fields=["name", "assurance"])
    if address and not contribution.person.address:
        contribution.person = know_person(name=authorship.name, address=address)
    contribution.entered_by = by if isinstance(by, Participant) else None
    contribution.save(update_fields=["person", "entered_by"])
    event = InputTranscribed(
        title=Committed(made, "title"),
        text_sha256=Committed(made, "text_sha256"),
        author=Committed(authorship, "name"),
    )
    put_on_record(
        contribution.process, event, by=by, role=role, at=at, channel=channel, number=contribution.number
    )
    return made
