"""The test suite: fast hashing, mail kept in memory, one database a worker."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

# Made here and removed when the suite ends (tests/conftest.py); workers of xdist share their parent's.
RUN_DIR_IS_TEMPORARY = "ONEANSWER_RUN_DIR" not in os.environ
os.environ.setdefault("ONEANSWER_RUN_DIR", tempfile.mkdtemp(prefix="oneanswer-test-"))
os.environ["DATABASE_URL"] = os.environ.get("TEST_DATABASE_URL", "")

from .base import *

SECRET_KEY = "tests only"
ALLOWED_HOSTS = ["*"]
DEBUG = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
DEMO_ALLOWED = True
ELASTICSEARCH_URL = ""  # the tests that want one start their own
# Tests put rows where the log would: its own test switches it on.
MIDDLEWARE.remove("cms.publications.answers.PublicAnswers")
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A file, not memory: threads of the live server share it as they do in production.
    DATABASES["default"]["TEST"] = {"NAME": str(Path(RUN_DIR) / "test.sqlite3")}
