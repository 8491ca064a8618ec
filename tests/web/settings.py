"""Settings for looking at the shell alone: no rooms, no database."""
import pathlib
SECRET_KEY = "shell"
DEBUG = True
ALLOWED_HOSTS = ["*"]
INSTALLED_APPS = ["django.contrib.staticfiles", "django.contrib.messages", "django.forms", "schakel.web"]
MIDDLEWARE = [
    "schakel.web.security.ContentSecurityPolicyMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
ROOT_URLCONF = "tests.web.urls"
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True, "DIRS": [pathlib.Path(__file__).parent / "templates"], "OPTIONS": {"context_processors": [
    "django.template.context_processors.request", "django.contrib.messages.context_processors.messages",
    "schakel.web.context.page_shell", "tests.web.style.acting"]}}]
FORM_RENDERER = "schakel.web.forms.Renderer"
LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands"), ("en", "English")]

LOCALE_PATHS = [pathlib.Path(__file__).resolve().parents[2] / "schakel" / "locale"]
USE_TZ = True
TIME_ZONE = "Europe/Amsterdam"
STATIC_URL = "/static/"
CSRF_FAILURE_VIEW = "schakel.web.views.csrf_failure"
