"""The site as it is served in life, but that all its threads share one pool of two database connections, and that it
has pages on which things go wrong.

``FORGETFUL`` in the environment breaks the walls on purpose: "session" sets the acting party for the connection and not
for the transaction, "remembered" sets it only where this thread thinks that it is another than before.
"""

from __future__ import annotations

import os
import threading

from django.conf import settings

from schakel import prepared

CONNECTIONS = 2
FORGETFUL = "TESTS_FORGETFUL"
_FOR_GOOD = "SELECT set_config(%s, %s, false), set_config(%s, %s, false)"
_said = threading.local()

_entry = settings.DATABASES["default"]
_entry |= {"CONN_MAX_AGE": 0, "CONN_HEALTH_CHECKS": False}
_entry["OPTIONS"] |= {"pool": {"min_size": CONNECTIONS, "max_size": CONNECTIONS, "timeout": 120}}
settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"  # none collected
settings.ROOT_URLCONF = "tests.sharing.pool.addresses"

from schakel.sharing import acting  # noqa: E402 - the settings come first
from schakel.wsgi import application as served  # noqa: E402


def _for_the_session(party: str, shared: str) -> None:
    prepared.rows(_FOR_GOOD, ["schakel.party", party, "schakel.shared", shared])


def _where_another(party: str, shared: str) -> None:
    if getattr(_said, "last", None) != (party, shared):
        _for_the_session(party, shared)
        _said.last = party, shared


if forgets := os.environ.get(FORGETFUL):
    acting._set = {"session": _for_the_session, "remembered": _where_another}[forgets]

application = served
