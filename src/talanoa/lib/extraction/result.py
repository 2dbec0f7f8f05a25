"""What reading an upload gives: its text with notes, or a refusal with a code."""

from dataclasses import dataclass, field

MAX_TEXT = 2 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Extracted:
    """The text of an upload, clean as `talanoa.lib.plaintext` makes it; `notes` say what was done to it.

    `named` are the people and organizations that the file itself names beside its text, as programs write them there.
    """

    media_type: str
    text: str
    notes: tuple[str, ...] = ()
    named: tuple[str, ...] = field(default=(), compare=False)


class ExtractionRefused(Exception):
    """The upload cannot be read; `code` is stable, `message` is English and says what to do."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
