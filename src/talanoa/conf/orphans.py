"""A web worker ends itself when the process that started it is gone, however that one ended."""

import os
import threading
import time

VARIABLE = "TALANOA_SERVED_BY"


def mark() -> None:
    """Tell the workers that this process will start who they belong to."""
    os.environ[VARIABLE] = str(os.getpid())


def watch() -> None:
    """End this worker soon after its parent is gone; does nothing where no server marked itself."""
    parent = os.environ.get(VARIABLE, "")
    if parent.isdigit() and os.getppid() == int(parent):
        threading.Thread(target=_wait, args=(int(parent),), daemon=True).start()


def _wait(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(0)
