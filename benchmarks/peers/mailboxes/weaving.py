"""Threads by threadweave: reads [number, identifier, answered, references, subject]; tells [number, thread, parent]."""

import json
import sys
from pathlib import Path
from typing import Any

from threadweave import Message, thread_messages


def main() -> None:
    rows = json.loads(Path(sys.argv[1]).read_text())
    messages = [
        Message(name, answered or None, references, subject, payload=number)
        for number, name, answered, references, subject in rows
    ]
    told: list[tuple[int, int, int | None]] = []
    roots = thread_messages(messages, group_by_subject=any(row[4] for row in rows))
    for thread, root in enumerate(roots):
        waiting: list[tuple[Any, int | None]] = [(root, None)]
        while waiting:
            node, parent = waiting.pop()
            here = node.message.payload if node.message else None
            if here is not None:
                told.append((here, thread, parent))
            waiting += [(child, here or parent) for child in node.children]
    print(json.dumps(told))


if __name__ == "__main__":
    main()
