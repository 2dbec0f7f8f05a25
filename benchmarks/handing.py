"""A mail server that hands mails over by LMTP, several at a time: `python -m benchmarks.handing PORT MAILS AT_ONCE`."""

import smtplib
import sys
from concurrent.futures import ThreadPoolExecutor

TEXT = "Pay the trainers in their own currency, and publish what each course costs. " * 12
PATIENCE = 600


def written(number: int) -> bytes:
    """Return one mail: the same bytes for the same number."""
    head = f"From: Person {number} <person{number}@talanoa.example>\r\nTo: nm@talanoa.example\r\n"
    rest = f"Subject: Pay the trainers ({number})\r\nMessage-ID: <{number}@talanoa.example>\r\n\r\n{TEXT}\r\n"
    return (head + rest).encode()


def hand_over(port: int, numbers: range) -> None:
    """Hand over the mails of `numbers` by one connection, as a mail server does."""
    client = smtplib.LMTP("127.0.0.1", port, timeout=PATIENCE)
    client.ehlo("mx.talanoa.example")
    for number in numbers:
        client.mail(f"person{number}@talanoa.example")
        client.rcpt("nm@talanoa.example")
        code, said = client.data(written(number))
        if code != 250:  # noqa: PLR2004 - taken (RFC 5321)
            raise AssertionError(f"mail {number}: {code} {said!r}")
    client.quit()


if __name__ == "__main__":
    at, total, at_once = map(int, sys.argv[1:])
    with ThreadPoolExecutor(at_once) as pool:
        list(pool.map(lambda first: hand_over(at, range(first, total, at_once)), range(at_once)))
