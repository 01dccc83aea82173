"""What readers will see, for the frames of the review screens."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cms.publications import documents, registry
from cms.publications import queries as log
from workflows import standing
from workflows.access import debt_for, submission_for

# Nothing in the frame runs, whatever the page holds; styles and images come from here alone.
POLICY = "sandbox allow-same-origin; script-src 'none'; form-action 'none'; frame-ancestors 'self'"


@never_cache
@require_safe
def rendered(request: HttpRequest, pk: int, item_id: Any) -> HttpResponse:
    """A document of a submission, as its readers would get it now."""
    user: Any = request.user
    submission = submission_for(user, pk)
    row = submission.documents.filter(item_id=item_id).select_related("document").first()
    document = documents.read(row.document) if row else None
    return _page(request, document, standing.sentence(submission))


@never_cache
@require_safe
def rendered_debt(request: HttpRequest, pk: int) -> HttpResponse:
    """What was published without review."""
    user: Any = request.user
    debt = debt_for(user, pk)
    document = documents.read(debt.entry.document) if debt.entry.document else None
    return _page(request, document, standing.sentence_of_debt(debt))


def _page(request: HttpRequest, document: dict[str, Any] | None, told: str) -> HttpResponse:
    if document is None:
        raise Http404
    response = HttpResponse(
        registry.renderer(document["kind"])(log.preview(document, standing=told), request)
    )
    response["Content-Security-Policy"] = POLICY
    return response
