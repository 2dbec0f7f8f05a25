"""Posts ballots to a server, so many clients at once, from a process of its own; prints one JSON object.

The file has a line of JSON for each ballot: the name of the session's cookie, its key, and the form. Each is posted on
a connection of its own; what counts is the time until the whole answer is there. A client may pause between two.
"""

import argparse
import asyncio
import json
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter
from urllib.parse import urlencode, urlsplit

from benchmarks.load import LONGEST, Told

TOKEN = "a" * 32
"""The same in cookie and form shows that the page posts which the cookie was given to."""


async def post(host: str, port: int, path: str, *, cookie: str, body: bytes) -> bool:
    """Post once; tell whether the ballot was taken: the answer leads to the next page."""
    head = (
        f"POST {path} HTTP/1.1\r\nHost: localhost\r\nCookie: {cookie}\r\nConnection: close\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    try:
        async with asyncio.timeout(LONGEST):
            reader, writer = await asyncio.open_connection(host, port)
            writer.write(head.encode() + body)
            answer = await reader.read(-1)
            writer.close()
    except (OSError, TimeoutError):
        return False
    return answer.startswith(b"HTTP/1.1 302 ") and f"\r\nlocation: {path}\r\n".encode() in answer.lower()


async def cast(
    host: str, port: int, path: str, *, clients: int, pause: float, file: Path
) -> dict[str, float]:
    """Let `clients` post what stands in the file, each the next one `pause` seconds after it was answered.

    Each begins at another moment of the first pause, as people do.
    """
    told, waiting = Told(), _ballots(file)
    begun = perf_counter()

    async def one(place: int) -> None:
        await asyncio.sleep(pause * place / clients)
        for cookie, body in waiting:
            due = perf_counter()
            told.add(due, is_good=await post(host, port, path, cookie=cookie, body=body))
            await asyncio.sleep(pause)

    await asyncio.gather(*(one(place) for place in range(clients)))
    return told.summary(perf_counter() - begun)


def _ballots(file: Path) -> Iterator[tuple[str, bytes]]:
    for line in file.read_text(encoding="utf-8").splitlines():
        name, key, form = json.loads(line)
        yield f"{name}={key}; csrf={TOKEN}", urlencode(form | {"csrfmiddlewaretoken": TOKEN}).encode()


def main() -> None:
    """Read the arguments, post, and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("address")
    parser.add_argument("file", type=Path)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--pause", type=float, default=0)
    asked = parser.parse_args()
    address = urlsplit(asked.address)
    run = cast(
        address.hostname or "localhost",
        address.port or 80,
        address.path,
        clients=asked.clients,
        pause=asked.pause,
        file=asked.file,
    )
    print(json.dumps(asyncio.run(run)))


if __name__ == "__main__":
    main()
