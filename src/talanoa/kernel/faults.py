"""Named points at which a test may end the process, to prove that nothing is lost or doubled there.

Off unless a test calls `arm`; the skins arm it from the environment in demonstration mode only.
"""

import os

SENDING = ("before-send", "after-send")
"""Points of handing a mail to a mail server; the others are those of receiving one."""
POINTS = (
    "before-raw",
    "after-raw",
    "before-register",
    "after-register",
    "before-append",
    "after-append",
    "before-reply",
    "after-reply",
    "before-commit",
    "after-commit",
    "before-file",
    "after-file",
    *SENDING,
)
_armed: set[str] = set()


def arm(name: str) -> None:
    """End the process, as kill -9 would, when it next reaches the point called `name`."""
    if name not in POINTS:
        raise ValueError(f"No fault point is called {name}")
    _armed.add(name)


def fault_point(name: str) -> None:
    """Mark a point of receiving; nothing happens unless a test armed it."""
    if name in _armed:
        os._exit(137)
