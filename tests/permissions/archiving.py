"""Two archives of lists: one that everybody may read, one that is not released; all that they hold is hostile."""

from datetime import UTC, datetime, timedelta
from typing import Any

from permissions.canaries import canary, token
from talanoa.archives.actions.erasing import erase_message
from talanoa.archives.actions.following import follow_into
from talanoa.archives.actions.importing import About, Given, begin_import, finish_import
from talanoa.archives.actions.merging import find_merges
from talanoa.archives.actions.releasing import release_archive
from talanoa.archives.actions.storing import Batch, Found, Refused, add_batch
from talanoa.archives.models import Archive, ArchivedMessage, Following, Sender
from talanoa.lib.archive.reading import ArchivedMail
from talanoa.lib.messageids import permalink_hash
from talanoa.mail.actions import keep_raw
from talanoa.mail.models import LIST_ADMIN, RawMessage
from talanoa.people.models import Person

OPEN, KEPT = "open-list", "kept-list"
MISSING = 9999
NAMES = {"released": OPEN, "erased": OPEN, "kept": KEPT, "missing": "no-list"}


def archive_all(keeper: Person, at: datetime) -> None:
    """Import both and release the first."""
    hostile = "<script>alert(1)</script>"
    opened = About(OPEN, f"<b onx=1>{hostile}", "=HYPERLINK(1)", "'><b onx=1>")
    gone = _mail(OPEN, 2, canary("archived-erased"))._replace(subject=canary("archived-erased"))
    _import(opened, [_mail(OPEN, 1, hostile), gone], keeper, at)
    archive = Archive.objects.get(name=OPEN)
    release_archive(archive, by=keeper, at=at + timedelta(hours=1), channel="cli")
    erased = ArchivedMessage.objects.get(archive=archive, number=2)
    erase_message(erased, by=keeper, ground="court_order", at=at + timedelta(hours=2), channel="cli")
    kept = About(KEPT, canary("kept-title"), canary("kept-source"), canary("kept-license"))
    secret = _mail(KEPT, 1, canary("kept-text"))._replace(
        name=canary("kept-name"), subject=canary("kept-subject"), date=canary("kept-date"), sent_at=None
    )
    _import(kept, [secret, secret._replace(address="other@list.example", message_id="other")], keeper, at)
    find_merges(Archive.objects.get(name=KEPT), by=keeper)
    followed = follow_into(About(KEPT), by=keeper, list_id="kept.lists.example", at=at, channel="cli")
    Following.objects.filter(pk=followed.pk).update(secret=token("archived-secret"))
    letter = keep_raw(b"Subject: Confirm", recipient=f"archive+{followed.secret}@talanoa.example", at=at)
    RawMessage.objects.filter(pk=letter.pk).update(
        process_key="archive", number=followed.archive_id, outcome=LIST_ADMIN
    )


def permalink(name: str, number: int = 1) -> str:
    """Return the place in addresses of a message of an archive."""
    return permalink_hash(f"{name}-{number}@list.example")


def _mail(name: str, number: int, text: str) -> ArchivedMail:
    return ArchivedMail(
        message_id=f"{name}-{number}@list.example",
        in_reply_to=f"{canary('archived-answered')}"[:30] if number > 1 else "",
        references=(f"{name}-1@list.example",) if number > 1 else (),
        name=f"<b onx=1>Sina {number}",
        address=f"{canary('archived-address')}@list.example"
        if name == OPEN
        else f"{canary('kept-address')}@x.example",
        subject="<b onx=1>Who pays?</title>",
        date="Tue, 4 Mar 2014 10:00:00 +0000",
        sent_at=datetime(2014, 3, 4, 10, number, tzinfo=UTC),
        text=f"{text}\n\n> {text}\n",
        n_attachments=1,
        notes=(),
        is_fallback=False,
        body_at=0,
    )


def _import(about: About, mails: list[ArchivedMail], keeper: Person, at: datetime) -> None:
    given = [Given(canary("imported-file"), "0" * 64)]
    run = begin_import(about, by=keeper, files=given, at=at, channel="cli")
    found = [Found(mail, bytes([number] * 16)) for number, mail in enumerate(mails, 1)]
    damage = canary("imported-damage")
    add_batch(
        run.files.get(),
        Batch(found, [Refused(9, "header_missing")], 9, is_last=True, damage=damage),
        by=keeper,
    )
    finish_import(run, by=keeper, at=at, channel="cli")


def of_sender(_world: object, state: str) -> dict[str, Any]:
    """The address of a sender's page."""
    sender = Sender.objects.filter(archive__name=NAMES[state]).order_by("pk").first()
    return {"name": NAMES[state], "pk": sender.pk if sender else MISSING}


def of_letter(_world: object, state: str) -> dict[str, Any]:
    """The address of a letter that the list's own program wrote."""
    found = RawMessage.objects.filter(process_key="archive").first()
    return {"name": NAMES[state], "pk": found.pk if found else MISSING}


def of_archived(_world: object, state: str) -> dict[str, Any]:
    """The address of a message."""
    return {"name": NAMES[state], "permalink": permalink(NAMES[state], 2 if state == "erased" else 1)}
