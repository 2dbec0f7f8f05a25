"""What people do in a process by mail: what they wish to get, who was missed, what they answer to an invitation."""

from talanoa.processes.mail_commands.inviting import join
from talanoa.processes.mail_commands.wishes import ask_owner, process_of, proven

__all__ = ["ask_owner", "join", "process_of", "proven"]
