"""The page that checks receipts is one small file, and runs nothing but itself."""

import base64
import hashlib
import re
from pathlib import Path

import pytest

import talanoa.record

PAGE = (Path(talanoa.record.__file__).parent / "verify.html").read_text(encoding="utf-8")


def test_the_page_is_smaller_than_10_000_bytes() -> None:
    assert len(PAGE.encode()) < 10_000


@pytest.mark.parametrize("kind", ["style", "script"])
def test_the_policy_allows_exactly_the_pages_own_style_and_script(kind: str) -> None:
    [own] = re.findall(rf"<{kind}>(.*?)</{kind}>", PAGE, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(own.encode()).digest()).decode()
    assert re.findall(rf"{kind}-src ([^;]*);", PAGE) == [f"'sha256-{digest}'"]


def test_the_policy_allows_nothing_else() -> None:
    assert "content=\"default-src 'none'; style-src " in PAGE
    assert re.findall(r"unsafe|https?:|[\"']//|src=|href=|@import|[ :]url\(", PAGE) == []
