"""The people of the demo municipality, and the departments that they work in."""

from __future__ import annotations

import os
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import AbstractUser, Group

from cms.organisation import commands
from cms.organisation.models import Department
from cms.organisation.vocabulary import Role

NAMES = {
    "author.parks": "Ada Brook",
    "author2.parks": "Bram Hale",
    "editor.parks": "Cora Finch",
    "editor2.parks": "Dirk Moss",
    "author.finance": "Edith Penn",
    "editor.finance": "Femi Cole",
    "author.waste": "Greta Lund",
    "editor.waste": "Hugh Barrow",
    "author.housing": "Ines Ward",
    "editor.housing": "Jonas Kerr",
    "author.registry": "Kirsten Vale",
    "editor.registry": "Liam Osei",
    "author.planning": "Mara Stone",
    "editor.planning": "Nils Agnew",
    "author.communications": "Orla Quay",
    "editor.communications": "Piet Marsh",
    "webmaster": "Rosa Lindt",
    "webmaster2": "Sam Okoro",
    "champion": "Tilda Frost",
    "champion2": "Umar Reid",
    "agent1": "Vera Blom",
    "agent2": "Will Tan",
    "agent3": "Xenia Dale",
    "agent4": "Yusuf Park",
    "agent5": "Zoe Hart",
    "supervisor": "Anke Muir",
    "admin": "Bo Castle",
}
DOMAIN = "marhaven.example"


def password() -> str:
    """What every demo person signs in with."""
    return os.environ.get("DEMO_PASSWORD") or "demo"


def settle(departments: list[dict[str, Any]]) -> dict[str, AbstractUser]:
    """Make the departments and the people with their roles, granted by the administrator."""
    made = {
        row["code"]: Department.objects.create(code=row["code"], name=row["title"], email=row["email"])
        for row in departments
    }
    for row in departments:
        made[row["code"]].deputy = made[row["deputy"]]
        made[row["code"]].save(update_fields=["deputy"])
    people = _sign_up()
    admin = people["admin"]
    admin.groups.add(Group.objects.get(name="Membership administrators"))
    for name, user in people.items():
        role, _dot, where = name.partition(".")
        role = role.rstrip("0123456789")
        if role in Role.values:
            department = made[where] if where else None
            commands.grant_membership(person=user, role=role, department=department, by=admin)
    return people


def _sign_up() -> dict[str, AbstractUser]:
    hashed = make_password(password())  # once: it is slow on purpose, and the same for all
    people: dict[str, AbstractUser] = {}
    for name, full in NAMES.items():
        first, last = full.split(" ", 1)
        user = get_user_model()(
            username=name,
            first_name=first,
            last_name=last,
            email=f"{name}@{DOMAIN}",
            password=hashed,
            is_superuser=name == "admin",
            is_staff=name == "admin",
        )
        user.save()
        people[name] = user
    return people
