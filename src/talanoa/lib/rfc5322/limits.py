"""How large and how nested a mail may be before anything reads it, and the refusal of one that is more.

The figures are those at which Python's own parser stays below 2 s and far from its recursion limit.
"""

MAX_MESSAGE = 10 * 1024 * 1024
MAX_HEADER_BLOCK = 64 * 1024
MAX_HEADERS = 200
MAX_HEADER = 8 * 1024
MAX_COMMENT_DEPTH = 5
MAX_DEPTH = 20
MAX_PARTS = 200
MAX_RECIPIENTS = 50
MAX_REFERENCES = 50
MAX_HTML = 1024 * 1024
"""Characters of HTML that are turned into text where a mail has no other text."""
MAX_TEXT = 2_000_000
"""Characters of text that are taken apart; ten times what an input may have, quotes included."""


class MailUnparsable(Exception):
    """The mail cannot be read by machine; `code` is stable, `message` is English and says what is wrong."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
