"""Where one message ends and the next begins in a mailbox file (RFC 4155), read as a stream of bounded size.

An mbox has a `From ` line before each message; what some list servers hand out has none, and there a header
with From, Date and Message-ID after a blank line begins the next one.
"""

import re
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

MAX_MESSAGE = 10 * 1024 * 1024
"""Octets of one message that are kept; of a longer one the rest is passed over, and it is marked as cut."""

_CHUNK = 1 << 18
_LOOK_AHEAD = 16 * 1024
_DATED = re.compile(rb"\d{1,2}:\d\d(?::\d\d)?\b[^\n]{0,40}?\b\d{4}\b")
_FIELD = re.compile(rb"[!-9;-~]{1,76}[ \t]*:|>From ")
_NEEDED = tuple(re.compile(rb"(?im)^" + name + rb"[ \t]*:") for name in (b"from", b"date", b"message-id"))
_HEADER_END = re.compile(rb"\r?\n\r?\n")


class Raw(NamedTuple):
    """One message as it stands in its file, without the `From ` line and the blank line that follows it.

    `begins` and `ends` are offsets in the unpacked file: reading can go on at `ends`. `is_cut`: it was longer than
    MAX_MESSAGE.
    """

    data: bytes
    begins: int
    ends: int
    is_cut: bool = False


def split(stream: BinaryIO) -> Iterator[Raw]:
    """Yield the messages from where `stream` stands; offsets count from its beginning where it can tell."""
    window = _Window(stream)
    window.skip_blank_lines()
    return _marked(window) if window.buffer.startswith(b"From ") else _unmarked(window)


class _Window:
    """What of the stream is in memory; the present message begins at `start` of it."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._offset = stream.tell()
        self._n_dropped = 0
        self.buffer, self.start = b"", 0
        self.is_at_end = False
        self.more(0)

    def more(self, searched: int) -> int:
        """Read on and forget what was taken; return where `searched` stands now.

        Of a message that is too long, what lies behind its limit and was searched is dropped.
        """
        kept, searched = self.buffer[self.start :], searched - self.start
        if searched > MAX_MESSAGE + _LOOK_AHEAD:
            self._n_dropped += searched - MAX_MESSAGE
            kept, searched = kept[:MAX_MESSAGE] + kept[searched:], MAX_MESSAGE
        chunk = self._stream.read(_CHUNK)
        self.is_at_end = not chunk
        self.buffer, self.start = kept + chunk, 0
        return max(searched, 0)

    def lacks(self, at: int) -> bool:
        """Tell whether too little is in memory behind `at` to say what begins there."""
        return len(self.buffer) - at < _LOOK_AHEAD and not self.is_at_end

    def skip_blank_lines(self) -> None:
        """Move to the first line that says something, and have the beginning of it in memory."""
        while True:
            left = self.buffer.lstrip(b"\r\n")
            self._offset += len(self.buffer) - len(left)
            self.buffer = left
            if len(left) >= len(b"From ") or self.is_at_end:
                return
            self.more(0)

    def take(self, end: int) -> Raw:
        """Return the message that ends at `end` of the buffer, and move behind it."""
        length, begins = end - self.start, self._offset
        is_cut = self._n_dropped > 0 or length > MAX_MESSAGE
        data = self.buffer[self.start : self.start + min(length, MAX_MESSAGE)]
        self._offset += length + self._n_dropped
        self.start, self._n_dropped = end, 0
        return Raw(data, begins, self._offset, is_cut)

    def rest(self) -> Iterator[Raw]:
        """Give what is left, if it says anything."""
        if self.buffer[self.start :].strip():
            yield self.take(len(self.buffer))


def _marked(window: _Window) -> Iterator[Raw]:
    """Yield what stands between `From ` lines."""
    searched = window.start
    while True:
        found = window.buffer.find(b"\nFrom ", searched)
        if found < 0 and window.is_at_end:
            break
        if found < 0 or window.lacks(found):
            searched = window.more(max(len(window.buffer) - 5, searched) if found < 0 else found)
        elif _begins_message(window.buffer, found + 1):
            yield _without_mark(window.take(found + 1))
            searched = found + 1
        else:
            searched = found + 5
    yield from map(_without_mark, window.rest())


def _begins_message(buffer: bytes, at: int) -> bool:
    """Tell whether the line `From ` at `at` begins a message, and is no sentence of one.

    Two of three signs are asked for: a blank line before it, a date in it, a header field after it.
    """
    line_end = buffer.find(b"\n", at)
    if line_end < 0:
        return False
    is_after_blank = buffer.endswith((b"\n\n", b"\n\r\n"), max(at - 3, 0), at)
    has_header = _FIELD.match(buffer, line_end + 1) is not None
    if is_after_blank and has_header:
        return True
    return (is_after_blank or has_header) and _DATED.search(buffer, at, line_end) is not None


def _without_mark(raw: Raw) -> Raw:
    data, start = raw.data, 0
    if data.startswith(b"From "):
        start = data.find(b"\n") + 1 or len(data)
    # The blank line before the next `From ` belongs to the file, not to the message.
    end = len(data)
    if data.endswith(b"\n\n"):
        end -= 1
    elif data.endswith(b"\r\n\r\n"):
        end -= 2
    return Raw(data[start:end], raw.begins, raw.ends, raw.is_cut)


def _unmarked(window: _Window) -> Iterator[Raw]:
    """Yield what begins with a whole header, where no line marks it."""
    searched = window.start
    while True:
        found = _HEADER_END.search(window.buffer, searched)
        if found is None and window.is_at_end:
            break
        if found is None or window.lacks(found.end()):
            searched = window.more(max(len(window.buffer) - 3, searched) if found is None else found.start())
        elif _is_header(window.buffer, found.end()):
            yield window.take(found.end())
            searched = found.end()
        elif window.buffer.startswith(b"From ", found.end()) and _begins_message(window.buffer, found.end()):
            yield window.take(found.end())
            yield from _marked(window)
            return
        else:
            searched = found.start() + 1
    yield from window.rest()


def _is_header(buffer: bytes, at: int) -> bool:
    if not _FIELD.match(buffer, at):
        return False
    end = _HEADER_END.search(buffer, at, at + _LOOK_AHEAD)
    head = buffer[at : end.start() if end else at + _LOOK_AHEAD]
    return all(needed.search(head) for needed in _NEEDED)
