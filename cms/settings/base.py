"""What every deployment shares. Read `production.py` for what may differ."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import dj_database_url
from django.utils.translation import gettext_lazy as _

ROOT = Path(__file__).resolve().parents[2]
RUN_DIR = Path(os.environ.get("ONEANSWER_RUN_DIR", ROOT / ".run"))

INSTALLED_APPS = [
    "cms.core",
    "cms.organisation",
    "cms.catalogue",
    "cms.publications",
    "workflows",
    "search",
    "search.wordbook",
    "search.learning",
    "cms.pages",
    "cms.pages.choosers",
    "kb.articles",
    "kb.updates",
    "kb.desk",
    "themes",
    "cms.demo",
    "ninja",
    "wagtail.contrib.settings",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.admin",
    "wagtail.sites",
    "wagtail",
    "modelcluster",
    "taggit",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "search.learning.afterwards.Afterwards",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "cms.core.programs.ForPrograms",
    "cms.publications.answers.PublicAnswers",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "cms.urls"
ASGI_APPLICATION = "cms.asgi.application"
WSGI_APPLICATION = "cms.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

SQLITE_OPTIONS = {
    # A deferred transaction that starts by reading fails when it comes to write.
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"
        "PRAGMA mmap_size=134217728; PRAGMA cache_size=-16000; PRAGMA recursive_triggers=ON;"
    ),
}

POSTGRES_OPTIONS = {
    # What a connection asks again and again is planned there once (docs/decisions/0011-prepared-statements.md).
    "server_side_binding": True,
    "prepare_threshold": 3,
}


def database(url: str) -> dict[str, Any]:
    """Django's settings for the database at `url`, with the options that its engine needs here."""
    config: dict[str, Any] = {**dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True)}
    if config["ENGINE"] == "django.db.backends.sqlite3":
        config["OPTIONS"] = {**config.get("OPTIONS", {}), **SQLITE_OPTIONS}
    if config["ENGINE"] == "django.db.backends.postgresql":
        config["OPTIONS"] = {**config.get("OPTIONS", {}), **POSTGRES_OPTIONS}
    return config


DATABASES = {
    "default": database(os.environ.get("DATABASE_URL") or f"sqlite:///{RUN_DIR / 'oneanswer.sqlite3'}")
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "wagtailadmin_login"
LOGIN_REDIRECT_URL = "wagtailadmin_home"

LANGUAGE_CODE = os.environ.get("LANGUAGE_CODE", "en-gb")
LANGUAGES = [("en-gb", _("English"))]
TIME_ZONE = os.environ.get("TIME_ZONE", "Europe/London")
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = RUN_DIR / "static"
MEDIA_ROOT = RUN_DIR / "media"
# Originals are for signed-in writers (cms.pages.views.original): readers get pinned bytes by their hash.
MEDIA_URL = "/admin/originals/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    "pinned": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": RUN_DIR / "pinned"},
    },
}

SITE_URL = os.environ.get("SITE_URL", "http://127.0.0.1:8000")
DEFAULT_FROM_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL", "oneanswer@localhost")
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = os.environ.get("EMAIL_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("EMAIL_USE_TLS", "") == "1"
EMAIL_TIMEOUT = 10

WAGTAIL_SITE_NAME = "OneAnswer"
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAIL_WORKFLOW_ENABLED = False
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_MODERATION_ENABLED = False
WAGTAILADMIN_UNSAFE_PAGE_DELETION_LIMIT = 0
WAGTAILEMBEDS_FINDERS: list = []
WAGTAIL_PASSWORD_RESET_ENABLED = False
# Serves the admin's lists and choosers alone (see `cms.pages.choosers`); readers' search is our own.
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "modelsearch.backends.database.fallback"}}
WAGTAILDOCS_SERVE_METHOD = "direct"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "cms.pages.files.KeptDocumentForm"
WAGTAILIMAGES_IMAGE_FORM_BASE = "cms.pages.files.KeptImageForm"
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp"]

X_FRAME_OPTIONS = "SAMEORIGIN"  # Wagtail shows previews in a frame of its own origin
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SESSION_COOKIE_HTTPONLY = True
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

MUNICIPALITY = {
    "name": os.environ.get("MUNICIPALITY_NAME", "Marhaven"),
    "phone": os.environ.get("MUNICIPALITY_PHONE", "01632 960100"),
    "currency": os.environ.get("MUNICIPALITY_CURRENCY", "GBP"),
}
THEME = os.environ.get("ONEANSWER_THEME", "harbour")
# How long is kept how often something was searched for, in days. Who asked is never kept.
SEARCH_LOG_DAYS = int(os.environ.get("SEARCH_LOG_DAYS", "90"))
# Who keeps the day's head of the publication log outside the system, by mail; nobody unless told.
HEAD_MAIL_TO = os.environ.get("HEAD_MAIL_TO", "")
# Elasticsearch answers questions where there is one; else the engine in the database does. Commas between the
# addresses of several nodes; the key may search and write what begins with the prefix.
ELASTICSEARCH_URL = os.environ.get("ELASTICSEARCH_URL", "")
ELASTICSEARCH_API_KEY = os.environ.get("ELASTICSEARCH_API_KEY", "")
ELASTICSEARCH_CA = os.environ.get("ELASTICSEARCH_CA", "")
ELASTICSEARCH_PREFIX = os.environ.get("ELASTICSEARCH_PREFIX", "oneanswer")
ELASTICSEARCH_SHARDS = int(os.environ.get("ELASTICSEARCH_SHARDS", "1"))
ELASTICSEARCH_TIMEOUT = float(os.environ.get("ELASTICSEARCH_TIMEOUT", "0.5"))
METRICS_TOKEN = os.environ.get("METRICS_TOKEN", "")
DEMO_ALLOWED = False

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"oneanswer": {"level": "INFO"}},
}
