"""Fetching from others: public places only, checked anew on every redirect; bounded in size."""

import json
import ssl
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from talanoa.kernel import clock
from talanoa.kernel.errors import RuleBroken
from talanoa.registry.fetching import LARGEST, REDIRECTS, Answer, ask_over_tls, fetch, is_public, latest

PUBLIC, AGENT = "93.184.216.34", "Talanoa tests"


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1%eth0",
        "fd00::1",
        "ff02::1",
        "::ffff:10.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "2001:0:7f00:1::",
        "no address",
        "",
    ],
)
def test_what_is_not_of_the_open_internet_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", [PUBLIC, "2606:4700::1111", f"::ffff:{PUBLIC}"])
def test_what_is_of_the_open_internet_is_public(address: str) -> None:
    assert is_public(address)


class Others:
    """A network that a test makes up: names with their addresses, places with their answers."""

    def __init__(self, names: dict[str, list[str]], answers: dict[str, Answer]) -> None:
        self.names, self.answers = names, answers
        self.asked: list[tuple[str, str, str]] = []

    def ask(self, host: str, address: str, path: str, _agent: str) -> Answer:
        self.asked.append((host, address, path))
        return self.answers[host + path]

    def fetch(self, url: str) -> bytes:
        return fetch(url, agent=AGENT, resolve=lambda host: self.names.get(host, []), ask=self.ask)


def page(body: bytes = b"ok", status: int = 200, location: str = "") -> Answer:
    return Answer(status, location, body)


def refused(others: Others, url: str) -> str:
    with pytest.raises(RuleBroken) as broken:
        others.fetch(url)
    return broken.value.rule


def test_a_public_page_is_asked_for_at_the_address_that_was_checked() -> None:
    others = Others({"a.example": [PUBLIC, "2606:4700::1111"]}, {"a.example/feed?x=1": page()})
    assert others.fetch("https://a.example/feed?x=1#part") == b"ok"
    assert others.asked == [("a.example", PUBLIC, "/feed?x=1")]


@pytest.mark.parametrize(
    "url",
    [
        "http://a.example/",
        "https://a.example:8443/",
        "https://user:secret@a.example/",
        "file:///etc/passwd",
        "https:///x",
        "https://[/",
        "https://a.example:99999/",
        "",
    ],
)
def test_only_https_at_its_own_port_is_asked(url: str) -> None:
    others = Others({"a.example": [PUBLIC]}, {})
    assert refused(others, url) == "address_not_public"
    assert others.asked == []


@pytest.mark.parametrize("addresses", [[], ["10.0.0.1"], [PUBLIC, "127.0.0.1"]])
def test_a_name_that_stands_for_anything_else_is_not_asked(addresses: list[str]) -> None:
    others = Others({"a.example": addresses}, {})
    assert refused(others, "https://a.example/") == "address_not_public"
    assert others.asked == []


def test_a_redirect_is_followed_and_checked_anew() -> None:
    answers = {
        "a.example/": page(status=301, location="/b"),
        "a.example/b": page(status=302, location="https://in.example/"),
    }
    others = Others({"a.example": [PUBLIC], "in.example": ["192.168.0.1"]}, answers)
    assert refused(others, "https://a.example/") == "address_not_public"
    assert [place for _host, _address, place in others.asked] == ["/", "/b"]
    others.names["in.example"] = [PUBLIC]
    others.answers["in.example/"] = page(b"there")
    assert others.fetch("https://a.example/") == b"there"


def test_nobody_is_sent_on_without_end() -> None:
    others = Others({"a.example": [PUBLIC]}, {"a.example/": page(status=302, location="/")})
    assert refused(others, "https://a.example/") == "fetch_failed"
    assert len(others.asked) == REDIRECTS + 1


@pytest.mark.parametrize(
    ("answer", "code"),
    [(page(status=404), "fetch_failed"), (page(b"a" * (LARGEST + 1)), "answer_too_large")],
)
def test_what_is_no_page_of_bounded_size_is_refused(answer: Answer, code: str) -> None:
    assert refused(Others({"a.example": [PUBLIC]}, {"a.example/": answer}), "https://a.example/") == code


def test_who_does_not_answer_is_told_so() -> None:
    def broken(*_told: str) -> Answer:
        raise ConnectionResetError

    with pytest.raises(RuleBroken) as told:
        fetch("https://a.example/", agent=AGENT, resolve=lambda _host: [PUBLIC], ask=broken)
    assert told.value.rule == "fetch_failed"


def test_what_is_newest_in_a_feed_comes_first() -> None:
    rows = [{"name": str(n), "title": f"Oars {n}", "time": f"2026-01-0{n}T00:00:00"} for n in (1, 3, 2)]
    answers = {"a.example/api/?format=json&limit=50": page(json.dumps({"objects": rows}).encode())}
    others = Others({"a.example": [PUBLIC]}, answers)
    found = latest(
        "datatracker", "https://a.example/api/", agent=AGENT, resolve=others.names.__getitem__, ask=others.ask
    )
    assert [row.name for row in found] == ["3", "2", "1"]
    others.answers = {"a.example/feed": page(b"no feed")}
    with pytest.raises(RuleBroken) as told:
        latest(
            "atom", "https://a.example/feed", agent=AGENT, resolve=others.names.__getitem__, ask=others.ask
        )
    assert told.value.rule == "feed_unreadable"


class Page(BaseHTTPRequestHandler):
    """Answers with who asked; `/large` with more than is read."""

    def do_GET(self) -> None:
        body = b"a" * (LARGEST + 10) if self.path == "/large" else self.headers["User-Agent"].encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        try:
            self.wfile.write(body)
        except OSError:
            self.close_connection = True

    def log_message(self, *_told: object) -> None:
        """Say nothing."""


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate for feeds.example, with its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "feeds.example")])
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(1).not_valid_before(clock.now() - timedelta(days=1))
    made = made.not_valid_after(clock.now() + timedelta(days=1))
    made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName("feeds.example")]), critical=False)
    made = made.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    file = tmp_path / "feeds.pem"
    pem, private = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    kept = key.private_bytes(pem, private, serialization.NoEncryption())
    file.write_bytes(made.sign(key, hashes.SHA256()).public_bytes(pem) + kept)
    return file


@pytest.fixture
def server(certificate: Path) -> Iterator[HTTPServer]:
    made = HTTPServer(("127.0.0.1", 0), Page)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    made.socket = context.wrap_socket(made.socket, server_side=True)
    made.handle_error = lambda *_told: None  # type: ignore[method-assign]
    thread = threading.Thread(target=made.serve_forever)
    thread.start()
    yield made
    made.shutdown()
    thread.join()
    made.server_close()


def test_the_connection_goes_to_the_address_and_the_certificate_is_that_of_the_name(
    server: HTTPServer, certificate: Path
) -> None:
    trusting = ssl.create_default_context(cafile=certificate)
    told = {"port": server.server_port, "context": trusting}
    answer = ask_over_tls("feeds.example", "127.0.0.1", "/", AGENT, **told)  # type: ignore[arg-type]
    assert (answer.status, answer.body) == (200, AGENT.encode())
    assert len(ask_over_tls("feeds.example", "127.0.0.1", "/large", AGENT, **told).body) == LARGEST + 1  # type: ignore[arg-type]
    with pytest.raises(ssl.SSLCertVerificationError):
        ask_over_tls("other.example", "127.0.0.1", "/", AGENT, **told)  # type: ignore[arg-type]
