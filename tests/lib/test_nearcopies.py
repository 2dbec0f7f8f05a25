"""Near copies: a campaign's letter is found in all its dresses, and nobody's own words are folded away."""

from random import Random

import pytest

from talanoa.lib.nearcopies import Difference, common, differences, essential, piles

LETTER = """We write as people who teach what the Internet is for. Every year a training is announced in the capital,
and every year the bus costs more than the lesson. Pay the trainers in the currency of the place, and before the course
begins. Let each village choose the hour, because the tide and the market decide when people can sit down. Publish what
each course has cost, and who was asked to teach it. Nobody should have to own a telephone to take part. Keep the
lessons on paper and on the radio as well. We ask the Foundation to put this into the report as one recommendation,
and to say when it will be done. If it is too much for one year, begin with two places and tell us which."""
OTHERS = (
    """An operator of a small exchange has four hours a month for all of this. Send one page, once, with the questions
    that only we can answer, and leave the rest to people who are paid for it. A meeting of two hours costs half.""",
    """Our ministry answers within forty days by law. A call that closes after three weeks shuts out every office that
    needs a signature, which is every small one. Say the date two months before, and put it into one calendar.""",
    """Les bibliothèques rurales ont des salles et une ligne, mais personne pour y tenir un cours. Payez une personne
    par département pendant un an, et publiez ce que chaque heure a coûté, avant d'en ouvrir une seconde.""",
)
GREETINGS = ("Dear Sir or Madam,", "Hello,", "Bonjour,", "Ndugu,")
FAREWELLS = ("Kind regards,", "Yours sincerely,", "Asante,", "Cordialement,")
NAMES = ("Sione Taufa", "Amina Warsame", "Lucía Quispe", "Nino Beridze", "Dalia Haddad")
OWN = (
    "In my village the tower stands on the school, and the headmaster keeps the key: ask him first.",
    "I lost two days of fishing for the last course, so pay those who come as well as those who teach.",
    "My sister cannot read; for her the radio is the whole course, and it must be in our own language.",
)


def dressed(text: str, chance: Random, number: int) -> str:
    """`text` as one of many sends it: a word changed here and there, other lines, a greeting, a name."""
    words = text.split()
    for _edit in range(chance.randint(0, 3)):
        at, how = chance.randrange(len(words)), chance.random()
        if how < 0.4:
            words[at] = (
                words[at].swapcase() if words[at].isdigit() else f"{words[at][:-1]}{chance.choice('aeiou')}"
            )
        elif how < 0.7 and words[at].lower().strip(".,") not in ("nobody", "not", "no"):
            del words[at]
        else:
            words.insert(at, chance.choice(("really", "also", "please", "today")))
    told, width = [""], chance.choice((40, 72, 10_000))
    for word in words:
        told = (
            [*told, word] if len(told[-1]) + len(word) > width else [*told[:-1], f"{told[-1]} {word}".strip()]
        )
    greeting = [chance.choice(GREETINGS), ""] if chance.random() < 0.5 else []
    signed = (
        ["", chance.choice(FAREWELLS), f"{chance.choice(NAMES)} {number}"] if chance.random() < 0.7 else []
    )
    whole = "\n".join([*greeting, *told, *signed])
    return whole.upper() if chance.random() < 0.1 else whole


def edited(text: str, chance: Random) -> str:
    """`text` with a sentence of somebody's own in it."""
    sentences = text.split(". ")
    sentences.insert(chance.randint(1, len(sentences)), chance.choice(OWN).rstrip("."))
    return ". ".join(sentences)


def test_a_campaign_of_five_hundred_is_one_pile_and_three_edited_texts_stay_apart() -> None:
    chance = Random(2017)
    texts = {number: dressed(LETTER, chance, number) for number in range(1, 501)}
    texts |= {501: edited(LETTER, chance), 502: LETTER.replace("Pay the", "Do not pay the")}
    texts |= {503: LETTER.replace("two places", "12 places")}
    found = piles(texts)
    assert [len(pile.copies) for pile in found] == [499]
    assert {501, 502, 503}.isdisjoint([found[0].leading, *(number for number, _common in found[0].copies)])


@pytest.mark.parametrize("seed", [1, 7, 19, 187, 2014, 2017])
def test_of_planted_copies_nearly_all_are_found_and_nearly_none_wrongly(seed: int) -> None:
    chance = Random(seed)
    letters = (LETTER, *OTHERS)
    planted: dict[int, int] = {}
    texts: dict[int, str] = {}
    for number in range(1, 401):
        which = chance.randrange(len(letters))
        if chance.random() < 0.8 or number <= len(letters):
            planted[number], texts[number] = which, dressed(letters[which], chance, number)
        else:
            texts[number] = edited(dressed(letters[which], chance, number), chance)
    pairs = {(a, b) for a in planted for b in planted if a < b and planted[a] == planted[b]}
    found: set[tuple[int, int]] = set()
    for pile in piles(texts):
        members = sorted([pile.leading, *(number for number, _common in pile.copies)])
        found |= {(a, b) for a in members for b in members if a < b}
    right = len(found & pairs)
    told = f"seed {seed}: {right} right of {len(found)} found and {len(pairs)} planted"
    assert right / len(found) >= 0.98, told
    assert right / len(pairs) >= 0.98, told


def test_greeting_and_signature_do_not_count() -> None:
    assert essential("Dear all,\n\nPay the trainers.\n\nKind regards,\nAmina Warsame\nGarissa") == (
        "pay",
        "the",
        "trainers",
    )
    assert (
        essential("Pay the trainers.\nBest of all is the radio, as everybody on the island knows.")[-1]
        == "knows"
    )


def test_of_scripts_without_spaces_each_sign_is_compared() -> None:
    assert essential("付培训师") == ("付", "培", "训", "师")
    assert piles({1: "请用当地货币付钱给培训师", 2: "请用当地货币付钱给培训师。"})[0].copies == ((2, 1.0),)


def test_what_is_very_short_is_no_campaign() -> None:
    assert piles({1: "I agree.", 2: "I agree."}) == []


def test_the_words_that_differ_are_told_as_they_are_written() -> None:
    assert differences("Pay the trainers now.", "Pay all trainers now.") == (
        Difference("same", "Pay "),
        Difference("added", "all "),
        Difference("removed", "the "),
        Difference("same", "trainers now. "),
    )
    assert common((), ()) == 1.0
