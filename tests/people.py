"""The people of the tests, by the names that the demo gives them: `person("author.parks")`."""

from __future__ import annotations

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractUser, Group

from cms.organisation.commands import sync_groups
from cms.organisation.models import Department, Membership
from cms.organisation.vocabulary import MEMBERSHIP_ADMINISTRATORS

EVERYWHERE = ("webmaster", "champion", "agent", "supervisor")


def department(code: str) -> Department:
    """The department with this code; made when it isn't there."""
    return Department.objects.get_or_create(code=code, defaults={"name": code.capitalize()})[0]


def person(name: str) -> AbstractUser:
    """`author2.parks` is an author of parks; `webmaster2` a webmaster; `admin` a superuser without a role;
    `administrator` has the right to change memberships, and no role either."""
    users = get_user_model().objects
    found = users.filter(username=name).first()
    if found is not None:
        return found
    kwargs = {"username": name, "email": f"{name}@marhaven.example", "password": "demo"}
    if name == "admin":
        return users.create_superuser(**kwargs)
    user = users.create_user(**kwargs)
    if name == "administrator":
        user.groups.add(Group.objects.get(name=MEMBERSHIP_ADMINISTRATORS))
    role, _dot, where = name.partition(".")
    role = role.rstrip("0123456789")
    if where or role in EVERYWHERE:
        Membership.objects.create(person=user, role=role, department=department(where) if where else None)
        sync_groups(user)
    return user
