"""Settings under which the shell is tested alone: no rooms, no sign-in, no database."""

from __future__ import annotations

from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
CONTEXT = [
    "django.template.context_processors.request",
    "django.contrib.messages.context_processors.messages",
    "schakel.web.context.page_shell",
    "tests.web.style.acting",
]
SHELL: dict[str, Any] = {
    "ROOT_URLCONF": "tests.web.urls",
    "DEBUG": False,
    "ALLOWED_HOSTS": ["*"],
    "MIDDLEWARE": [
        "schakel.web.security.ContentSecurityPolicyMiddleware",
        "django.middleware.locale.LocaleMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
    ],
    "MESSAGE_STORAGE": "django.contrib.messages.storage.cookie.CookieStorage",
    "TEMPLATES": [
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "DIRS": [HERE / "templates"],
            "APP_DIRS": True,
            "OPTIONS": {"context_processors": CONTEXT},
        }
    ],
    "STORAGES": {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}},
    "FORM_RENDERER": "schakel.web.forms.Renderer",
    "CSRF_FAILURE_VIEW": "schakel.web.views.csrf_failure",
}
