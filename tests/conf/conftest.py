"""An installation on disk, for programs that are started on it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest


def environment(home: Path) -> dict[str, str]:
    return {"PATH": os.environ["PATH"], "TALANOA_HOME": str(home), "DATABASE_URL": ""}


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose database is there already: to found one takes longer than most programs run."""
    home = tmp_path_factory.mktemp("founded") / "home"
    command = [sys.executable, "-m", "talanoa", "init"]
    subprocess.run(command, env=environment(home), stdout=subprocess.DEVNULL, check=True)
    return home


@pytest.fixture
def home(founded: Path, tmp_path: Path) -> Path:
    """A copy of it that belongs to one test."""
    return shutil.copytree(founded, tmp_path / "home")
