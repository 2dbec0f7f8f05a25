"""The language of a text is told where it is plain, and left open where it is not."""

import socket
from threading import Thread
from time import process_time

import pytest

from talanoa.lib.language_detection import READ, detected_language, prepare_detection

SAID = {
    "en": "We ask that the report be published before the next meeting.",
    "fr": "Nous demandons que le rapport soit publié avant la prochaine réunion.",
    "es": "Pedimos que el informe se publique antes de la próxima reunión.",
    "pt": "Pedimos que o relatório seja publicado antes da próxima reunião.",
    "ar": "نطلب نشر التقرير قبل الاجتماع القادم.",
    "zh": "我们要求在下次会议之前公布报告。",
    "ru": "Мы просим опубликовать отчёт до следующего заседания.",
    "hi": "हम चाहते हैं कि रिपोर्ट अगली बैठक से पहले प्रकाशित हो।",
    "sw": "Tunaomba ripoti ichapishwe kabla ya mkutano ujao.",
    "de": "Wir bitten darum, dass der Bericht vor der nächsten Sitzung erscheint.",
    "fa": "ما می‌خواهیم گزارش پیش از نشست بعدی منتشر شود.",
}


@pytest.mark.parametrize(("tag", "text"), SAID.items())
def test_one_sentence_is_enough(tag: str, text: str) -> None:
    assert detected_language(text) == tag


@pytest.mark.parametrize(
    "text", ["", " ", "+1", "OK", "Thanks!", "17", "nm-17", "???", "👍👍", "IPv6 DNSSEC BGP", "sawa", "Merci"]
)
def test_what_is_too_short_is_not_guessed(text: str) -> None:
    assert detected_language(text) == ""


def test_addresses_are_in_no_language() -> None:
    page = "https://example.org/the-report-of-the-working-group-on-internet-governance"
    assert detected_language(f"{page} report@working-group.example www.the-report.example") == ""
    assert detected_language(f"{SAID['sw']}\n{page}\n{page}") == "sw"


def test_words_beside_an_address_count_in_a_script_without_spaces() -> None:
    assert detected_language(f"请见https://example.org/report，{SAID['zh']}") == "zh"


def test_a_text_without_spaces_costs_no_more_time() -> None:
    began = process_time()
    detected_language("a" * 200_000)
    assert process_time() - began < 1


def test_codes_and_figures_are_in_no_language() -> None:
    assert detected_language("192.0.2.1 198.51.100.7 0x7f3a 4096 8192 #17 <<>> [] {} ;;") == ""


def test_the_same_text_is_always_in_the_same_language() -> None:
    assert len({detected_language(SAID["pt"] * n) for n in (1, 1, 2, 40)}) == 1


def test_a_long_text_is_told_by_its_beginning() -> None:
    assert detected_language(SAID["sw"] * 60 + SAID["en"] * 5_000) == "sw"
    assert len(SAID["sw"] * 60) > READ


def test_no_text_leaves_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object, **_more: object) -> None:
        pytest.fail("a language is told without the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    assert detected_language(SAID["fr"]) == "fr"


def test_two_threads_get_the_same_answer() -> None:
    found: list[str] = []
    threads = [Thread(target=lambda: found.append(detected_language(SAID["hi"]))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == ["hi"] * 4


def test_once_prepared_no_text_waits_for_the_model(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object, **_more: object) -> None:
        pytest.fail("the model was read before")

    prepare_detection()
    monkeypatch.setattr("py3langid.langid.LanguageIdentifier.from_model_file", refuse)
    assert detected_language(SAID["fr"]) == "fr"
