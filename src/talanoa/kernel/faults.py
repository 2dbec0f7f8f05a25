"""Named points at which a test may end the process, to prove that nothing is lost or doubled there.

Off unless a test calls `arm`; the skins arm it from the environment in demonstration mode only.
"""

import os

RECEIVING = (
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
)
"""Those that every mail passes."""
MAILBOX = ("before-fetch", "after-fetch", "before-flag", "after-flag", "before-move", "after-move")
"""Those of a mail that is fetched from a mailbox; a maildir has only the two of moving."""
LISTENING = ("before-ack", "after-ack")
"""Those of a mail that a mail server hands over."""
SENDING = ("before-send", "after-send")
"""Those of handing a mail of ours to a mail server."""
POINTS = (*RECEIVING, *MAILBOX, *LISTENING, *SENDING)
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
