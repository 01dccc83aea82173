"""Rule 8, word by word: whatever staff wrote and whatever is asked, no word that only staff texts have is
in anything that the public gets: results, snippets, counts' labels, suggestions, corrections, nearest
topics, errors. The words that were asked themselves come back, and tell nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from cms.organisation.models import Department
from search.wordbook import commands as wordbook

from .publishing import article, publish, service
from .wordbook.teaching import in_days

pytestmark = pytest.mark.usefixtures("the_log")

SHARED = ("permit", "parking")
SYLLABLES = ("ko", "lu", "mi", "pra", "sto", "vin", "gul", "tor", "rem", "nyk")
LETTERS = "klmoprstuvxyz"

words = st.lists(st.sampled_from(SYLLABLES), min_size=2, max_size=4).map("".join)


@st.composite
def mistyped(draw: st.DrawFn, word: str) -> str:
    """One error in a word: a letter left out, put in, changed, or two swapped."""
    place = draw(st.integers(0, len(word) - 2))
    letter = draw(st.sampled_from(LETTERS))
    return draw(
        st.sampled_from(
            [
                word[:place] + word[place + 1 :],
                word[:place] + letter + word[place:],
                word[:place] + letter + word[place + 1 :],
                word[:place] + word[place + 1] + word[place] + word[place + 2 :],
            ]
        )
    )


@st.composite
def towns(draw: st.DrawFn) -> dict[str, Any]:
    """What the public and the staff write, and what is asked. Some words of the staff are one error away
    from a word of the public's, so that a correction has something to take the wrong one from."""
    public = draw(st.lists(words, min_size=3, max_size=6, unique=True))
    near = [draw(mistyped(word)) for word in draw(st.lists(st.sampled_from(public), max_size=3))]
    own = draw(st.lists(words, min_size=2, max_size=4, unique=True))
    staff = sorted({word for word in (*near, *own) if len(word) > 4} - set(public) - set(SHARED))
    if not staff:
        staff = ["xylokontor"]
    texts = lambda of: st.lists(st.sampled_from((*of, *SHARED)), min_size=2, max_size=5).map(" ".join)  # noqa: E731
    asked = [draw(mistyped(word)) for word in (*staff, *public[:2])]
    return {
        "public": draw(st.lists(st.tuples(texts(public), texts(public)), min_size=1, max_size=3)),
        "staff": draw(st.lists(st.tuples(texts(staff), texts(staff)), min_size=1, max_size=3)),
        "staff words": staff,
        "questions": [*asked, *staff[:2], *(word[:4] for word in staff[:2]), f"{SHARED[0]} {asked[0]}"],
    }


@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    phases=(Phase.reuse, Phase.generate),  # a leak is a leak: making it smaller takes minutes
)
@given(town=towns())
def test_no_word_of_the_staff_is_in_any_public_answer(client: Client, town: dict[str, Any]) -> None:
    cache.clear()
    with transaction.atomic():
        _live(town)
        for question in town["questions"]:
            said = set(_words(question))
            for address, answer in _answers(client, question):
                leaked = set(_words(answer)) & set(town["staff words"]) - said
                assert not leaked, (address, question, leaked)
        transaction.set_rollback(True)


def _live(town: dict[str, Any]) -> None:
    """Public and staff content in turns, and what somebody taught with words and items of the staff."""
    secret = town["staff words"][0]
    Department.objects.get_or_create(code="secret", defaults={"name": f"Office of {secret}"})
    publish("life_event", f"Life {town['public'][0][0]}")
    for title, text in town["public"]:
        page = service(title, text, tags=[text])
    notes = [
        article(title, text, about=page, short_answer=text, code="secret", tags=[text])
        for title, text in town["staff"]
    ]
    publish("staff_notice", secret, body={"text": secret, "signed": secret})
    wordbook.teach_synonyms(
        language="en", direction="both_ways", words=[SHARED[0], secret], review_on=in_days(9), by=None
    )
    wordbook.place_bet(
        language="en", kind="best", query=SHARED[0], item=notes[0].pk, last_day=in_days(9), by=None
    )


def _answers(client: Client, question: str) -> Iterator[tuple[str, str]]:
    """Every door, without what only says the question again."""
    for path, more in (
        ("search", {}),
        ("search", {"as_typed": "true"}),
        ("search", {"department": "secret"}),
        ("search", {"audience": "staff", "type": "article"}),
        ("search", {"topic": "none", "limit": "none"}),
        ("suggest", {}),
    ):
        response = client.get(f"/api/v1/public/{path}", {"q": question, **more})
        answer = response.json()
        answer.pop("query", None)
        yield f"{path} {more}", json.dumps(answer, ensure_ascii=False)
    yield "page", client.get("/search/", {"q": question}).content.decode()


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", re.sub(r"</?mark>", "", text).casefold())
