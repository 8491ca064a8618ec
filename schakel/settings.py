"""All settings in one readable place; what differs between installations comes from the environment."""

from __future__ import annotations

import os
from pathlib import Path

from schakel.databases import connection_settings
from schakel.environment import flag, given_secret, secret, words

ROOT = Path(__file__).resolve().parent.parent
VAR = Path(os.environ.get("SCHAKEL_VAR", ROOT / "var"))

DEBUG = flag("SCHAKEL_DEBUG", default=False)
SECRET_KEY = secret("SCHAKEL_SECRET_KEY", VAR / "secrets" / "django")
ALLOWED_HOSTS = words("SCHAKEL_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = words("SCHAKEL_ORIGINS", default=[])
SECURE = flag("SCHAKEL_HTTPS", default=False)

# The order is that of the house, ground floor first.
ROOMS = [
    "schakel.web",
    "schakel.trail",
    "schakel.network",
    "schakel.sharing",
    "schakel.privacy",
    "schakel.documents",
    "schakel.search",
    "schakel.inbox",
    "schakel.intake",
    "schakel.register",
    "schakel.figures",
    "schakel.events",
    "schakel.innovate",
    "schakel.invest",
    "schakel.internationalise",
    "schakel.cli",
    "schakel.demo",
]
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "procrastinate.contrib.django",
    *ROOMS,
    "allauth.account",  # after the rooms, whose pages stand in the place of its own
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django.forms",  # last: the shell has a form template of its own
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "schakel.web.security.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "schakel.network.signing.middleware.SecondFactorMiddleware",
    "schakel.sharing.logbook.middleware.LogbookMiddleware",
    "schakel.sharing.middleware.ActingPartyMiddleware",
    "schakel.errors.methods_told",
    "schakel.errors.NumbersThatAreNoneMiddleware",
]

ROOT_URLCONF = "schakel.urls"
WSGI_APPLICATION = "schakel.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "schakel.network.context.who_acts",
                "schakel.web.context.page_shell",
                "schakel.inbox.context.inbox_count",
            ],
        },
    },
]
FORM_RENDERER = "schakel.web.forms.Renderer"

# Each process signs in to the database with a role of its own (see sharing/roles.py).
DATABASE_ROLE = os.environ.get("SCHAKEL_DATABASE_ROLE", "web")
DATABASES = {"default": connection_settings(DATABASE_ROLE, environ=os.environ, var=VAR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "network.Person"
AUTHENTICATION_BACKENDS = ["schakel.network.backends.PersonBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "schakel.network.passwords.KnownPasswordValidator"},
    {"NAME": "schakel.network.passwords.NetworkWordsValidator"},
]
CSRF_FAILURE_VIEW = "schakel.web.views.csrf_failure"
PASSWORD_RESET_TIMEOUT = 3600  # seconds that the link of a letter holds
LOGIN_URL = "network:sign-in"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"

# The steps of signing in are allauth's; its pages, its counting of tries and its signing up are not used.
ACCOUNT_ADAPTER, MFA_ADAPTER = (f"schakel.network.signing.adapters.{name}Adapter" for name in ("Account", "Factor"))
SOCIALACCOUNT_ADAPTER = "schakel.network.signing.connecting.ProviderAdapter"
SOCIALACCOUNT_REQUESTS_TIMEOUT = 10  # seconds that a provider may take
PROVIDERS = Path(os.environ.get("SCHAKEL_PROVIDERS", VAR / "providers.toml"))  # who signs in their own people
ACCOUNT_LOGIN_METHODS, ACCOUNT_SIGNUP_FIELDS = {"email"}, ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # an address was verified by whom it was invited
ACCOUNT_RATE_LIMITS = MFA_RATE_LIMITS = False
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_TOLERANCE = 1  # half minutes that a telephone's clock may be off
SECOND_FACTOR = flag("SCHAKEL_SECOND_FACTOR", default=True)  # asked of whoever can see confidential records
FACTOR_KEY = given_secret("SCHAKEL_FACTOR_KEY") or SECRET_KEY  # under which secrets of second factors are kept

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
LOCALE_PATHS = [ROOT / "schakel" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Amsterdam"

STATIC_URL = "static/"
STATIC_ROOT = VAR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "schakel.web.storing.StaticFiles"},
}
WHITENOISE_USE_FINDERS = DEBUG

MESSAGE_STORAGE = "schakel.sharing.logbook.middleware.RefusalsNoted"
SESSION_ENGINE = "schakel.network.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = SECURE
CSRF_COOKIE_SECURE = SECURE
if SECURE:  # browsers take such a cookie from this very host alone, over TLS
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
BROWSER_COOKIE_NAME = "__Host-schakel-browser" if SECURE else "schakel-browser"  # who signed in from it before
PROXIES = int(os.environ.get("SCHAKEL_PROXIES", "1" if SECURE else "0"))  # in front, each adding to X-Forwarded-For
# From where a line of the audit log was written: "network" (a /24 or a /64), "whole" or "none"; kept for so long.
TRAIL_ADDRESS = os.environ.get("SCHAKEL_TRAIL_ADDRESS", "network")
TRAIL_ADDRESS_DAYS = int(os.environ.get("SCHAKEL_TRAIL_ADDRESS_DAYS", "90"))
# A session ends so long after it began, and sooner where so long nothing was done in it (NIST 800-63B, AAL2).
SESSION_COOKIE_AGE = int(float(os.environ.get("SCHAKEL_SESSION_HOURS", "12")) * 3600)
SESSION_IDLE = int(float(os.environ.get("SCHAKEL_SESSION_IDLE", "60")) * 60)  # minutes
SECURE_SSL_REDIRECT = SECURE
SECURE_HSTS_SECONDS = 31536000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
SILENCED_SYSTEM_CHECKS = ["security.W021"]  # browsers' lists are of whole domains, and ours is a part of one
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if SECURE:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"

# Mail goes out through the administrator's server; without one it is written and kept.
EMAIL_HOST = os.environ.get("SCHAKEL_SMTP_HOST", "")
EMAIL_PORT = int(os.environ.get("SCHAKEL_SMTP_PORT", "587"))
EMAIL_HOST_USER = os.environ.get("SCHAKEL_SMTP_USER", "")
EMAIL_HOST_PASSWORD = given_secret("SCHAKEL_SMTP_PASSWORD")
_SMTP_TLS = os.environ.get("SCHAKEL_SMTP_TLS", "starttls")  # or "tls" from the first byte (port 465), or "none"
EMAIL_USE_TLS, EMAIL_USE_SSL = _SMTP_TLS == "starttls", _SMTP_TLS == "tls"
EMAIL_TIMEOUT = 20  # seconds
DEFAULT_FROM_EMAIL = os.environ.get("SCHAKEL_MAIL_FROM", "Schakel <schakel@localhost>")
SITE_URL = os.environ.get("SCHAKEL_SITE_URL", "http://127.0.0.1:8000").rstrip("/")
INVITATION_DAYS = int(os.environ.get("SCHAKEL_INVITATION_DAYS", "14"))  # how long the link in an invitation holds
API_CONTACT = {
    "name": os.environ.get("SCHAKEL_CONTACT_NAME", "The administrator of this installation"),
    "email": os.environ.get("SCHAKEL_CONTACT_EMAIL", "schakel@example.org"),
    "url": os.environ.get("SCHAKEL_CONTACT_URL", f"{SITE_URL}/hulp/"),
}

DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 500  # a folder without JavaScript; as many as are read of one delivery
MATCHING = os.environ.get("SCHAKEL_MATCHING", "duckdb")  # where records are matched; or "spark"
SPARK_MASTER = os.environ.get("SCHAKEL_SPARK_MASTER", "local-cluster[2,1,1024]")  # two executors on this machine
FOUR_EYES = flag("SCHAKEL_FOUR_EYES", default=False)  # what a person says of two records asks for a second person
# Those who were erased, as keyed digests; kept apart from backups, so that a restore erases them again. Processes
# that look up nobody have no key, and need not be able to read it.
_LOOKS_UP = DATABASE_ROLE in {"owner", "web", "worker"}
ERASURE_KEY = secret("SCHAKEL_ERASURE_KEY", VAR / "secrets" / "erasures") if _LOOKS_UP else ""
ERASURES = Path(os.environ.get("SCHAKEL_ERASURES", VAR / "erasures" / "list.ndjson"))
RETENTION = Path(os.environ.get("SCHAKEL_RETENTION", VAR / "retention.toml"))  # periods other than the usual ones
SOURCES = Path(os.environ.get("SCHAKEL_SOURCES", VAR / "sources.toml"))  # watched folders and buckets
EXTRACT_DIRECTORY = Path(os.environ.get("SCHAKEL_EXTRACT", VAR / "extract"))
COUNTING_KEEPS = int(os.environ.get("SCHAKEL_COUNTING_KEEPS", "1000"))  # answers; 0 to measure counting itself
COUNTING_SOCKET = Path(os.environ.get("SCHAKEL_COUNTING_SOCKET", VAR / "run" / "counting.sock"))

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "loggers": {"procrastinate": {"level": "WARNING"}},
    "root": {"handlers": ["console"], "level": os.environ.get("SCHAKEL_LOG_LEVEL", "INFO")},
}
