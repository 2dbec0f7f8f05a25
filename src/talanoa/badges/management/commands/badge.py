"""`talanoa badge`: check one without a line, show the key that signs, award, revoke, erase.

`check` needs no installation and no table. It ends with 0 when the badge holds, 1 altered or signed by somebody else,
3 revoked, 4 not valid at this time, 5 unreadable: the badge, or the status list that was given.
"""

import sys
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _

from talanoa.badges.actions.awarding import Earned, award_badge
from talanoa.badges.actions.ending import erase_badge, revoke_badge
from talanoa.badges.models import Badge
from talanoa.badges.queries import own_key
from talanoa.badges.skin import VERDICTS, facts, trusted_keys
from talanoa.kernel.commands import Told, read_bytes
from talanoa.kernel.errors import RuleBroken
from talanoa.lib.badge_texts import MAX_TEXT, BadgeMissing, found_in
from talanoa.lib.badge_verdicts import Code, verify
from talanoa.lib.did_keys import did_key, document
from talanoa.lib.processkeys import PLACE
from talanoa.people.queries import person_at
from talanoa.processes.commands import ActingVerb, acting, acting_person, process_called

ENDS = {
    Code.OK: 0,
    Code.ALTERED: 1,
    Code.NOT_OURS: 1,
    Code.REVOKED: 3,
    Code.EXPIRED: 4,
    Code.NOT_YET: 4,
    Code.STATUS_UNREADABLE: 5,
    Code.UNREADABLE: 5,
}


class Command(ActingVerb):
    help = "Badges: check one without a line, show the key, award, revoke, erase."
    verbs = ("check", "key", "award", "revoke", "erase")

    def describe(self, verb: str, parser: CommandParser) -> None:
        if verb == "check":
            parser.add_argument("file", help="a badge, or the mail that brought it; - for standard input")
            parser.add_argument(
                "--issuer",
                metavar="KEY",
                help="a did:key, or a file with one or with the issuer's did.json; by default this installation's key",
            )
            parser.add_argument("--status", metavar="FILE", help="the status list that the badge names")
        if verb == "award":
            parser.add_argument("address", help="of who has earned it")
            parser.add_argument("--what", required=True, metavar="FILE", help="YAML: what it is for")
            parser.add_argument("--entries", required=True, help="numbers with commas between them: 12,15")
        if verb in ("revoke", "erase"):
            parser.add_argument("badge", help="the 26 letters in its address")
        if verb == "revoke":
            parser.add_argument("--reason", required=True, help="one line, which its holder is told")

    def act_check(self, options: dict[str, Any]) -> Told:
        """Check a badge without a line: words, signature, and with --status whether it was revoked."""
        keys = _keys(options["issuer"])
        status = _text(options["status"]).strip() if options["status"] else None
        try:
            token = found_in(_text(options["file"]))
        except BadgeMissing:
            return _told(Code.UNREADABLE, {}, ())
        found = verify(token, issuer_keys=keys, status_list=status, at=options["at"])
        if found.badge is None:
            return _told(found.code, {"signed_by": found.signed_by}, (found.signed_by,))
        said = list(facts(found.badge))
        asked = f"{found.status_at:%Y-%m-%dT%H:%MZ}" if found.status_at else ""
        if found.code == Code.OK and not asked:
            said.append((_("Revoked?"), _("not asked: give the status list with --status")))
        data = {"signed_by": found.signed_by, "sha256": found.sha256, "status_at": asked, "facts": said}
        return _told(found.code, data, tuple(f"{label}: {value}" for label, value in said))

    def act_key(self, options: dict[str, Any]) -> Told:
        """Show the public key that signs badges here; with --json as the DID document of the site."""
        key = own_key()
        return Told(document(settings.TALANOA_URL, [key]), (did_key(key),))

    def act_award(self, options: dict[str, Any]) -> Told:
        """Award a badge on entries of the record, as the host."""
        person = person_at(options["address"])
        if person is None:
            raise RuleBroken(_("Nobody here has this address."), code="person_unknown")
        made = award_badge(
            person,
            achievement=_earned(options["what"]),
            evidence=_numbers(options["entries"]),
            by=acting(options, process_called(PLACE)),
            at=options["at"],
            channel="cli",
        )
        is_revoked = made.revoked_at is not None
        told = f"{made.public_id}: {made.title}{', revoked before' if is_revoked else ''}."
        return Told({"badge": made.public_id, "sha256": made.sha256, "revoked": is_revoked}, (told,))

    def act_revoke(self, options: dict[str, Any]) -> Told:
        """Revoke a badge for good, as the host."""
        host = acting(options, process_called(PLACE))
        made = revoke_badge(
            _called(options["badge"]), by=host, reason=options["reason"], at=options["at"], channel="cli"
        )
        return Told({"badge": made.public_id, "state": "revoked"}, (f"{made.public_id}: revoked.",))

    def act_erase(self, options: dict[str, Any]) -> Told:
        """Erase a badge here, as its holder (--as)."""
        made = erase_badge(
            _called(options["badge"]), by=acting_person(options), at=options["at"], channel="cli"
        )
        return Told({"badge": made.public_id, "state": "erased"}, (f"{made.public_id}: erased.",))


def _told(code: Code, data: dict[str, Any], lines: tuple[str, ...]) -> Told:
    message = str(VERDICTS[code])
    return Told(
        {"verdict": code.value, "message": message, **data}, (message, *filter(None, lines)), ENDS[code]
    )


def _text(name: str) -> str:
    return read_bytes(name, sys.stdin, most=MAX_TEXT + 1).decode("utf-8", errors="replace")


def _keys(given: str | None) -> list[bytes]:
    """Return the keys that are trusted. Raises RuleBroken(issuer_missing); CommandError where they cannot be read."""
    if given is None:
        return [own_key()]
    text = given if given.startswith("did:") else _text(given)
    try:
        return trusted_keys(text)
    except ValueError as wrong:
        raise CommandError(f"--issuer: {wrong}", returncode=2) from wrong


def _earned(name: str) -> Earned:
    """Return what a file says that somebody has shown. Raises CommandError where it says something else."""
    try:
        said = yaml.safe_load(Path(name).read_text(encoding="utf-8"))
        pairs = tuple((str(code), str(words)) for code, words in said.pop("competencies", {}).items())
        level = int(said.pop("level"))
        return Earned(**{field: str(value) for field, value in said.items()}, level=level, competencies=pairs)
    except (yaml.YAMLError, AttributeError, KeyError, TypeError, ValueError) as wrong:
        raise CommandError(f"--what: {wrong}", returncode=2) from wrong


def _numbers(given: str) -> list[int]:
    try:
        return [int(number) for number in given.split(",")]
    except ValueError as wrong:
        raise CommandError("--entries: write numbers with commas between them", returncode=2) from wrong


def _called(public_id: str) -> Badge:
    """Return the badge with this address. Raises RuleBroken(badge_unknown)."""
    found = Badge.objects.filter(public_id=public_id).first()
    if found is None:
        raise RuleBroken(_("There is no badge with this address."), code="badge_unknown")
    return found
