"""Letters are written in the language of their reader; every sentence of them has its French."""

import ast
import gettext
import re
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest
from django.utils import translation

from architecture.source import PACKAGE, syntax
from conftest import day
from mail.example_mails import Postbox, answer, mail, words
from steps import answer_all, seal
from talanoa.conf.clockwork import tick
from talanoa.contributions.receipts import receipt_text
from talanoa.inputs.models import Input
from talanoa.mail.letters import in_language_of
from talanoa.mail.outbox import write_outbox
from talanoa.people.actions import know_person
from talanoa.people.models import Person
from talanoa.processes.models import Participant, Process

Send = Callable[..., Input]
FRENCH = PACKAGE / "conf" / "locale" / "fr" / "LC_MESSAGES" / "django.mo"
# Where letters, the help and what they refuse are written.
WRITTEN_IN = (
    "*/letters.py",
    "*/letters/*.py",
    "*/notices.py",
    "*/notices/*.py",
    "*/mail_commands.py",
    "*/mail_commands/*.py",
    "*/events.py",
    "*/digests.py",
    "badges/actions/*.py",
    "badges/models.py",
    "badges/permissions.py",
    "consensus/actions/*.py",
    "consensus/levels.py",
    "consensus/models/*.py",
    "consensus/permissions.py",
    "consensus/register.py",
    "contributions/receipts.py",
    "contributions/permissions.py",
    "contributions/conduct.py",
    "contributions/models/*.py",
    "contributions/actions/answering.py",
    "contributions/actions/appealing.py",
    "contributions/actions/moderating.py",
    "contributions/actions/standing.py",
    "desk/actions/*.py",
    "desk/models.py",
    "desk/permissions.py",
    "desk/receipts.py",
    "discussions/actions.py",
    "drafts/actions/*.py",
    "drafts/models/*.py",
    "drafts/permissions.py",
    "inputs/actions/*.py",
    "inputs/declaring.py",
    "inputs/permissions.py",
    "learning/actions/*.py",
    "learning/models/*.py",
    "learning/permissions.py",
    "learning/shown.py",
    "mail/actions.py",
    "mail/models.py",
    "mail/receiving.py",
    "processes/models/*.py",
    "processes/permissions.py",
    "reports/models.py",
    "roster/actions/*.py",
    "roster/candidates.py",
    "roster/models.py",
    "roster/parties.py",
    "roster/permissions.py",
    "statements/actions/*.py",
    "statements/models/*.py",
    "statements/permissions.py",
    "statements/receipts.py",
)
SPOKEN = {"_", "gettext", "gettext_lazy", "lazy"}
# Made of a field's name and its value: the same in French.
PLACES = re.compile(r"%\(\w+\)s")


def sentences() -> Iterator[str]:
    """Every sentence of a letter, as the program writes it."""
    for path in (found for pattern in WRITTEN_IN for found in sorted(PACKAGE.glob(pattern))):
        for node in ast.walk(syntax(path)):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in SPOKEN:
                yield str(ast.literal_eval(node.args[0]))


@pytest.fixture(scope="module")
def french() -> gettext.GNUTranslations:
    with FRENCH.open("rb") as file:
        return gettext.GNUTranslations(file)


def test_every_sentence_of_a_letter_has_its_french(french: gettext.GNUTranslations) -> None:
    known: dict[str, str] = french._catalog  # type: ignore[attr-defined]
    asked = set(sentences())
    assert len(asked) > 150
    assert sorted(sentence for sentence in asked if sentence not in known) == []


def test_no_value_is_lost_in_french(french: gettext.GNUTranslations) -> None:
    asked = [(s, french.gettext(s)) for s in sentences()]
    assert [s for s, told in asked if sorted(PLACES.findall(s)) != sorted(PLACES.findall(told))] == []


def test_what_is_compiled_is_what_is_written(french: gettext.GNUTranslations) -> None:
    q = r'(".*"(?:\n".*")*)'
    text = FRENCH.with_suffix(".po").read_text("utf-8")
    said = rf"^msgid {q}\n(?:msgid_plural {q}\nmsgstr\[0\] {q}\nmsgstr\[1\] {q}|msgstr {q})$"
    written: dict[object, str] = {}
    for row in re.findall(said, text, re.MULTILINE):
        # The lines of one string stand below each other in quotes, as Python joins them too.
        key, _plural, one, many, alone = (ast.literal_eval(f"({part})") if part else "" for part in row)
        written |= {(key, 0): one, (key, 1): many} if one else {key: alone}
    assert {a: b for a, b in written.items() if a} == {
        a: b
        for a, b in french._catalog.items()  # type: ignore[attr-defined]
        if a
    }


@pytest.fixture
def aissatou(process: Process) -> Person:
    """A teacher in Saint-Louis, who reads French."""
    return know_person(
        name="Aïssatou Ndiaye", address="aissatou@saintlouis.example", country="SN", language="fr"
    )


@pytest.fixture
def postbox(process: Process, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Postbox:
    return Postbox(tmp_path, monkeypatch)


def block(letter: EmailMessage) -> str:
    said = words(letter)
    return said[said.index("== received ==") : said.index("== end ==")]


SENDER = "Aissatou Ndiaye <aissatou@saintlouis.example>"


def test_a_french_reader_s_receipt_is_french_and_its_block_is_the_same_to_the_byte(
    postbox: Postbox, aissatou: Person
) -> None:
    postbox.receive(mail("Payez en francs.", sender=SENDER), at=day(1))
    letter = postbox.last(aissatou.address)
    assert letter["Subject"] == "Reçu : nm-1"
    assert words(letter).startswith("Merci. Votre contribution à « How should training be funded? »")
    with translation.override("en"):
        english = receipt_text(Input.objects.get().contribution)
    assert block(letter) == english[english.index("== received ==") : english.index("== end ==")]


def test_a_refusal_is_french_too(postbox: Postbox, aissatou: Person) -> None:
    postbox.receive(mail("withdraw 1", sender=SENDER), at=day(1))
    letter = postbox.last(aissatou.address)
    assert letter["Subject"] == "Votre courriel n’a pas été accepté"
    assert "Code : not_allowed" in words(letter)


def test_everything_that_a_french_reader_gets_is_french(
    postbox: Postbox, aissatou: Person, send: Send, convenor: Participant
) -> None:
    send(aissatou, "Payez en francs.")
    seal(convenor, "# A\n\nRecommendation 1. Pay [nm-1].\n")
    for at in (42, 43, 44):
        tick(at=day(at))
    subjects = [str(letter["Subject"]) for letter in postbox.letters(aissatou.address)]
    assert subjects == [
        "Reçu : nm-1",
        "La réponse à votre contribution nm-1",
        "Le rapport est public, avant que quiconque n’agisse",
        "nm : ce qui s’est passé",
    ]
    assert "- Le rapport a été scellé ; sa période d’examen court" in words(postbox.last(aissatou.address))


def test_two_readers_of_one_event_each_read_their_language(
    postbox: Postbox, aissatou: Person, yusuf: Person, send: Send, convenor: Participant
) -> None:
    made = [send(aissatou, "Payez.").contribution, send(yusuf, "Pay.").contribution]
    answer_all(convenor, made)
    tick(at=day(3))
    subjects = {str(letter["To"]): str(letter["Subject"]) for letter in postbox.letters()}
    assert subjects == {
        aissatou.address: "La réponse à votre contribution nm-1",
        yusuf.address: "The answer to your input nm-2",
    }


def test_a_language_that_we_do_not_write_is_english(yusuf: Person) -> None:
    yusuf.language = "xx-../../etc"
    with in_language_of(yusuf):
        assert translation.get_language() == "en"


def test_what_a_command_line_speaks_is_not_what_a_letter_speaks(postbox: Postbox, yusuf: Person) -> None:
    with translation.override("fr"):
        postbox.receive(mail(), at=day(1))
    assert postbox.last()["Subject"] == "Received: nm-1"


def test_a_french_reader_is_helped_in_french(postbox: Postbox, aissatou: Person) -> None:
    postbox.receive(mail("help", sender=SENDER), at=day(1))
    letter = postbox.last(aissatou.address)
    assert letter["Subject"] == "Comment participer par courriel"
    assert not re.search(r"\b(?:You|Your|The)\b", words(letter).replace("How should training be funded?", ""))
    write_outbox()
    assert answer(letter, "x")
