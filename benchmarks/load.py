"""Asks a page of a server again and again, from a process of its own; prints one JSON object.

Open loop: request k is due k/rate seconds after the start, whatever became of the ones before it, and its time
counts from then. So a server that stalls is charged for everybody who came meanwhile. Closed loop (rate 0):
so many clients, each asking again as soon as it is answered; what they reach is saturation.
"""

import argparse
import asyncio
import json
from dataclasses import dataclass, field
from statistics import quantiles
from time import perf_counter
from urllib.parse import urlsplit

LONGEST = 30.0


@dataclass(slots=True)
class Told:
    """What came of a run: a time for each answer, in ms, and how many were none."""

    times: list[float] = field(default_factory=list)
    errors: int = 0

    def add(self, due: float, *, is_good: bool) -> None:
        """Note an answer to the request that was due at `due`."""
        self.times.append(1000 * (perf_counter() - due))
        self.errors += not is_good

    def summary(self, took: float) -> dict[str, float]:
        """Return p50, p95, p99 in ms, answers per second, and errors."""
        cuts = quantiles(self.times, n=100, method="inclusive")
        return {
            "p50": cuts[49],
            "p95": cuts[94],
            "p99": cuts[98],
            "rate": (len(self.times) - self.errors) / took,
            "asked": len(self.times),
            "errors": self.errors,
        }


async def ask(host: str, port: int, path: str) -> bool:
    """Ask once on a connection of its own; tell whether the whole page came."""
    head = f"GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\nConnection: close\r\n\r\n"
    try:
        async with asyncio.timeout(LONGEST):
            reader, writer = await asyncio.open_connection(host, port)
            writer.write(head.encode())
            answer = await reader.read(-1)
            writer.close()
    except (OSError, TimeoutError):
        return False
    first, _blank, body = answer.partition(b"\r\n\r\n")
    lines = dict(line.lower().split(b": ", 1) for line in first.split(b"\r\n")[1:])
    return first.startswith(b"HTTP/1.1 200 ") and len(body) == int(lines.get(b"content-length", b"-1"))


async def by_schedule(host: str, port: int, path: str, *, rate: float, seconds: float) -> dict[str, float]:
    """Send `rate` requests per second on a fixed schedule."""
    told = Told()
    begun = perf_counter() + 0.1

    async def one(due: float) -> None:
        await asyncio.sleep(max(0.0, due - perf_counter()))
        told.add(due, is_good=await ask(host, port, path))

    await asyncio.gather(*(one(begun + at / rate) for at in range(round(rate * seconds))))
    return told.summary(perf_counter() - begun)


async def saturated(host: str, port: int, path: str, *, clients: int, seconds: float) -> dict[str, float]:
    """Let `clients` ask without a pause."""
    told = Told()
    begun = perf_counter()

    async def one() -> None:
        while (due := perf_counter()) < begun + seconds:
            told.add(due, is_good=await ask(host, port, path))

    await asyncio.gather(*(one() for _client in range(clients)))
    return told.summary(perf_counter() - begun)


def main() -> None:
    """Read the arguments, ask, and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("address")
    parser.add_argument("--rate", type=float, default=0.0)
    parser.add_argument("--clients", type=int, default=16)
    parser.add_argument("--seconds", type=float, default=20.0)
    asked = parser.parse_args()
    address = urlsplit(asked.address)
    host, port = address.hostname or "localhost", address.port or 80
    if asked.rate:
        run = by_schedule(host, port, address.path, rate=asked.rate, seconds=asked.seconds)
    else:
        run = saturated(host, port, address.path, clients=asked.clients, seconds=asked.seconds)
    print(json.dumps(asyncio.run(run)))


if __name__ == "__main__":
    main()
