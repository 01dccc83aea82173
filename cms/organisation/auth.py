"""Who is calling the API: a staff person by session, or a program by the person's access token."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AbstractUser
from django.http import HttpRequest
from ninja.security import HttpBearer, SessionAuth

from .commands import use_token
from .queries import person


class TokenAuth(HttpBearer):
    """`Authorization: Bearer oa_…`: acts as the person who made the token."""

    def authenticate(self, request: HttpRequest, token: str) -> AbstractUser | None:
        user = use_token(token)
        if user is not None:
            request.user = user  # type: ignore[assignment]
        return user


class StaffSession(SessionAuth):
    """The session of a person with any role; changes need the CSRF token."""

    def authenticate(self, request: HttpRequest, key: str | None) -> Any | None:
        user = request.user
        return user if user.is_authenticated and person(user).is_staff_reader else None


class StaffToken(TokenAuth):
    """A token of a person with any role."""

    def authenticate(self, request: HttpRequest, token: str) -> AbstractUser | None:
        user = super().authenticate(request, token)
        return user if user is not None and person(user).is_staff_reader else None


STAFF = [StaffToken(), StaffSession()]
