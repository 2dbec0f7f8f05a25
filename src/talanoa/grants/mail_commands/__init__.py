"""Sponsored research by mail: applications and reviews come to `grants@`, awards to `awards@`."""

from talanoa.grants.mail_commands import applying, awards

__all__ = ["applying", "awards"]
