"""Django's own mails (sign-in codes) go through the same outbox as all others."""

import hashlib
from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from talanoa.kernel import clock
from talanoa.mail.actions import queue_mail
from talanoa.mail.outbox import write_outbox
from talanoa.mail.sending import send_due


class OutboxBackend(BaseEmailBackend):
    """Queue and write at once: a sign-in code is waited for."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Return how many mails were queued, one for each recipient."""
        at = clock.now()
        queued = []
        for message in email_messages:
            for to in message.recipients():
                body = str(message.body)
                digest = hashlib.sha256(f"{to}\n{message.subject}\n{body}\n{at.isoformat()}".encode())
                made = queue_mail(
                    key=f"account-{digest.hexdigest()[:40]}",
                    to=to,
                    subject=str(message.subject),
                    text=body,
                    at=at,
                    headers={"Auto-Submitted": "auto-generated"},
                )
                queued.append(made.pk)
        write_outbox()
        send_due(now=clock.now, only=queued)
        return len(queued)
