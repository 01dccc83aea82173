"""`make run`: the demo municipality on this machine."""

from __future__ import annotations

import os
import secrets

from .base import *

DEBUG = False  # the demo looks as production looks: real error pages, no stack traces


def _own_secret() -> str:
    """A secret of this working copy, made at the first start, so that sessions outlive a restart."""
    path = RUN_DIR / "secret"
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x") as new:
            path.chmod(0o600)
            new.write(secrets.token_urlsafe(50))
    except FileExistsError:
        pass
    return path.read_text()


SECRET_KEY = os.environ.get("SECRET_KEY") or _own_secret()
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", "testserver"]
EMAIL_BACKEND = os.environ.get("EMAIL_BACKEND", "django.core.mail.backends.filebased.EmailBackend")
EMAIL_FILE_PATH = RUN_DIR / "mail"
DEMO_ALLOWED = True
WHITENOISE_USE_FINDERS = True
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # WhiteNoise warns where there is none
