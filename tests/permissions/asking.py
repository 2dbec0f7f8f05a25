"""Asks for a page as somebody, and says what became of it in one word; nothing of it stays."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client

from permissions.cast import Asker

_WRITE = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM|REPLACE INTO)\s+"?(\w+)', re.IGNORECASE)
_SAVEPOINT = re.compile(r'\s*(ROLLBACK TO )?(?:RELEASE )?SAVEPOINT "?(\w+)', re.IGNORECASE)
# What a session remembers is no act: which messages were shown, which form comes next.
BOOKKEEPING = {"django_session"}
DONE, BACK, LOGIN, FACTOR = "done", "back", "login", "factor"


@dataclass(slots=True)
class Writes:
    """The tables that statements changed; what a savepoint took back does not count."""

    tables: list[str] = field(default_factory=list)
    marks: dict[str, int] = field(default_factory=dict)

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        written, mark = _WRITE.match(sql), _SAVEPOINT.match(sql)
        if written and written[1] not in BOOKKEEPING:
            self.tables.append(written[1])
        if mark and mark[1]:
            del self.tables[self.marks.get(mark[2], 0) :]
        elif mark:
            self.marks.setdefault(mark[2], len(self.tables))
        return execute(sql, params, many, context)


@dataclass(frozen=True, slots=True)
class Asked:
    """What came back: the response, the tables that were changed, and both in one word."""

    response: HttpResponse
    written: tuple[str, ...]

    @property
    def outcome(self) -> str:
        status = self.response.status_code
        if status not in (301, 302):
            return str(status)
        if self.written:
            return DONE
        target = str(self.response["Location"])
        if target.partition("?")[0] == "/account/login/":
            return LOGIN
        if target.startswith("/account/2fa/"):
            return FACTOR
        return BACK


class Browser:
    """One browser for everybody: it takes the session of the one who asks, and `secret` as that of our forms."""

    def __init__(self, *, enforce_csrf_checks: bool = False, secret: str = "") -> None:
        self.secret = secret
        self.client = Client(raise_request_exception=False, enforce_csrf_checks=enforce_csrf_checks)

    def ask(self, asker: Asker, method: str, url: str, data: Any = None, **extra: Any) -> Asked:
        """Ask once and undo what it did."""
        cache.clear()
        self.client.cookies.clear()
        if self.secret:
            self.client.cookies[settings.CSRF_COOKIE_NAME] = self.secret
        if asker.session:
            self.client.cookies[settings.SESSION_COOKIE_NAME] = asker.session
        writes = Writes()
        with transaction.atomic():
            with connection.execute_wrapper(writes):
                response = getattr(self.client, method.lower())(url, data, **extra)
            transaction.set_rollback(True)
        return Asked(response, tuple(writes.tables))
