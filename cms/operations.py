"""What operators ask: is it alive, is it ready, how is it doing."""

from __future__ import annotations

import hmac

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse

from cms.core.models import Letter
from cms.publications import triggers
from cms.publications.chain import head
from cms.publications.models import Cursor, Permit
from search import elastic


def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


def readyz(request: HttpRequest) -> HttpResponse:
    """The database answers, and refuses what it has to refuse. `degraded`: what the site does without, while
    it serves everybody all the same; no reason to send nobody here."""
    try:
        missing = triggers.missing(connection)
    except DatabaseError:
        return JsonResponse(
            {"ready": False, "why": ["The database doesn't answer."], "degraded": []}, status=503
        )
    why = ["The log's triggers are missing. Run `manage.py migrate`."] if missing else []
    degraded = [sentence for sentence in [elastic.why_not_well()] if sentence]
    return JsonResponse({"ready": not why, "why": why, "degraded": degraded}, status=503 if why else 200)


def metrics(request: HttpRequest) -> HttpResponse:
    """Prometheus text, for whoever has the token; without one in the environment, for nobody."""
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not settings.METRICS_TOKEN or not hmac.compare_digest(given, settings.METRICS_TOKEN):
        return HttpResponse(status=401)
    end = head()
    lines = [
        f"oneanswer_log_seq {end.seq}",
        f"oneanswer_log_epoch {end.epoch}",
        f"oneanswer_letters_waiting {Letter.objects.filter(sent_at=None).count()}",
        "oneanswer_permits_unspent "
        f"{Permit.objects.filter(entry__isnull=True, revoked_at__isnull=True).count()}",
    ]
    lines += [f"oneanswer_elasticsearch_{name} {value}" for name, value in elastic.measures().items()]
    lines += [f'oneanswer_cursor_seq{{reader="{c.name}"}} {c.seq}' for c in Cursor.objects.all()]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; version=0.0.4")
