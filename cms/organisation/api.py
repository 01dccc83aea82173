"""`/api/v1/agent/me`: who is calling."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router, Schema

from .auth import STAFF
from .models import Department
from .queries import person

router = Router(auth=STAFF)


class RoleOut(Schema):
    role: str
    department: str | None


class MeOut(Schema):
    name: str
    roles: list[RoleOut]


@router.get("/me", response=MeOut, summary="The person who is calling, with their roles today")
def me(request: HttpRequest) -> MeOut:
    someone = person(request.user)
    codes = dict(Department.objects.values_list("pk", "code"))
    roles = {(post.role, codes.get(post.department) if post.department else None) for post in someone.posts}
    return MeOut(
        name=someone.name,
        roles=[RoleOut(role=r, department=d) for r, d in sorted(roles, key=lambda x: (x[0], x[1] or ""))],
    )
