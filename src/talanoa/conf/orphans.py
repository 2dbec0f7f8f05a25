"""A web worker ends itself when the process that started it is gone, however that one ended."""

import os
import threading
from multiprocessing import parent_process
from multiprocessing.process import BaseProcess


def watch() -> None:
    """End this worker once its parent is gone; does nothing in a process that no server forked."""
    parent = parent_process()
    if parent is not None:
        threading.Thread(target=_outlive_not, args=(parent,), daemon=True).start()


def _outlive_not(parent: BaseProcess) -> None:
    parent.join()  # returns when the parent ends, by kill -9 too
    os._exit(0)
