"""No mail, however made, takes more than its share of time and memory, and none breaks the reader."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.example_mails import NASTY, mail, typed
from talanoa.lib.rfc5322 import MailUnparsable, parse, parse_bounded
from talanoa.lib.rfc5322.limits import MAX_TEXT

NESTED = "Content-Type: multipart/mixed; boundary=b{0}\n\n--b{0}\n"


def refusal(raw: bytes) -> str:
    """The code with which the mail is refused."""
    with pytest.raises(MailUnparsable) as refused:
        parse(raw)
    assert refused.value.message
    return refused.value.code


def nested(depth: int) -> bytes:
    return ("From: a@example.org\n" + "".join(NESTED.format(number) for number in range(depth))).encode()


def parts(count: int) -> bytes:
    return typed("multipart/mixed; boundary=b", "--b\n\nx\n" * count)


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (mail(start="From: " + "(" * 800 + "a@example.org\n"), "mail_too_deep"),
        (nested(1500), "mail_too_deep"),
        (typed("text/plain" + "".join(f"; p{number}=1" for number in range(4000)), "x"), "mail_header_limit"),
        (mail("To: " + ", ".join(f"a{number}@example.org" for number in range(8000)) + "\n"), "mail_header_limit"),
        (mail("Subject: " + " ".join(["=?utf-8?q?a?="] * 8000) + "\n"), "mail_header_limit"),
        (mail(body=b"x" * 50_000_000), "mail_too_large"),
        (mail("X-Filler: y\n" * 6000), "mail_header_limit"),
        (mail("X: y\n" * 200), "mail_header_limit"),
        (b"x" * 9_000_000, "mail_header_limit"),
        (parts(200), "mail_too_many_parts"),
        (b"", "mail_damaged"),
        (b"\r\n\r\nno header\r\n", "mail_damaged"),
        (b"\x00\xff\xfe garbage", "mail_damaged"),
    ],
    ids=[
        "nested comments", "nested multiparts", "parameters", "recipients", "encoded words", "50 MB", "header block",
        "fields", "one line", "parts", "nothing", "no header", "garbage",
    ],
)  # fmt: skip
def test_a_mail_beyond_a_limit_is_refused_before_it_is_read(raw: bytes, code: str) -> None:
    assert refusal(raw) == code


@pytest.mark.parametrize(
    "raw",
    [
        mail(start="From: a@example.org " + "(" * 5 + ")" * 5 + "\n"),
        mail("Subject: ((((((((((\n"),
        nested(20),
        parts(199),
        mail("X: y\n" * 195),
        mail("X: " + "y" * 8000 + "\n"),
        typed("message/rfc822", "Content-Type: message/rfc822\r\n\r\n" * 3000),
        typed("text/plain; charset=x-klingon", b"\xff"),
        typed("multipart/mixed; boundary=" + "b" * 300, "x"),
        typed("text/plain" + ";a=b" * 900, "x"),
    ],
    ids=[
        "comments", "smile", "depth", "parts", "fields", "long field", "nested messages", "charset", "boundary",
        "parameters",
    ],
)  # fmt: skip
def test_a_mail_just_within_the_limits_is_read(raw: bytes) -> None:
    assert parse(raw).sender_address in ("a@example.org", "amina@example.org")


@pytest.mark.parametrize(
    "raw",
    [
        mail(body=b"\n" * 9_000_000),
        typed("text/html", b"<a " * 3_000_000),
        mail("Content-Transfer-Encoding: base64\n", b"A=" * 4_000_000),
    ],
    ids=["lines", "tags", "padding"],
)
def test_ten_megabytes_of_one_thing_are_read_within_the_limits(raw: bytes) -> None:
    assert parse_bounded(raw, seconds=10, memory_mb=512).message_id == "1@mail.example.org"


@pytest.mark.parametrize(
    "raw",
    [
        mail(body=b"\xcc\x96" * 4_000_000),
        typed("text/plain; format=flowed", b">" * 9_000_000),
        mail(body=b"x" * (MAX_TEXT + 1)),
    ],
    ids=["marks", "quotes", "letters"],
)
def test_more_text_than_anybody_writes_is_not_read(raw: bytes) -> None:
    assert refusal(raw) == "mail_too_complex"


def test_as_much_text_as_is_allowed_is_read() -> None:
    assert len(parse(mail(body=b"x" * MAX_TEXT)).text) == MAX_TEXT


LARGE_FILE = typed("application/octet-stream", b"x" * 9_000_000)


def test_a_large_file_is_read() -> None:
    assert len(parse_bounded(LARGE_FILE).attachments[0].data) == 9_000_000


def test_a_child_out_of_memory_is_a_mail_too_complex() -> None:
    with pytest.raises(MailUnparsable) as refused:
        parse_bounded(LARGE_FILE, memory_mb=40)
    assert refused.value.code == "mail_too_complex"


def test_a_refusal_in_the_child_is_the_same_refusal() -> None:
    with pytest.raises(MailUnparsable) as refused:
        parse_bounded(mail(body=b"x" * 11_000_000))
    assert refused.value.code == "mail_too_large"


def test_a_reader_that_recurses_too_deep_refuses_the_mail(monkeypatch: pytest.MonkeyPatch) -> None:
    def recurse(*_arguments: object) -> None:
        raise RecursionError

    monkeypatch.setattr("talanoa.lib.rfc5322.message.read_body", recurse)
    assert refusal(mail()) == "mail_too_complex"


LINES = st.sampled_from(
    [
        b"From: a@example.org", b"From: =?utf-8?b?//8?=", b"Subject: =?x?q?=zz?=", b" folded", b"", b"--b", b"--b--",
        b"Content-Type: multipart/mixed; boundary=b", b"Content-Type: multipart/alternative; boundary*0*=''b",
        b"Content-Type: text/html; charset=utf-16", b"Content-Type: text/plain; charset=\xff; name*1*=x'y'%",
        b"Content-Type: message/rfc822", b"Content-Transfer-Encoding: base64", b"Content-Transfer-Encoding: uue",
        b"Content-Disposition: attachment; filename*=utf-8''%ff", b"begin 644 x", b"#0V%T", b"end", b"AAA=A",
        b"<a href='x'>", b"<!--", b"Date: 1 1 1 1", b"Date: Mon, 99 Foo 99999 99:99 +9999", b"References: <a> <",
        b"\0\r\xff", b"> q", b"format=flowed ",
    ]
)  # fmt: skip


def outcome(raw: bytes) -> str:
    """Say "read" or the code of the refusal; anything else is an error."""
    try:
        parse(raw)
    except MailUnparsable as refused:
        return refused.code
    return "read"


@given(st.binary(max_size=2000))
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    assert outcome(raw) in ("read", "mail_damaged")


@given(st.lists(LINES, max_size=40), st.sampled_from([b"\n", b"\r\n"]))
def test_any_lines_of_a_mail_are_read_or_refused(lines: list[bytes], end: bytes) -> None:
    assert outcome(end.join(lines)) in ("read", "mail_damaged", "mail_too_deep")


@given(st.sampled_from(list(NASTY.values())), st.integers(0, 2000), st.binary(min_size=1, max_size=4))
def test_any_damage_to_a_mail_is_read_around_or_refused(raw: bytes, at: int, damage: bytes) -> None:
    assert outcome(raw[:at] + damage + raw[at + len(damage) :]) in ("read", "mail_damaged", "mail_too_deep")
