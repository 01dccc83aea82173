from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from cms.pages.commands import plant
from cms.pages.models import HomePage, ServicePage, TopicPage
from tests.people import person

from . import drafts


@pytest.fixture
def home(db: Any) -> HomePage:
    """The planted home page. It belongs to parks."""
    return plant(person("author.parks"))


@pytest.fixture
def topic(home: HomePage) -> TopicPage:
    return drafts.topic(home, by=person("author.parks"))


@pytest.fixture
def service(topic: TopicPage) -> ServicePage:
    """A service page of parks that lacks nothing."""
    return drafts.service(topic, by=person("author.parks"))


def _signed_in(name: str) -> Client:
    client = Client()
    client.force_login(person(name))
    return client


@pytest.fixture
def author(home: HomePage) -> Client:
    """`author.parks` in the admin."""
    return _signed_in("author.parks")


@pytest.fixture
def superuser(home: HomePage) -> Client:
    """`admin`, a superuser without any role."""
    return _signed_in("admin")
