"""Who comes in: staff with any role. Others get a sentence, strangers the sign-in page."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib.auth.models import AbstractUser
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from cms.organisation.queries import person

View = Callable[..., Any]
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


def strict(view: View) -> View:
    """Nothing is loaded from elsewhere, and nothing is kept by the browser."""

    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = view(request, *args, **kwargs)
        response["Content-Security-Policy"] = POLICY
        response["Cache-Control"] = "private, no-store"
        return response

    return shown


def agent(request: HttpRequest) -> AbstractUser:
    """The person at the desk; `staff_only` has let them in."""
    return cast(AbstractUser, request.user)


def staff_only(view: View) -> View:
    """Staff with any role; everybody else is told why not, and what to do."""

    @strict
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path(), reverse("desk:login"))
        if not person(request.user).is_staff_reader:
            return render(request, "desk/refused.html", status=403)
        response: HttpResponse = view(request, *args, **kwargs)
        return response

    return guarded
