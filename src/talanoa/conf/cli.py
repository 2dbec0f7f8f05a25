"""The console command `talanoa`: Django's commands and ours under one name."""

import gc
import os
import sys
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

import django
from django.core.management import execute_from_command_line

from talanoa.conf.env import SettingWrong

FOUNDERS = ("init", "demo", "serve", "migrate")
"""The commands that may make an installation where there is none."""


def main() -> None:
    """Run `talanoa COMMAND ...`; `talanoa help` lists the commands."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "talanoa.conf.settings")
    # What we multiply is small: threads of linear algebra wait for each other and double the processor's time.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    if sys.argv[1:2] == ["demo"]:
        os.environ.setdefault("TALANOA_DEMONSTRATION", "yes")
    if sys.argv[1:2] in (["demo"], ["serve"]) and (port := _port(sys.argv)):
        os.environ.setdefault("TALANOA_URL", f"http://localhost:{port}")
    try:
        with ExitStack() as stack:
            if sys.argv[1:2] not in [[name] for name in FOUNDERS]:
                _leave_no_trace(stack)
            _load()
            execute_from_command_line(sys.argv)
        sys.stdout.flush()
    except SettingWrong as wrong:
        sys.stderr.write(f"A setting cannot be read. {wrong}\n")
        raise SystemExit(2) from wrong
    except BrokenPipeError:
        # Whoever read our output has enough, as `| head` has: end without a word, and leave nothing to flush.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _load() -> None:
    """Load what every command needs, and look for nothing to free meanwhile: that takes a third of the start."""
    gc.disable()
    django.setup()
    gc.freeze()
    gc.enable()


def _port(argv: list[str]) -> str:
    """Return what `--port` says, before the settings are read; empty where it is not given."""
    for word, after in zip(argv, [*argv[1:], ""], strict=True):
        if word == "--port" or word.startswith("--port="):
            return word.partition("=")[2] or after
    return ""


def _leave_no_trace(stack: ExitStack) -> None:
    """Where there is no installation, let the command look at an empty folder that goes away with it."""
    if not Path(os.environ.get("TALANOA_HOME") or "./var").exists():
        os.environ["TALANOA_HOME"] = stack.enter_context(TemporaryDirectory())
