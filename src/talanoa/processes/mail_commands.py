"""Tells mail which processes there are; no command is a process's own."""

from talanoa.mail.registry import directory
from talanoa.processes.queries import known_keys, open_processes

directory.known = known_keys
directory.open = lambda at: [process.key for process in open_processes(at)]
