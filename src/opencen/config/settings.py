"""Django settings of one installation, read from its home directory."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF

from opencen.config.home import database_settings, open_home
from opencen.kernel import languages

HOME = open_home()
PACKAGE = Path(__file__).resolve().parent.parent

DEBUG = False
SECRET_KEY = HOME.secret("django.key")
NODE_SECRET = HOME.secret("node.key")
ALLOWED_HOSTS: list[str] = list(HOME.value("web", "hosts", ["localhost", "127.0.0.1", "[::1]", "testserver"]))

DATABASES_BY_DEFAULT = ("case", "control", "suspect", "company", "conveyance", "investigation")

NODE_ID = str(HOME.value("node", "id", "local"))
NODE_KIND = str(HOME.value("node", "kind", "national"))
NODE_COUNTRY = str(HOME.value("node", "country", "XX"))
NODE_NAME = str(HOME.value("node", "name", "National Customs Service"))
INSTALLED_DATABASES: tuple[str, ...] = tuple(HOME.value("databases", "installed", DATABASES_BY_DEFAULT))

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django_htmx",
    "axes",
    "csp",
    "opencen.log",
    "opencen.accounts",
    "opencen.codelists",
    "opencen.records",
    "opencen.records.saved",
    "opencen.records.links",
    "opencen.records.watches",
    "opencen.suspects",
    "opencen.companies",
    "opencen.conveyances",
    "opencen.seizures",
    "opencen.investigations",
    "opencen.seizures.custody",
    "opencen.seizures.gallery",
    "opencen.seizures.legal",
    "opencen.formats",
    "opencen.formats.downloads",
    "opencen.formats.watchlists",
    "opencen.release",
    "opencen.analysis",
    "opencen.exchange",
    "opencen.web",
]

MIDDLEWARE = [
    "opencen.config.logs.RequestLogMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "opencen.api.problems.ProblemMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "opencen.web.middleware.ActorMiddleware",
    "opencen.web.errors.ErrorMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "opencen.config.urls"
WSGI_APPLICATION = "opencen.config.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "opencen.web.context.shell",
            ],
        },
    }
]

DATABASES = {"default": database_settings(HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "/sign-in"
LOGIN_REDIRECT_URL = "/"

AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SPEAKS_HTTPS = bool(HOME.value("web", "certificate", ""))
HTTPS_ONLY = SPEAKS_HTTPS or bool(HOME.value("web", "https", False))
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS_ONLY
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS_ONLY else 0
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_NAME = f"opencen_{NODE_ID}"
CSRF_COOKIE_NAME = f"opencen_csrf_{NODE_ID}"
if HTTPS_ONLY and not SPEAKS_HTTPS:  # only a proxy in front may say so
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "worker-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

LANGUAGE_CODE = "en"
LANGUAGES = [*languages.NAMES.items(), (languages.PSEUDO, "Pseudo (right to left)")]
LANGUAGES_BIDI = list(languages.RIGHT_TO_LEFT)
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/static/build/assets/.+-[\w-]{8}\.\w+$"  # names carry their digest
DATA_UPLOAD_MAX_MEMORY_SIZE = 8 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
TEST_RUNNER = "django.test.runner.DiscoverRunner"

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {
            "()": "opencen.config.logs.PlainFormatter",
            "fmt": "%(asctime)s %(levelname)s %(name)s %(message)s",
        }
    },
    "filters": {"quiet": {"()": "opencen.config.logs.Quiet"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json", "filters": ["quiet"]}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"opencen": {"level": "INFO"}},
}
