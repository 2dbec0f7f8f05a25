"""Steps of inputs: receive, replace, read by hand, erase; and what was said on a list, once its author confirms."""

from talanoa.inputs.actions.erasing import erase_input
from talanoa.inputs.actions.receiving import (
    CHANNELS,
    Words,
    receive_input,
    supersede_input,
    transcribe_input,
)

__all__ = ["CHANNELS", "Words", "erase_input", "receive_input", "supersede_input", "transcribe_input"]
