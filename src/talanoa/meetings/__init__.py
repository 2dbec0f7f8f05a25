"""Meetings of a process: announced in every zone, with attendance by group, and minutes that their speakers confirm."""
