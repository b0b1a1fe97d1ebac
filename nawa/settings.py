"""Settings of an installation. Safe as they stand on loopback; the environment names what differs elsewhere.

``NAWA_VAR``         folder for the database, the secret key and the collected front-end files; ``var`` in the tree
``DATABASE_URL``     ``postgresql://…`` or ``sqlite:////path``; an SQLite file in ``NAWA_VAR`` without it
``NAWA_HOSTS``       host names this server answers to, separated by commas; loopback without it
``NAWA_HTTPS``       ``1`` behind a proxy that ends TLS and itself sets X-Forwarded-Proto and X-Forwarded-For
``NAWA_SECRET_KEY``  the secret key; without it one is made once and kept in ``NAWA_VAR``
``NAWA_DEMO``        ``1`` for the demo city: one account per role, entered without a password; on loopback only
``NAWA_TIME_ZONE``   the time zone of the office; Asia/Jakarta without it
``NAWA_DEBUG``       ``1`` while developing
"""

import os
import secrets
import tempfile
from pathlib import Path
from typing import Any

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from nawa.core import clock

TREE = Path(__file__).resolve().parent.parent
VAR = Path(os.environ.get("NAWA_VAR") or TREE / "var")


def _secret_key(path: Path) -> str:
    """Return the key kept in ``path``; make it on first use, readable by its owner alone.

    The file appears whole or not at all (link, not write), for several workers may start at once.
    """
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", dir=path.parent, prefix=".secret", delete=False) as draft:
            draft.write(secrets.token_urlsafe(64))
        try:
            os.link(draft.name, path)
        except FileExistsError:
            pass
        finally:
            Path(draft.name).unlink()
    return path.read_text()


def _database() -> dict[str, Any]:
    """PostgreSQL or SQLite as DATABASE_URL says; SQLite in write-ahead mode, taking its write lock at the start."""
    database: dict[str, Any] = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(VAR / "nawa.sqlite3")}
    if url := os.environ.get("DATABASE_URL"):
        database = dict(dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True))
    if database["ENGINE"].endswith("sqlite3"):
        database["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 60,  # seconds: whoever saves while a city is being written waits, and does not fail
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA foreign_keys=ON;",
        }
    return database


DEBUG = os.environ.get("NAWA_DEBUG") == "1"
HTTPS = os.environ.get("NAWA_HTTPS") == "1"
SECRET_KEY = os.environ.get("NAWA_SECRET_KEY") or _secret_key(VAR / "secret_key")
LOOPBACK = "127.0.0.1,localhost,[::1]"
ALLOWED_HOSTS = os.environ.get("NAWA_HOSTS", LOOPBACK).split(",")
DEMO = os.environ.get("NAWA_DEMO") == "1"
POLICY = os.environ.get("NAWA_POLICY", "semarang")  # by whose numbers the records are kept
KEEP_DISABILITY = os.environ.get("NAWA_DISABILITY") == "1"  # specific personal data: kept only where it is asked for
if DEMO and not set(ALLOWED_HOSTS) <= set(LOOPBACK.split(",")):
    raise ImproperlyConfigured("NAWA_DEMO: demo accounts have no passwords, so demo mode answers on loopback only")

INSTALLED_APPS = [
    "nawa.core",
    "nawa.audit",
    "nawa.registry",
    "nawa.accounts",
    "nawa.rulebook",
    "nawa.evidence",
    "nawa.talent",
    "nawa.exchange",
    "nawa.web",
    "csp",
    "django_htmx",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "nawa.web.kit.headers.guarded_headers",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "nawa.web.kit.languages.chosen_language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "nawa.web.kit.entrance.Entrance",
]
ROOT_URLCONF = "nawa.urls"
WSGI_APPLICATION = "nawa.wsgi.application"
DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "nawa.web.kit.shell.shell",
            ],
        },
    }
]
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "web_cache"}}

# -- who is there: allauth's log-in by name and password, TOTP, limits on tries
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["nawa.web.kit.entrance.OpenAccounts"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"}
    | {"OPTIONS": {"user_attributes": ("username", "name", "email")}},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "nawa.web.kit.entrance.Adapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "20/m/ip,5/5m/key",  # also of the second factor, by account
    "activation": "20/m/ip,5/5m/key",  # codes that did not fit
    "reauthenticate": "10/m/user",
}
ALLAUTH_TRUSTED_PROXY_COUNT = int(HTTPS)  # else everybody behind the proxy would be one address
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Nawa"
MFA_FORMS = {"authenticate": "nawa.web.kit.entrance.SecondStepForm"}
SESSION_COOKIE_AGE = 8 * 3600  # a working day
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_IDLE_SECONDS = 3600

# -- language, numbers, time
LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]
LOCALE_PATHS = [TREE / "nawa" / "locale"]
TIME_ZONE = clock.ZONE.key
USE_TZ = True
USE_THOUSAND_SEPARATOR = True

# -- front-end files: from packages at install time, hashed, served by this server
STATIC_URL = "static/"
STATIC_ROOT = VAR / "static"
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "nawa.web.kit.assets.PackageFinder",
]
PACKAGES = TREE / "node_modules"
PACKAGE_FILES = {  # address under /static/: file within the installed npm packages
    "bootstrap/reboot.css": "bootstrap/dist/css/bootstrap-reboot.css",
    "bootstrap/bootstrap-reboot.css.map": "bootstrap/dist/css/bootstrap-reboot.css.map",
}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# -- what a browser may do with our pages: nothing but what they need, nothing from elsewhere
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "connect-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],  # data: the QR picture of the second factor
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SECURE = SESSION_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
if HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True

# -- the server's log: what happened and where in the code, never whose data
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "discreet": {
            "()": "nawa.web.kit.logs.DiscreetFormatter",
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "discreet"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"django": {"handlers": ["console"], "level": "WARNING", "propagate": False}},
}
