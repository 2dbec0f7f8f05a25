"""HyperKitty in an environment of its own: installed from the package index once, filled, served as we are served."""

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

from benchmarks.serving import ROOT, Served, free_port, serving

VERSION = "1.3.12"
# Below .venv, so that `make clean` removes it and git never sees it.
PLACE = ROOT / ".venv" / "peers" / f"hyperkitty-{VERSION}"
INDEX = "/list/training@talanoa.example/latest"
WORKERS, THREADS = "2", "4"


class NotHere(RuntimeError):
    """HyperKitty cannot be set up on this machine; the message says why."""


@contextmanager
def hyperkitty(threads: int, folder: Path) -> Iterator[Served]:
    """Serve one list with as many `threads`; its state stands in `folder`. Raises NotHere."""
    python = _installed()
    home = folder / "hyperkitty"
    home.mkdir()
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT / "benchmarks" / "peers"),
        "HYPERKITTY_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": "hyperkitty_site.settings",
    }
    _run([python, "-m", "hyperkitty_site.fill", str(threads)], environment)
    port = free_port()
    options = ["--interface", "wsgi", "--workers", WORKERS, "--blocking-threads", THREADS, "--no-log"]
    words = [python, "-m", "granian", *options, "--port", str(port), "hyperkitty_site.wsgi:application"]
    with serving(words, f"http://127.0.0.1:{port}{INDEX}", environment, home) as served:
        yield served


def _installed() -> str:
    """Return the interpreter of the environment, made on first use: our own server's version, their pages."""
    python = str(PLACE / "bin" / "python")
    marker = PLACE / "complete"
    if marker.exists():
        return python
    environment = dict(os.environ)
    _run([sys.executable, "-m", "venv", "--clear", str(PLACE)], environment)
    wanted = [f"hyperkitty=={VERSION}", f"granian=={version('granian')}"]
    _run([python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *wanted], environment)
    marker.touch()
    return python


def _run(words: Sequence[str], environment: dict[str, str]) -> None:
    done = subprocess.run(words, env=environment, cwd=ROOT, check=False, capture_output=True, text=True)
    if done.returncode:
        raise NotHere(f"{' '.join(words[1:5])}: {done.stderr.strip()[-300:]}")
