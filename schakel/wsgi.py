"""The door for a WSGI server."""

import os

from django.core.wsgi import get_wsgi_application

from schakel.cli.processes import web_threads
from schakel.door import Door

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "schakel.settings")
application = Door(get_wsgi_application(), hands=web_threads())
