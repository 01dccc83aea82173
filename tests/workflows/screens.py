"""The workflow's screens, as people of the admin see and use them."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from cms.core.models import AuditRow, Letter
from cms.publications.models import Document, Entry
from workflows.models import Debt, Submission, SubmissionDocument, Verdict

from .stories import at_browser

# People of the admin to whom nothing of a leaflet of parks is there.
STRANGERS = ("author.finance", "editor.finance", "admin", "champion")


def see(name: str, view: str, *args: Any, status: int = 200) -> str:
    response = at_browser(name).get(reverse(view, args=args))
    assert response.status_code == status, (view, response.status_code)
    return response.content.decode()


def do(name: str, view: str, *args: Any, **data: Any) -> Any:
    return at_browser(name).post(reverse(view, args=args), data)


def decide(name: str, submission: Submission, deed: str, **data: Any) -> Any:
    return do(name, "workflows_review", submission.pk, deed=deed, **{"seen": submission.sha, **data})


def home(name: str) -> str:
    return see(name, "wagtailadmin_home")


def rows() -> list[int]:
    tables = (Submission, SubmissionDocument, Verdict, Document, Entry, AuditRow, Letter, Debt)
    return [table.objects.count() for table in tables]  # type: ignore[attr-defined]
