"""What a mail says: plain text first, whole paragraphs, and HTML as text where there is nothing else."""

import pytest

from lib.example_mails import html, parted, typed
from talanoa.lib.rfc5322 import MailAttachment, parse


def test_soft_line_breaks_are_undone_and_quotes_kept() -> None:
    body = "One \r\nline.\r\n> quoted \r\n> line.\r\n From here.\r\n-- \r\nAmina"
    assert parse(typed("text/plain; format=flowed", body)).text == (
        "One line.\n> quoted line.\nFrom here.\n-- \nAmina"
    )


def test_the_space_of_a_soft_break_goes_where_the_sender_says_so() -> None:
    assert parse(typed("text/plain; format=flowed; delsp=yes", "请用 \r\n中文 \r\n")).text == "请用中文"


def test_plain_text_is_preferred_to_html() -> None:
    raw = parted("alternative", "Content-Type: text/html\n\n<p>rich</p>", "\nplain")
    assert (parse(raw).text, parse(raw).charset_notes) == ("plain", ())


def test_html_is_read_where_the_plain_text_is_blank() -> None:
    raw = parted("alternative", "\n  \n", "Content-Type: text/html\n\n<p>rich</p>")
    assert (parse(raw).text, parse(raw).charset_notes) == ("rich", ("html_only",))


def test_texts_around_an_attachment_are_both_read() -> None:
    raw = parted("mixed", "\nbefore", "Content-Type: text/plain; name=notes.txt\n\nnotes", "\nafter")
    assert parse(raw).text == "before\n\nafter"
    assert parse(raw).attachments == (MailAttachment("notes.txt", "text/plain", b"notes"),)


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("a<script>b</script><title>c</title>d", "ad"),
        ("<p>one</p><p>two</p><hr><div>three</div>four", "one\n\ntwo\n\nthree\nfour"),
        (
            "Yes.<blockquote>Why?<blockquote>How?</blockquote></blockquote>So.",
            "Yes.\n\n> Why?\n>\n> > How?\n\nSo.",
        ),
        ("<a href='https://example.org/?a=1&amp;b'>here</a>", "here <https://example.org/?a=1&b>"),
        ("<a href=https://example.org/>https://example.org/</a>", "https://example.org/"),
        ("<a href='mailto:a@b.example'>a@b.example</a><a href='javascript:x'>y</a>", "a@b.exampley"),
        ("<table><tr><td>a<td>b<tr><td>c</table>", "a\tb\nc"),
        ("<pre>a\n  b</pre>c", "a\n  b\n\nc"),
        ("Bye.<br>-- <br>Amina", "Bye.\n-- \nAmina"),
        ("1 < 2 <b class='>'>3</b> &lt;4&gt; <unfinished", "1 < 2 3 <4> <unfinished"),
        ("<!DOCTYPE html><?x?><!-- a > b -->c<!-- d", "c<!-- d"),
        ("a<script>b", "ab"),
        ("<blockquote>" * 30 + "deep", "> " * 20 + "deep"),
    ],
)
def test_html_becomes_plain_text(markup: str, text: str) -> None:
    assert parse(html(markup)).text == text


def test_html_may_say_its_charset_itself() -> None:
    body = '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">Ответ'.encode("cp1251")
    assert parse(typed("text/html", body)).text == "Ответ"


def test_a_soft_break_ends_where_the_signature_or_the_mail_begins() -> None:
    body = "One \r\n-- \r\nAmina \r\n> soft to the end "
    assert parse(typed("text/plain; format=flowed", body)).text == "One \n-- \nAmina \n> soft to the end "


@pytest.mark.parametrize(
    ("charset", "data", "text"),
    [
        ("utf-8", "Réponse".encode("cp1252"), "Réponse"),
        ("koi8-r", "Ответ".encode("koi8-r"), "Ответ"),
        ("iso-8859-1", "Réponse".encode("latin-1"), "Réponse"),
        ("punycode", b"Please", "Please"),
    ],
)
def test_text_is_read_in_its_own_charset(charset: str, data: bytes, text: str) -> None:
    assert parse(typed(f"text/plain; charset={charset}", data)).text == text


@pytest.mark.parametrize(
    ("line", "notes"), [("#0V%T\n", ()), ("#0V%Tx\n", ()), ("#~~~~\n", ("uuencode_damaged",)), ("", ())]
)
def test_uuencoded_lines_are_read_until_one_is_damaged(line: str, notes: tuple[str, ...]) -> None:
    raw = typed("text/plain", f"begin 644 a\n{line}", "Content-Transfer-Encoding: uuencode\n")
    assert parse(raw).charset_notes == notes


def test_a_part_may_end_more_multiparts_than_its_own() -> None:
    inner = 'Content-Type: multipart/mixed; boundary="=c"\n\n--=c\n\ninner'
    assert parse(parted("mixed", inner, "\nouter")).text == "inner\n\nouter"
