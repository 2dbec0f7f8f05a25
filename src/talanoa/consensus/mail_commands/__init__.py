"""Taking part by mail: in a consensus call, and in contesting its outcome."""

from talanoa.consensus.mail_commands.calls import position
from talanoa.consensus.mail_commands.contesting import challenge

__all__ = ["challenge", "position"]
