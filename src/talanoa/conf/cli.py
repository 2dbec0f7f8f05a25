"""The console command `talanoa`: Django's commands and ours under one name."""

import os
import sys

from django.core.management import execute_from_command_line

from talanoa.conf.env import SettingWrong


def main() -> None:
    """Run `talanoa COMMAND ...`; `talanoa help` lists the commands."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "talanoa.conf.settings")
    if sys.argv[1:2] == ["demo"]:
        _demonstrate(sys.argv)
    try:
        execute_from_command_line(sys.argv)
        sys.stdout.flush()
    except SettingWrong as wrong:
        sys.stderr.write(f"A setting cannot be read. {wrong}\n")
        raise SystemExit(2) from wrong
    except BrokenPipeError:
        # Whoever read our output has enough, as `| head` has: end without a word, and leave nothing to flush.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _demonstrate(argv: list[str]) -> None:
    """Set what a demonstration needs before the settings are read."""
    os.environ.setdefault("TALANOA_DEMONSTRATION", "yes")
    if "--port" in argv[:-1]:
        os.environ.setdefault("TALANOA_URL", f"http://localhost:{argv[argv.index('--port') + 1]}")
