"""Sponsored research by mail: what comes to `grants@` of applications, and to `awards@` of awards."""

from talanoa.grants.mail_commands import applying

__all__ = ["applying"]
