"""The ASGI application. Streams need ASGI: under WSGI they send nothing until they end."""

from __future__ import annotations

import os
import warnings

from django.core.asgi import get_asgi_application

from cms.core.threads import Handler

# Files are sent by synchronous iterators, Django's own and WhiteNoise's; Django reads them in a thread.
warnings.filterwarnings("ignore", message="StreamingHttpResponse must consume synchronous iterators")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.production")
get_asgi_application()  # sets Django up; its handler would make a thread for each request
application = Handler()
