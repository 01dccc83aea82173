"""The ASGI application. Streams need ASGI: under WSGI they send nothing until they end."""

from __future__ import annotations

import os

from django.core.asgi import get_asgi_application

from cms.core.threads import Handler

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.production")
get_asgi_application()  # sets Django up; its handler would make a thread for each request
application = Handler()
