"""Texts that must not grow beyond a number of bytes: cut where a paragraph ends, and said so."""


def shortened(text: str, *, most: int, tail: str) -> str:
    """Return `text`, or of one longer than `most` bytes its first paragraphs and then `tail`.

    The whole is at most `most` bytes of UTF-8; where no paragraph ends in its second half, a line or a word does.
    """
    if len(text.encode()) <= most:
        return text
    room = most - len(tail.encode()) - 2
    kept = text.encode()[:room].decode("utf-8", "ignore")
    for end in ("\n\n", "\n", " "):
        at = kept.rfind(end)
        if at > len(kept) // 2:
            kept = kept[:at]
            break
    return f"{kept.rstrip()}\n\n{tail}"
