"""A named point ends the process as kill -9 would, and only where a test armed it."""

import subprocess
import sys

import pytest

from talanoa.kernel import faults

PROGRAM = """
from talanoa.kernel import faults
faults.arm("after-raw")
for name in faults.POINTS:
    print(name, flush=True)
    faults.fault_point(name)
"""


def test_points_that_nobody_armed_do_nothing() -> None:
    for name in faults.POINTS:
        faults.fault_point(name)


def test_an_armed_point_ends_the_process_there() -> None:
    ended = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout.split()) == (137, ["before-raw", "after-raw"])


def test_a_point_that_does_not_exist_cannot_be_armed() -> None:
    with pytest.raises(ValueError, match="No fault point is called lunch"):
        faults.arm("lunch")
