"""How much one request may bring: decided by what it announces, before a byte of a file is kept."""

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler

LIMIT = 12 * 1024 * 1024
"""Bytes: a file of 10 MB, the largest that a form takes, and the other fields beside it."""


class WholeRequestLimit(FileUploadHandler):
    """Refuses a larger request with 400 and leaves the keeping of files to the handlers after it."""

    def handle_raw_input(self, _input: Any, _meta: Any, content_length: int, *_rest: Any) -> None:
        """Raise RequestDataTooBig above LIMIT bytes."""
        if content_length > LIMIT:
            raise RequestDataTooBig(f"A request may bring {LIMIT} bytes at most.")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:  # noqa: ARG002 - Django's signature
        """Hand the bytes on."""
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Keep nothing: the next handler does."""
