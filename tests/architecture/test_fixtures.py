"""What a folder of tests makes for itself is gone when the folder is through."""

from pathlib import Path

import pytest

from architecture.source import ROOT, short

FIXTURES = sorted((ROOT / "tests").rglob("conftest.py"))
FOR_A_FOLDER = [path for path in FIXTURES if 'scope="package"' in path.read_text(encoding="utf-8")]


@pytest.mark.parametrize("path", FOR_A_FOLDER, ids=short)
def test_what_is_made_for_a_folder_stands_in_a_package(path: Path) -> None:
    """Elsewhere pytest keeps it to the end of the session, and the next folder's tests find it in their database."""
    assert (path.parent / "__init__.py").exists()
