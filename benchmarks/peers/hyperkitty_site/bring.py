"""Import a mailbox file by HyperKitty's own command, as its handbook says; print how long it took."""

import json
import os
import sys
from time import perf_counter, process_time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hyperkitty_site.settings")
django.setup()

from django.core.management import call_command  # noqa: E402
from hyperkitty.models import Email  # noqa: E402

if __name__ == "__main__":
    call_command("migrate", verbosity=0)
    begun, used = perf_counter(), process_time()
    call_command(
        "hyperkitty_import", "-l", "training@talanoa.example", "--no-sync-mailman", sys.argv[1], verbosity=0
    )
    told = {
        "seconds": perf_counter() - begun,
        "processor": process_time() - used,
        "messages": Email.objects.count(),
    }
    print(json.dumps(told))
