"""The least that Django needs; PEER_FOLDER is where it keeps things."""

from __future__ import annotations

import os
from pathlib import Path

FOLDER = Path(os.environ["PEER_FOLDER"])
ALLOWED_HOSTS = ["*"]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": FOLDER / "peer.sqlite"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
INSTALLED_APPS = ["upload_peer"]
MEDIA_ROOT = FOLDER / "media"
ROOT_URLCONF = "upload_peer.urls"
SECRET_KEY = "of no use here"
