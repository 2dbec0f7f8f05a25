"""What counts as a command in a mail, and what is an input like any other."""

import pytest

from talanoa.mail.registry import COMMANDS, EXPLAINED, Spoken, called, command, understand

ACTS = {
    "input",
    "confirm",
    "yes",
    "withdraw",
    "replace",
    "resend",
    "dispute",
    "thanks",
    "thank",
    "acknowledge",
}
ACTS |= {"say", "flag", "appeal", "apart", "written", "listed", "overlooked", "join", "interests", "part"}
DRAFTS = {"comment", "suggest", "must", "should", "neither"}
CALLS = {"position", "stands", "minority"}
CONTESTED = {"challenge", "second", "opinion", "recuse"}
MEETINGS = {"minuted"}
STATEMENTS = {"vote", "propose", "differs", "unvote"}
AT_GRANTS = {"apply", "submit", "more", "attest", "review", "discuss", "published"}
AT_AWARDS = {"agree", "report", "decline", "ethics", "registered", "output"}
AT_REGISTRY = {"correct", "settle", "liaison"}
AT_ISSUES = {"bring", "answer", "reconsider", "reply", "heard"}
AT_ROSTER = {"accept", "decline"}
AT_PRACTICE = {"room"}
AT_LEARN = {
    "courses",
    "lesson",
    "enroll",
    "answer",
    "judge",
    "next",
    "resend",
    "progress",
    "pause",
    "resume",
    "stop",
}
AT_LEARN |= {"unsubscribe"}
AT_BADGES = {"erase"}
WISHES = {"subscribe", "unsubscribe", "stop", "pause", "resume", "language", "declare", "help"}
WISHES |= {"interests", "roster"}


def understood(said: str, about: int | None = None) -> tuple[str, int | None, str]:
    spoken = understand(said, key="nm", about=about)
    return spoken.word, spoken.number, spoken.text


def test_these_are_the_words_that_people_can_write() -> None:
    agreed = DRAFTS | CALLS | CONTESTED | MEETINGS | STATEMENTS
    elsewhere = (
        AT_REGISTRY | AT_ISSUES | AT_ROSTER | AT_LEARN | AT_BADGES | AT_PRACTICE | AT_GRANTS | {"vouch"}
    ) | AT_AWARDS
    assert {word for _at, word in COMMANDS} == ACTS | WISHES | agreed | elsewhere
    assert {
        "replace",
        "dispute",
        "say",
        "flag",
        "appeal",
        "overlooked",
        "interests",
        "part",
        "comment",
        "suggest",
        "challenge",
        "opinion",
        "recuse",
        "judge",
        "vote",
        "propose",
        "differs",
        "apply",
        "more",
        "review",
        "discuss",
        "published",
    } | CALLS | AT_REGISTRY | AT_ISSUES | AT_PRACTICE | AT_AWARDS - {"agree"} == {
        word for row in EXPLAINED if row.takes_words for word in row.words
    }


@pytest.mark.parametrize(
    ("key", "word"),
    [("registry", word) for word in sorted(AT_REGISTRY)] + [("issues", word) for word in sorted(AT_ISSUES)],
)
def test_a_word_of_one_address_is_a_word_like_any_other_elsewhere(key: str, word: str) -> None:
    said = f"{word.capitalize()}: I agree."
    assert understand(said, key="nm", about=17) == Spoken("input", None, said)
    assert understand(said, key=key, about=17) == Spoken(word, None, "I agree.")


def test_a_word_of_every_process_is_none_at_an_address_that_is_no_process() -> None:
    assert understand("Thank you!", key="learn", about=None, otherwise="answer").word == "answer"
    assert understand("Help", key="learn", about=None, otherwise="answer").word == "help"


def test_one_word_may_mean_another_thing_at_another_address() -> None:
    assert called("pause", "learn") != called("pause", "nm")


def test_what_stands_as_no_command_is_what_the_address_means() -> None:
    assert understand("Thanks for asking.", key="nm", about=None, otherwise="say").word == "say"
    assert understand("withdraw", key="nm", about=None, otherwise="say").word == "withdraw"


def test_two_commands_cannot_be_called_the_same() -> None:
    with pytest.raises(ValueError, match="withdraw"):
        command("withdraw")(called("withdraw", "nm").function)


@pytest.mark.parametrize("said", ["confirm", "CONFIRM", "Confirm.", "confirm!", " \n confirm\n", "confirm:"])
def test_a_word_alone_is_a_command_in_any_case(said: str) -> None:
    assert understood(said) == ("confirm", None, "")


@pytest.mark.parametrize(
    "said", ["withdraw 17", "Withdraw #17", "withdraw nm-17.", "WITHDRAW NM 17", "withdraw: 17"]
)
def test_a_number_can_be_named_as_people_write_it(said: str) -> None:
    assert understood(said) == ("withdraw", 17, "")


def test_a_number_of_another_process_is_no_number_here() -> None:
    assert understood("withdraw geo-17") == ("withdraw", 0, "")


@pytest.mark.parametrize(
    "said",
    [
        "Thanks for asking. The trainers are paid too late.",
        "Yes, we support the second option.",
        "Yes we do",
        "Withdraw 10 % of the levy.",
        "Withdraw COVID-19 from the list of reasons.",
        "Replace the levy by a fee.",
        "Dispute resolution belongs into the scope.",
        "Input from the coast: pay in shillings.",
        "Confirmation matters.",
        "I withdraw nothing.",
        "",
    ],
)
def test_a_sentence_that_begins_like_a_command_is_an_input_whole(said: str) -> None:
    assert understood(said) == ("input", None, said)


def test_the_word_input_alone_stands_above_its_text() -> None:
    assert understood("Input:\nPay in shillings.") == ("input", None, "Pay in shillings.")


def test_words_follow_on_the_line_or_below_it() -> None:
    assert understood("dispute 3: I said fees.\nNot levies.") == ("dispute", 3, "I said fees.\nNot levies.")
    assert understood("Dispute: I said: fees.") == ("dispute", None, "I said: fees.")
    assert understood("replace\n\nA new text.") == ("replace", None, "A new text.")
    assert understood("replace nm-3 Pay them.") == ("replace", 3, "Pay them.")


def test_in_an_answer_to_a_letter_about_a_number_no_colon_is_needed() -> None:
    assert understood("dispute I never said levies", about=3) == ("dispute", None, "I never said levies")
    assert understood("Replace 10 % by a fifth", about=3) == ("replace", None, "10 % by a fifth")
    assert understood("dispute COVID-19 was no reason", about=3) == (
        "dispute",
        None,
        "COVID-19 was no reason",
    )
    assert understood("replace nm-4 Pay them.", about=3) == ("replace", 4, "Pay them.")


def test_a_full_width_colon_is_a_colon() -> None:
    assert understood("dispute：我说的是费用") == ("dispute", None, "我说的是费用")
    assert understood("dispute 3：我说的是费用") == ("dispute", 3, "我说的是费用")


def test_a_reason_after_a_number_does_not_hide_the_command() -> None:
    assert understood("withdraw 17: I changed my mind") == ("withdraw", 17, "I changed my mind")


def test_a_command_between_quotes_takes_the_words_below_it() -> None:
    said = "> Shall we keep it?\nreplace\nKeep half of it.\n> And the rest?\nDrop it."
    assert understood(said, about=1) == ("replace", None, "Keep half of it.\n> And the rest?\nDrop it.")


def test_a_quoted_command_is_not_obeyed() -> None:
    said = "> withdraw\nNo, keep it."
    assert understand(said, key="nm", about=1) == Spoken("input", None, said)


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ("Yes I confirm.", "yes"),
        ("WITHDRAW please", "withdraw"),
        ("Thank you very much!", "thank"),
        ("withdraw my input, please", "withdraw"),
    ],
)
def test_in_an_answer_to_our_mail_courtesy_adds_nothing_to_a_command(said: str, word: str) -> None:
    assert understood(said, about=1) == (word, None, "")
    assert understood(said)[0] == "input"


@pytest.mark.parametrize("said", ["Thank you for asking.", "Yes, but dig two.", "Thank you.\nDig two."])
def test_courtesy_before_other_words_is_no_command(said: str) -> None:
    assert understood(said, about=1)[0] == "input"
