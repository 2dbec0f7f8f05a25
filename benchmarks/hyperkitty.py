"""HyperKitty in an environment of its own: installed from the package index once, filled, served as we are served."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

from benchmarks.apart import interpreter, run
from benchmarks.serving import ROOT, Served, free_port, serving

VERSION = "1.3.12"
INDEX = "/list/training@talanoa.example/latest"
WORKERS, THREADS = "2", "4"


@contextmanager
def hyperkitty(threads: int, folder: Path) -> Iterator[Served]:
    """Serve one list with as many `threads`; its state stands in `folder`. Raises NotHere."""
    python = installed()
    home = folder / "hyperkitty"
    home.mkdir()
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT / "benchmarks" / "peers"),
        "HYPERKITTY_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": "hyperkitty_site.settings",
    }
    run([python, "-m", "hyperkitty_site.fill", str(threads)], environment)
    port = free_port()
    options = ["--interface", "wsgi", "--workers", WORKERS, "--blocking-threads", THREADS, "--no-log"]
    words = [python, "-m", "granian", *options, "--port", str(port), "hyperkitty_site.wsgi:application"]
    with serving(words, f"http://127.0.0.1:{port}{INDEX}", environment, home) as served:
        yield served


def installed() -> str:
    """Return the interpreter of HyperKitty's environment: our own server's version, their pages."""
    return interpreter(f"hyperkitty-{VERSION}", [f"hyperkitty=={VERSION}", f"granian=={version('granian')}"])
