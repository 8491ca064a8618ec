"""Behind TLS: Django's own deployment check finds nothing, and browsers are told to hold to TLS and to this host."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.django_db  # the server stands
ROOT = Path(__file__).resolve().parents[2]
_ASKED = """
import json, django
django.setup()
from django.conf import settings
from django.test import Client
settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
answer = Client(headers={"host": "127.0.0.1"}).get("/aanmelden/", secure=True)
plain = Client(headers={"host": "127.0.0.1"}).get("/aanmelden/")
cookies = {name: [bool(one["secure"]), one["path"], one["domain"]] for name, one in answer.cookies.items()}
told = {"status": answer.status_code, "headers": dict(answer.headers), "cookies": cookies}
print(json.dumps(told | {"plain": [plain.status_code, plain.headers.get("Location")]}))
"""


def behind_tls(*words: str) -> str:
    environ = os.environ | {
        "SCHAKEL_HTTPS": "1",
        "SCHAKEL_DATABASE_ROLE": "web",
        "SCHAKEL_LOG_LEVEL": "ERROR",
        "DJANGO_SETTINGS_MODULE": "schakel.settings",
    }
    environ.pop("DJANGO_ALLOW_ASYNC_UNSAFE", None)  # of tests with a browser, in this same process
    done = subprocess.run([sys.executable, *words], check=False, capture_output=True, text=True, env=environ, cwd=ROOT)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_deployment_check_is_clean():
    behind_tls("-m", "django", "check", "--deploy", "--fail-level", "WARNING")


def test_a_browser_holds_to_tls_and_takes_cookies_from_this_host_alone():
    told = json.loads(behind_tls("-c", _ASKED).splitlines()[-1])
    assert told["status"] == 200
    assert told["headers"]["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    assert told["cookies"] == {"__Host-csrftoken": [True, "/", ""]}
    assert told["plain"] == [301, "https://127.0.0.1/aanmelden/"]
