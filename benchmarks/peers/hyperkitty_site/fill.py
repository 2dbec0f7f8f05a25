"""Make HyperKitty's tables and one list with as many threads as asked for, each begun by its own sender."""

import os
import sys
from datetime import UTC, datetime, timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hyperkitty_site.settings")
django.setup()

from django.core.management import call_command  # noqa: E402
from hyperkitty.models import Email, MailingList, Sender, Thread  # noqa: E402

NAME = "training@talanoa.example"
TEXT = "Pay the trainers in their own currency, and publish what each course costs. " * 12


def fill(count: int) -> None:
    call_command("migrate", verbosity=0)
    begun = datetime.now(UTC) - timedelta(days=3)
    archive = MailingList.objects.create(
        name=NAME, list_id="training.talanoa.example", display_name="Training"
    )
    senders = Sender.objects.bulk_create(
        [Sender(address=f"person{n}@talanoa.example") for n in range(count)], batch_size=500
    )
    threads = Thread.objects.bulk_create(
        [
            Thread(mailinglist=archive, thread_id=f"T{n:031}", date_active=begun + timedelta(seconds=n))
            for n in range(count)
        ],
        batch_size=150,
    )
    emails = Email.objects.bulk_create(
        [
            Email(
                mailinglist=archive,
                message_id=f"{n}@talanoa.example",
                message_id_hash=f"T{n:031}",
                sender=senders[n],
                sender_name=f"Person {n}",
                subject=f"Pay the trainers ({n})",
                content=TEXT,
                date=begun + timedelta(seconds=n),
                timezone=0,
                thread=threads[n],
                thread_order=0,
            )
            for n in range(count)
        ],
        batch_size=60,
    )
    for thread, email in zip(threads, emails, strict=True):
        thread.starting_email = email
    Thread.objects.bulk_update(threads, ["starting_email"], batch_size=150)


if __name__ == "__main__":
    fill(int(sys.argv[1]))
