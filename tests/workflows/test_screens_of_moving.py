"""The screens of withdrawing, moving and handing over, through a browser without scripts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import reverse

from cms.publications.models import Current
from tests.people import department
from workflows.models import Debt, Submission

from .screens import decide, do, see
from .stories import corrected_at_once, leaflet, published, staffed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _staff(db: Any) -> Iterator[None]:
    with staffed():
        yield


def test_an_author_asks_for_a_withdrawal_and_three_people_see_it() -> None:
    item, other = published(), published(leaflet(title="Carts"))
    shown = see("author.parks", "workflows_withdraw", item.pk)
    assert "Ask for the withdrawal" in shown
    assert "Carts" in shown
    answer = do("author.parks", "workflows_withdraw", item.pk, reason="", instead=str(other.pk))
    assert answer.status_code == 422
    assert f'value="{other.pk}" selected' in answer.content.decode()
    do("author.parks", "workflows_withdraw", item.pk, reason="It ended.", instead=str(other.pk))
    submission = Submission.objects.get(deed="withdraw")
    review = see("editor.parks", "workflows_review", submission.pk)
    assert "It ended." in review
    assert "To be withdrawn" in review
    assert "Carts" in review
    decide("editor.parks", submission, "approve")
    decide("webmaster", submission, "approve")
    row = Current.objects.get(pk=item.pk)
    assert row.status == "withdrawn"
    assert row.instead_id == other.pk


def test_a_public_page_is_not_led_to_a_staff_text() -> None:
    article = corrected_at_once().item
    item = published()
    assert str(article.pk) not in see("author.parks", "workflows_withdraw", item.pk)
    answer = do("author.parks", "workflows_withdraw", item.pk, reason="x", instead=str(article.pk))
    assert answer.status_code == 422
    assert not Submission.objects.filter(deed="withdraw").exists()


def test_a_champion_withdraws_an_article_at_once() -> None:
    item = corrected_at_once().item
    assert "Withdraw at once" in see("champion", "workflows_withdraw", item.pk)
    assert "Withdraw at once" not in see("author.parks", "workflows_withdraw", item.pk)
    answer = do("champion", "workflows_withdraw", item.pk, reason="Wrong.")
    debt = Debt.objects.order_by("-pk")[0]
    assert answer.url == reverse("workflows_debt", args=[debt.pk])
    assert Current.objects.get(pk=item.pk).status == "withdrawn"
    assert "withdrawn without review" in see("editor.parks", "workflows_debt", debt.pk)


def test_a_webmaster_moves_and_hands_over() -> None:
    item = published(leaflet(slug="trolleys"))
    beneath = published(leaflet(title="Beneath", slug="beneath", parent=str(item.pk)))
    assert "Only a webmaster" in see("author.parks", "workflows_move", item.pk)
    refused = do("author.parks", "workflows_move", item.pk, deed="move", slug="carts", reason="x")
    assert refused.status_code == 403
    assert "/leaflets/trolleys/beneath/" in see("webmaster", "workflows_move", item.pk)
    bad = do("webmaster", "workflows_move", item.pk, deed="move", slug="Not good", reason="Shorter.")
    assert bad.status_code == 422
    assert "Not good" in bad.content.decode()
    do("webmaster", "workflows_move", item.pk, deed="move", slug="carts", reason="Shorter.")
    assert Current.objects.get(pk=beneath.pk).path == "/leaflets/carts/beneath/"
    finance = department("finance")
    do("webmaster", "workflows_move", item.pk, deed="transfer", department=finance.pk, why="Theirs now.")
    assert Current.objects.get(pk=item.pk).department_id == finance.pk
    shown = see("webmaster", "workflows_history", item.pk)
    assert "Shorter." in shown
    assert "Theirs now." in shown
    assert "author.parks → editor.parks → webmaster" in shown
    see("author.parks", "workflows_history", item.pk, status=404)


def test_a_page_finds_its_new_place_above() -> None:
    first, second = (
        published(leaflet(title="First", slug="first")),
        published(leaflet(title="Second", slug="second")),
    )
    item = published(leaflet(slug="trolleys", parent=str(first.pk)))
    do(
        "webmaster",
        "workflows_move",
        item.pk,
        deed="move",
        slug="trolleys",
        parent=str(second.pk),
        reason="Fits.",
    )
    assert Current.objects.get(pk=item.pk).path == "/leaflets/second/trolleys/"


def test_nothing_is_there_to_withdraw_or_move_before_it_was_published() -> None:
    item = leaflet()
    for view in ("workflows_withdraw", "workflows_move"):
        see("webmaster", view, item.pk, status=404)
    assert "Nothing of this was published yet" in see("author.parks", "workflows_history", item.pk)
