"""Steps of a call for input: receive, replace, read by hand."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from talanoa.contributions.actions.standing import Author, Spoken, note_mentions, register_all
from talanoa.contributions.models import Assurance, Authorship, Contribution
from talanoa.contributions.permissions import require_author, require_speaker
from talanoa.inputs.events import InputReceived, InputTranscribed
from talanoa.inputs.models import Input, Original, Transcription
from talanoa.inputs.queries import by_dedup_key, by_dedup_keys
from talanoa.kernel.errors import RuleBroken
from talanoa.kernel.rows import update_each
from talanoa.kernel.text import clean_line, clean_text, fitting_line
from talanoa.lib.language_detection import detected_language
from talanoa.mail.actions import take_from_person
from talanoa.people.actions import know_person
from talanoa.processes.actions.recording import line_of, put_all_on_record, put_on_record
from talanoa.processes.models import SYSTEM, Actor, Participant, Process, Stage
from talanoa.processes.permissions import require_office
from talanoa.record.actions import Line, keep_elsewhere
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


@dataclass(frozen=True, slots=True)
class Said:
    """An input as it came: who acts, who speaks, the words and how they may be shown.

    `dedup_key` is the one under which the same thing is known when it comes again; `source` is how the words reached us
    where that differs from the act (interview, paper, import); `replaces` is the input in whose place it comes. One
    that `must_confirm` is held, because it may not be meant as an input.
    """

    by: Participant
    author: Author
    words: Words
    publication: str
    dedup_key: str
    source: str = ""
    replaces: Contribution | None = None
    must_confirm: bool = False


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
    said = Said(by, author, words, publication, dedup_key, source, replaces, must_confirm)
    return receive_inputs(stage, [said], channel=channel, at=at)[0]


@transaction.atomic(savepoint=False)
def receive_inputs(stage: Stage, said: Sequence[Said], *, channel: str, at: datetime) -> list[Input]:
    """Give inputs that came together their numbers, in this order, and put them on the record under one checkpoint.

    Each as `receive_input` has it; where one is refused, none is received. No two have the same `dedup_key`.
    """
    process = Process.objects.select_for_update(no_key=True).get(pk=stage.process_id)
    stage = process.stages.get(pk=stage.pk)
    known = by_dedup_keys(process, [one.dedup_key for one in said])
    new = [
        _admitted(stage, one, process=process, channel=channel, at=at)
        for one in said
        if one.dedup_key not in known
    ]
    made = _received(process, stage, new, channel=channel, at=at) if new else []
    known.update({one.said.dedup_key: received for one, received in zip(new, made, strict=True)})
    return [known[one.dedup_key] for one in said]


@dataclass(frozen=True, slots=True)
class _Admitted:
    """An input that may be received: in which role its sender acts, and its title and text as they are kept."""

    said: Said
    role: str
    spoken: Spoken
    title: str
    text: str


def _admitted(stage: Stage, said: Said, *, process: Process, channel: str, at: datetime) -> _Admitted:
    """Ask for permission and rules. Raises what `receive_input` raises."""
    author = said.author
    role, entered_by = require_speaker(said.by, process, person=author.person, assurance=author.assurance)
    stage.check_takes_input(at)
    if said.publication not in Contribution.Publication.values:
        raise RuleBroken(_("Say how the input may be shown."), code="publication_unknown")
    title, text = _checked(said.words)
    spoken = Spoken(
        author=author.within(said.by),
        entered_by=entered_by,
        state=_state(author, said.source, must_confirm=said.must_confirm),
        publication=said.publication,
        dedup_key=said.dedup_key,
        channel=said.source or channel,
    )
    return _Admitted(said, role, spoken, title, text)


def _received(
    process: Process, stage: Stage, new: Sequence[_Admitted], *, channel: str, at: datetime
) -> list[Input]:
    contributions = register_all(process, [one.spoken for one in new], kind="input", at=at)
    made = Input.objects.bulk_create(
        Input(
            contribution=contribution,
            stage=stage,
            title=one.title,
            text=one.text,
            **_language(one.said.words, one.text),
            keywords=list(one.said.words.keywords),
            as_given=one.said.words.as_given,
        )
        for contribution, one in zip(contributions, new, strict=True)
    )
    lines = [_line_of(received, one) for received, one in zip(made, new, strict=True)]
    for contribution, entry in zip(
        contributions, put_all_on_record(process, lines, at=at, channel=channel), strict=True
    ):
        contribution.entry = entry
    update_each(contributions, ["entry"])
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


def _line_of(made: Input, admitted: _Admitted) -> Line:
    """Keep what belongs to an input beside its row, and return what is to stand on the record of it."""
    contribution, authorship, said = made.contribution, made.contribution.authorship, admitted.said
    note_mentions(contribution, (made.title, made.text))
    original = _keep_original(made, said.words) if said.words.data else None
    event = InputReceived(
        stage=made.stage.kind,
        state=contribution.state,
        assurance=authorship.assurance,
        entered=int(contribution.entered_by_id is not None),
        replaces=said.replaces.number if said.replaces else 0,
        title=Committed(made, "title"),
        text_sha256=Committed(made, "text_sha256"),
        author=Committed(authorship, "name"),
        organization=Committed(authorship, "organization"),
        country=Committed(authorship, "country"),
        file_sha256=Committed(original, "sha256") if original else "-",
    )
    # Who only claims to be somebody speaks for no group: the entry would tell the group of the one they name.
    actor: Actor = SYSTEM if authorship.assurance == Assurance.CLAIMED else said.by
    return line_of(event, by=actor, role=admitted.role, number=contribution.number)


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
