"""Letters go to the mail server only over a line that is safe, and after signing in; otherwise they stay."""

import ssl
import subprocess
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from command_line import talanoa, told
from conftest import day
from mail.mail_server import MailServer, serving
from talanoa.lib.smtp_url import SmtpServer, read_smtp_url
from talanoa.mail.actions import queue_mail
from talanoa.mail.models import OutgoingMessage
from talanoa.mail.posting import outbox
from talanoa.mail.sending import Sent, send_due

USER, PASSWORD, PLAIN = "talanoa@nic.example", "pass wörd: 1/2@3", "ascii-9137"
Serve = Callable[..., MailServer]


def certificate(folder: Path, name: str) -> Path:
    """Make a certificate for `name` that is its own authority; its key stands in the same file."""
    made = ("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")
    named = ("-subj", f"/CN={name}", "-addext", f"subjectAltName=DNS:{name}", "-days", "2")
    files = ("-keyout", "key.pem", "-out", "cert.pem")
    subprocess.run(["openssl", *made, *named, *files], cwd=folder, check=True, capture_output=True)
    both = folder / f"{name}.pem"
    both.write_text((folder / "cert.pem").read_text() + (folder / "key.pem").read_text())
    return both


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("certificates")
    for name in ("localhost", "other.example"):
        certificate(made, name)
    return made


def signed_in(
    _server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, data: object
) -> AuthResult:
    assert isinstance(data, LoginPassword)
    known = {(USER, PASSWORD), (USER, PLAIN)}
    return AuthResult(success=(data.login.decode(), data.password.decode()) in known, handled=False)


@pytest.fixture
def serve(db: None, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Serve]:
    """Serve with the certificate of a name, by STARTTLS or from the first byte; the program trusts one authority."""
    with ExitStack() as stack:

        def served(
            scheme: str = "smtp",
            *,
            name: str = "localhost",
            trusted: str = "localhost",
            password: str = "",
            **how: Any,
        ) -> MailServer:
            shown = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            shown.load_cert_chain(folder / f"{name}.pem")
            # aiosmtpd knows of TLS only what STARTTLS began.
            key, more = (
                ("ssl_context", {"auth_require_tls": False}) if scheme == "smtps" else ("tls_context", {})
            )
            monkeypatch.setenv("SSL_CERT_FILE", str(folder / f"{trusted}.pem"))
            made = stack.enter_context(
                serving(monkeypatch, **{key: shown, "authenticator": signed_in, **more, **how})
            )
            who = f"{quote(USER)}:{quote(password, safe='')}@" if password else ""
            server = read_smtp_url(f"{scheme}://{who}localhost:{made.port}")
            assert server is not None
            # On loopback STARTTLS is not asked for; here it is, as from every server elsewhere.
            monkeypatch.setattr(outbox, "smtp", replace(server, starttls=scheme == "smtp"))
            return made

        yield served


def queued() -> OutgoingMessage:
    return queue_mail(
        key="k", to="yusuf@garissa.example", subject="Received", text="T.\n", process_key="nm", at=day(1)
    )


def sent_twice() -> list[Sent]:
    return [send_due(now=lambda: day(1)), send_due(now=lambda: day(1.1))]


def stays(message: OutgoingMessage) -> bool:
    """Tell whether the letter waits as it was, with no failure of its own."""
    message.refresh_from_db()
    return (message.written_at, message.failed_at, message.attempts, message.error) == (None, None, 0, "")


@pytest.mark.parametrize("scheme", ["smtp", "smtps"])
@pytest.mark.parametrize("password", ["", PLAIN, PASSWORD])
def test_over_a_safe_line_a_letter_is_sent_once(serve: Serve, scheme: str, password: str) -> None:
    # That it must be over TLS, aiosmtpd only believes of STARTTLS.
    server = serve(scheme, password=password, auth_required=bool(password) and scheme == "smtp")
    queued()
    assert sent_twice() == [Sent(taken=1), Sent()]
    assert server.addresses() == ["yusuf@garissa.example"]
    assert server.asked == (["PLAIN"] if password else [])


@pytest.mark.parametrize("scheme", ["smtp", "smtps"])
@pytest.mark.parametrize(
    ("name", "trusted"),
    [("localhost", "other.example"), ("other.example", "other.example")],
    ids=["nobody vouches for it", "it is another's"],
)
def test_a_certificate_that_is_not_to_be_trusted_ends_the_line_and_the_letter_stays(
    serve: Serve, scheme: str, name: str, trusted: str
) -> None:
    server = serve(scheme, name=name, trusted=trusted, password=PLAIN)
    message = queued()
    assert sent_twice() == [Sent(down="SSLCertVerificationError")] * 2
    assert (server.taken, stays(message)) == ([], True)


def test_a_server_without_starttls_hears_neither_password_nor_letter(serve: Serve) -> None:
    server = serve(password=PLAIN, tls_context=None, auth_require_tls=False)
    message = queued()
    assert sent_twice() == [Sent(down="SMTPNotSupportedError")] * 2
    assert (server.taken, server.asked, stays(message)) == ([], [], True)


@pytest.mark.parametrize("password", ["guess-4711", "gúess-4711"])
def test_a_wrong_password_is_told_by_its_code_and_never_shown(
    serve: Serve, password: str, caplog: pytest.LogCaptureFixture
) -> None:
    serve(password=password, auth_required=True)
    message = queued()
    assert told("mail", "send")["down"] == "535"
    ended = talanoa("mail", "send")
    assert "The mail server does not take mail: 535" in ended.out
    spoken = ended.out + ended.err + caplog.text + repr(outbox.smtp)
    secret = b64encode(f"\0{USER}\0{password}".encode()).decode()
    assert [word for word in (password, secret) if word in spoken] == []
    assert stays(message)


def test_a_server_that_wants_a_password_and_gets_none_is_told_of(serve: Serve) -> None:
    serve(auth_required=True)
    message = queued()
    assert [row.taken for row in sent_twice()] == [0, 0]
    message.refresh_from_db()
    assert (message.written_at, message.error) == (None, "530 5.7.0")


@pytest.mark.parametrize("url", ["smtp://u:9137secret/x@mx.example", "smtps://u:9137secret?@mx.example"])
def test_an_address_that_cannot_be_read_does_not_repeat_its_password(url: str) -> None:
    with pytest.raises(ValueError, match="write smtp://") as refused:
        read_smtp_url(url)
    assert "9137" not in str(refused.value)


def test_nobody_reads_the_password_in_what_the_program_shows() -> None:
    assert "9137" not in repr(SmtpServer("mx.example", 465, "u", "9137secret", tls=True))
