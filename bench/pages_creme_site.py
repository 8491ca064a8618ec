"""The peer of `pages_creme.py`: Creme CRM as settings, WSGI and the rows of its list, in an environment of its own.

It reaches PostgreSQL by the variables of libpq (PGHOST, …) and keeps its files in PEER_FOLDER.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

from creme.settings import *  # noqa: F403 - all but what its documentation says to set for an installation

_FOLDER = Path(os.environ["PEER_FOLDER"])
SECRET_KEY = "of no use here"
SITE_DOMAIN = "http://127.0.0.1"
LANGUAGE_CODE, TIME_ZONE = "en", "Europe/Amsterdam"
JOBMANAGER_BROKER = f"unix_socket://{_FOLDER / 'jobs'}/"
MEDIA_ROOT, STATIC_ROOT = _FOLDER / "upload", _FOLDER / "static"
GENERATED_MEDIA_NAMES_FILE, GENERATED_MEDIA_NAMES_MODULE = _FOLDER / "creme_media_names.py", "creme_media_names"
sys.path.append(str(_FOLDER))
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "creme",
        "CONN_MAX_AGE": 60,  # as ours; by itself it signs in to the database for each page
        "CONN_HEALTH_CHECKS": True,
    }
}

_ROWS = {"50 a page, as ours": 50, "25 a page, as it comes": 25}
_CITIES = ("Breda", "Groningen", "Zwolle", "Utrecht", "Almere")
_ORDERS = [f"sort_key=regular_field-{by}&sort_order={to}" for by in ("name", "phone", "user") for to in ("ASC", "DESC")]


def __getattr__(name: str) -> object:
    """``application``, which needs the settings above to be read first."""
    if name == "application":
        from django.core.wsgi import get_wsgi_application

        return get_wsgi_application()
    raise AttributeError(name)


def _filled(organisations: int, people: int) -> dict[str, object]:
    """Organisations, people of the role that Creme makes for a regular user, their sessions, and their addresses."""
    import django

    django.setup()
    from creme.creme_core.models import CremeUser, UserRole
    from creme.persons.models import Organisation
    from django.db import connection, transaction

    role = UserRole.objects.get()
    users = [
        CremeUser.objects.create_user(f"p{n}", "Persoon", str(n), f"p{n}@example.org", role=role) for n in range(people)
    ]
    with transaction.atomic():  # one by one: Django makes no rows in bulk of a model that has a parent
        for n in range(organisations - Organisation.objects.count()):
            name = f"Bedrijf {n} {_CITIES[n % len(_CITIES)]}"
            Organisation.objects.create(user=users[n % people], name=name, phone=f"0{n:09}")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    pages = {name: _pages(rows, organisations, people) for name, rows in _ROWS.items()}
    return {"sessions": [_session(user) for user in users], "pages": pages}


def _session(user: Any) -> str | None:  # noqa: ANN401 - of a package that is not here
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    session = SessionStore()
    session[SESSION_KEY], session[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
    session[BACKEND_SESSION_KEY] = "creme.creme_core.auth.backend.EntityBackend"
    session.create()
    return session.session_key


def _pages(rows: int, organisations: int, people: int) -> list[list[str]]:
    """Pages in every order, and what a search finds in every order; a list a person, each beginning elsewhere."""
    asked = [f"page={number}&{order}" for number in range(1, -(-organisations // rows) + 1) for order in _ORDERS]
    asked += [f"search-regular_field-name={city}&{order}" for city in _CITIES for order in _ORDERS]
    pages = [f"/persons/organisations?rows={rows}&{words}" for words in asked]
    return [pages[at:] + pages[:at] for at in (len(pages) // people * person for person in range(people))]


if __name__ == "__main__":
    print(json.dumps(_filled(*map(int, sys.argv[1:]))))
