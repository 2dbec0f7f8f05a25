"""The page that checks badges by itself is one small file, and runs nothing but itself."""

import base64
import hashlib
import re
from pathlib import Path

import pytest
from django.test import Client

import talanoa.badges

PAGE = (Path(talanoa.badges.__file__).parent / "check.html").read_text(encoding="utf-8")


def test_the_page_is_smaller_than_14_000_bytes() -> None:
    assert len(PAGE.encode()) < 14_000


@pytest.mark.parametrize("kind", ["style", "script"])
def test_the_policy_allows_exactly_the_pages_own_style_and_script(kind: str) -> None:
    [own] = re.findall(rf"<{kind}>(.*?)</{kind}>", PAGE, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(own.encode()).digest()).decode()
    assert re.findall(rf"{kind}-src ([^;]*);", PAGE) == [f"'sha256-{digest}'"]


def test_the_page_asks_for_nothing_else() -> None:
    assert "content=\"default-src 'none'; style-src " in PAGE
    # The two addresses are names of the form of a badge, which a credential repeats; nothing is fetched from them.
    names = re.findall(r"https://[^\"]+", PAGE)
    assert names == [
        "https://www.w3.org/ns/credentials/v2",
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
    ]
    assert re.findall(r"unsafe|http:|src=|href=|@import|[ :]url\(|fetch|XMLHttp", PAGE) == []


def test_the_site_hands_the_page_out_to_be_saved(db: None) -> None:
    answer = Client().get("/badges/check.html")
    assert answer.content.decode() == PAGE
    assert "Content-Security-Policy" not in answer
