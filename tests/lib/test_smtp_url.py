"""The address of a mail server: what it says, and that secrets cross no network in the clear."""

import pytest

from talanoa.lib.smtp_url import SmtpServer, read_smtp_url


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("", None),
        ("smtp://localhost", SmtpServer("localhost", 25)),
        ("smtp://127.0.0.1:2525", SmtpServer("127.0.0.1", 2525)),
        ("smtp://[::1]:2525", SmtpServer("::1", 2525)),
        ("smtp://mx.example.org", SmtpServer("mx.example.org", 25, starttls=True)),
        ("smtp://192.0.2.7", SmtpServer("192.0.2.7", 25, starttls=True)),
        (
            "smtp://us%40er:p%3Aw@mx.example.org:587",
            SmtpServer("mx.example.org", 587, "us@er", "p:w", starttls=True),
        ),
        ("smtps://u:p@mx.example.org", SmtpServer("mx.example.org", 465, "u", "p", tls=True)),
    ],
)
def test_a_server_is_named_with_its_port_its_user_and_how_it_is_secured(
    url: str, server: SmtpServer | None
) -> None:
    assert read_smtp_url(url) == server


@pytest.mark.parametrize(
    "url", ["mx.example.org", "http://mx.example.org", "smtp://", "smtp://a:b", "smtp:///x"]
)
def test_what_names_no_server_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match=r"smtp|[Pp]ort"):
        read_smtp_url(url)
