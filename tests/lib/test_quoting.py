"""What a sender wrote is told from what they quote, and nothing of either is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from talanoa.lib.quoting import MAX_LINES, MAX_SIGNATURE_LINES, first_command, unquoted

QUOTE = "> The draft says nothing on languages.\n> Please comment."
WORDS = frozenset({"support", "object", "abstain"})

ATTRIBUTIONS = {
    "en": "On Mon, 2 Nov 2026 at 10:00, Amina Odhiambo <amina@example.org> wrote:",
    "en, folded": "On Mon, 2 Nov 2026 at 10:00, Amina Odhiambo\n<amina@example.org>\nwrote:",
    "en, name first": "Amina Odhiambo <amina@example.org> writes:",
    "fr": "Le lun. 2 nov. 2026 à 10:00, Amina Odhiambo <amina@example.org> a écrit\u00a0:",
    "es": "El lun, 2 nov 2026 a las 10:00, Amina Odhiambo (<amina@example.org>) escribió:",
    "de": "Am Mo., 2. Nov. 2026 um 10:00 Uhr schrieb Amina Odhiambo <amina@example.org>:",
    "pt": "Em seg., 2 de nov. de 2026 às 10:00, Amina Odhiambo <amina@example.org> escreveu:",
    "pt, name first": "Amina Odhiambo <amina@example.org> escreveu (segunda, 2/11/2026 à(s) 10:00):",
    "ar": "في الاثنين، 2 نوفمبر 2026 في 10:00 ص كتبت أمينة <amina@example.org>:",
    "ru": "пн, 2 нояб. 2026 г. в 10:00, Amina Odhiambo <amina@example.org>:",
    "ru, verb": "2 ноября 2026, Амина Одиамбо написала:",
    "zh": "Amina Odhiambo <amina@example.org> 于2026年11月2日周一 10:00写道:",
    "zh, full width": "在 2026年11月2日,10:00,Amina Odhiambo 写道\uff1a",
    "sw": "Mnamo Jum, 2 Nov 2026 saa 10:00 Amina Odhiambo <amina@example.org> aliandika:",
    "any": "2026-11-02 10:00 GMT+03:00 Amina Odhiambo <amina@example.org>:",
}


def test_a_mail_without_quotes_is_all_its_senders() -> None:
    assert unquoted("I support this.\n\nMere") == ("I support this.\n\nMere", "")


@pytest.mark.parametrize("line", ATTRIBUTIONS.values(), ids=ATTRIBUTIONS.keys())
def test_the_quote_below_an_answer_is_folded_with_the_line_that_introduces_it(line: str) -> None:
    assert unquoted(f"I agree.\n\n{line}\n\n{QUOTE}\n") == ("I agree.", f"{line}\n\n{QUOTE}")


@pytest.mark.parametrize("line", ATTRIBUTIONS.values(), ids=ATTRIBUTIONS.keys())
def test_the_quote_above_an_answer_is_folded_with_the_line_that_introduces_it(line: str) -> None:
    assert unquoted(f"{line}\n{QUOTE}\n\nI agree.") == ("I agree.", f"{line}\n{QUOTE}")


def test_a_sentence_above_a_quote_that_introduces_nothing_stays_with_its_sender() -> None:
    assert unquoted(f"I wrote this before.\n{QUOTE}") == ("I wrote this before.", QUOTE)


def test_answers_between_quotes_stay_where_they_are() -> None:
    text = f"{ATTRIBUTIONS['en']}\n> Languages?\nSix.\n> Deadline?\nJune."
    assert unquoted(text) == (text, "")


def test_only_what_follows_the_last_answer_is_folded() -> None:
    assert unquoted("> Languages?\nSix.\n> Deadline?\n> Place?") == (
        "> Languages?\nSix.",
        "> Deadline?\n> Place?",
    )


def test_an_answer_between_a_greeting_and_no_more_quotes_stays_below_its_quote() -> None:
    text = "Dear all,\n> Languages?\nSix."
    assert unquoted(text) == (text, "")


def test_the_signature_is_folded() -> None:
    assert unquoted("I object.\n-- \nTevita\nSuva") == ("I object.", "-- \nTevita\nSuva")


def test_a_signature_above_the_quote_is_folded_with_it() -> None:
    assert unquoted(f"I object.\n-- \nTevita\n\n{QUOTE}") == ("I object.", f"-- \nTevita\n\n{QUOTE}")


def test_a_signature_below_an_answer_is_folded_after_the_quote_above_it() -> None:
    assert unquoted(f"{QUOTE}\n\nYes.\n-- \nTevita") == ("Yes.", f"{QUOTE}\n\n-- \nTevita")


def test_text_set_apart_by_the_delimiter_is_no_signature_when_it_is_long() -> None:
    text = "Part one.\n-- \n" + "\n".join(["Part two."] * (MAX_SIGNATURE_LINES + 1))
    assert unquoted(text) == (text, "")


def test_answers_below_a_quote_are_no_signature() -> None:
    text = "Part one.\n-- \n> Languages?\nSix."
    assert unquoted(text) == (text, "")


@pytest.mark.parametrize(
    "heading",
    [
        "-----Original Message-----",
        "________________________________\nFrom: Amina\nSent: Monday\nTo: Tevita\nSubject: Draft",
        "De : Amina\nEnvoyé : lundi\nÀ : Tevita",
        "Von: Amina\nGesendet: Montag\nAn: Tevita",
        "De: Amina\nEnviado el: lunes\nPara: Tevita",
        "De: Amina\nEnviada em: segunda\nPara: Tevita",
        "От: Амина\nОтправлено: понедельник\nКому: Тевита",
        "من: أمينة\nتم الإرسال: الاثنين\nإلى: تيفيتا",
        "发件人\uff1aAmina\n发送时间\uff1a星期一\n收件人\uff1aTevita",
        "Kutoka: Amina\nIlitumwa: Jumatatu\nKwa: Tevita",
    ],
)
def test_a_message_copied_below_its_heading_is_folded(heading: str) -> None:
    own, rest = unquoted(f"I agree.\n\n{heading}\n\nThe draft says nothing.")
    assert own.removesuffix("\n________________________________").strip() == "I agree."
    assert rest.endswith("The draft says nothing.")


def test_a_forwarded_message_without_a_word_above_it_is_what_was_sent() -> None:
    text = "---------- Forwarded message ----------\nFrom: Amina\nDate: Monday\n\nThe draft."
    assert unquoted(text) == (text, "")


def test_a_from_line_in_an_argument_is_no_heading() -> None:
    text = "Two things.\nFrom: where does the money come?\nIt is not said."
    assert unquoted(text) == (text, "")


def test_a_mail_that_only_quotes_has_nothing_of_its_sender() -> None:
    assert unquoted(QUOTE) == ("", QUOTE)


def test_a_text_of_endless_lines_stays_as_written_and_commands_nothing() -> None:
    text = "support\n" + "> q\n" * MAX_LINES
    assert (unquoted(text), first_command(text, WORDS)) == ((text, ""), None)


@given(
    st.lists(
        st.sampled_from(["", "text", "> q", "-- ", "On Monday Amina wrote:", ">> r", "From: a", "Sent: b"])
    )
)
def test_every_line_is_in_one_part_or_the_other(lines: list[str]) -> None:
    own, rest = unquoted("\n".join(lines))
    assert sorted(filter(None, f"{own}\n{rest}".split("\n"))) == sorted(filter(None, lines))


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("support", ("support", "")),
        ("\n\n  SUPPORT option 2 \n", ("support", "option 2")),
        ("Object: the cost is not known", ("object", "the cost is not known")),
        ("Object\uff1a费用不明", ("object", "费用不明")),
        ("object:at once", ("object", "at once")),
        ("\u00a0Support\u00a0option\u00a02", ("support", "option 2")),
        ("\u200fsupport", ("support", "")),
        (f"{QUOTE}\n\nabstain", ("abstain", "")),
        (f"{ATTRIBUTIONS['fr']}\n{QUOTE}\nabstain", ("abstain", "")),
        (f"support\n\n{ATTRIBUTIONS['en']}\n{QUOTE}", ("support", "")),
    ],
)
def test_the_first_line_of_the_sender_is_the_command(text: str, command: tuple[str, str]) -> None:
    assert first_command(text, WORDS) == command


@pytest.mark.parametrize(
    "text",
    [
        "",
        "> support",
        "> support\n\nI do not.",
        "Dear chair,\nsupport",
        "supporting",
        "-----Original Message-----",
    ],
)
def test_what_somebody_else_wrote_or_a_letter_is_no_command(text: str) -> None:
    assert first_command(text, WORDS) is None
