"""The people who ask: each with a login, a session, and the role they hold in every process but one."""

from dataclasses import dataclass
from datetime import datetime

from allauth.account.internal.flows.login import record_authentication
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.test import Client, RequestFactory

from conftest import START
from permissions.canaries import OFFICE, ROLES, canary, token
from talanoa.people.actions import appoint_convenor, claim_address, know_person, link_login
from talanoa.people.models import Group, Person, User
from talanoa.processes.actions.roles import enter, give_role
from talanoa.processes.models import Participant, Process, Role

GIVEN = {
    "secretariat": Role.SECRETARIAT,
    "chair": Role.CHAIR,
    "sponsor": Role.SPONSOR,
    "observer": Role.OBSERVER,
    "unproven": Role.CONVENOR,
}
# Whose login has a second factor, shown in this session.
PROVEN = OFFICE | {"sponsor", "elsewhere"}
CONVENORS = ("convenor", "unproven", "elsewhere")
LOGINS = ROLES[2:]


@dataclass(frozen=True, slots=True)
class Asker:
    """One who asks: the person behind the login (None without one) and the key of the session."""

    role: str
    person: Person | None
    session: str


def address(role: str) -> str:
    """The address of a role; each has a domain of its own, since one of two people is a conflict of interest."""
    return f"{token(f'{role}-address')}@{role}.example"


def people(at: datetime) -> dict[str, Person]:
    """Make everybody with a login known; convenors are appointed."""
    made = {}
    for role in LOGINS:
        known = know_person(
            name=canary(f"{role}-called"),
            address=address(role),
            group=Group.CIVIL_SOCIETY,
            organization=canary(f"{role}-employer"),
            country=canary(f"{role}-home"),
        )
        made[role] = appoint_convenor(known, at=at, channel="cli") if role in CONVENORS else known
    return made


def seat(process: Process, convenor: Participant, cast: dict[str, Person], at: datetime) -> None:
    """Give everybody the role in `process` that they hold in all of them."""
    for role in ("author", "participant"):
        enter(process, cast[role], at=at)
    for role, given in GIVEN.items():
        give_role(process, cast[role], role=given, by=convenor, at=at, channel="cli")


def sign_in(role: str, person: Person) -> Asker:
    """Sign in as allauth does after a mailed code, and with the second factor where the role has one."""
    user = User.objects.create_user(person.address)
    EmailAddress.objects.create(user=user, email=person.address, verified=True, primary=True)
    person = link_login(user, at=START)
    claim_address(person, address=person.address, at=START)
    client = Client()
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    request = RequestFactory().get("/")
    request.session = client.session
    record_authentication(request, user, "code", email=person.address)
    if role in PROVEN:
        secret = {"secret": token("totp").upper() * 2}
        Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data=secret)
        record_authentication(request, user, "mfa", type="totp", reauthenticated=True)
    request.session.save()
    return Asker(role, person, request.session.session_key or "")


def browser(role: str, sent: list[int]) -> Asker:
    """Somebody without a login, whose browser sent these contributions; without any, it keeps no session."""
    if not sent:
        return Asker(role, None, "")
    client = Client()
    session = client.session
    session["sent"] = sent
    session.save()
    return Asker(role, None, session.session_key or "")
