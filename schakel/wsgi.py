"""The door for a WSGI server."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from schakel.garbage import set_apart

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "schakel.settings")
application = get_wsgi_application()
get_resolver().url_patterns  # noqa: B018 - reads the views, which the first page would otherwise wait for
set_apart()
