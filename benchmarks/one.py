"""Runs one benchmark in a process of its own, whose environment names home and database: `python -m benchmarks.one`."""

import sys
from importlib import import_module

import django
from django.conf import settings


def main(name: str, *, is_tiny: bool) -> None:
    """Print the figures of the benchmark called `name`, each as soon as it is known."""
    django.setup()
    measured = import_module(f"benchmarks.{name}")
    for figure in measured.figures(measured.TINY if is_tiny else measured.Size(), settings.TALANOA_HOME):
        print(figure, flush=True)


if __name__ == "__main__":
    main(sys.argv[1], is_tiny="--tiny" in sys.argv)
