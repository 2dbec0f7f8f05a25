"""The world that the questions of this directory are asked in: made once for all of them, changed by nobody."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from permissions.publishing import publish_all
from permissions.world import World, build
from talanoa.mail.posting import outbox


@pytest.fixture(scope="package")
def world(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    """Build the world in a transaction that is undone when the folder is through."""
    kept = outbox.directory
    outbox.directory = tmp_path_factory.mktemp("outbox")
    with django_db_blocker.unblock(), transaction.atomic():
        made = build()
        publish_all(made)
        yield made
        transaction.set_rollback(True)
    outbox.directory = kept


@pytest.fixture(autouse=True)
def fresh(settings: Any) -> None:
    """Let everybody have shown their second factor just now, however long the questions take on a busy machine."""
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 24 * 3600
