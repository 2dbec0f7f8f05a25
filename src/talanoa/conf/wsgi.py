"""The web application for granian or any other WSGI server."""

import os

from django.core.wsgi import get_wsgi_application

from talanoa.conf.orphans import watch

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "talanoa.conf.settings")
application = get_wsgi_application()
watch()
