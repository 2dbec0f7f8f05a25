"""The web application for granian or any other WSGI server."""

import os
import signal
from multiprocessing import parent_process

from django.core.wsgi import get_wsgi_application

from talanoa.conf.orphans import watch

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "talanoa.conf.settings")
if parent_process() is not None:
    # Ctrl-C in a terminal reaches every process of the group: only the main one acts on it, and ends its workers.
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
application = get_wsgi_application()
watch()
