"""The admin's screens, by real accounts over HTTP: entered, saved, read back."""

from __future__ import annotations

from html import unescape
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cms.publications import queries
from cms.publications.models import Entry
from kb.articles.composer import draft
from kb.articles.models import Article
from kb.articles.queries import standing_notices
from tests.people import department, person

from .publishing import a_published_article, correct, fee, key, publish_service, submit_as, typed, write

ADD = "wagtailsnippets_articles_article:add"
EDIT = "wagtailsnippets_articles_article:edit"
LIST = "wagtailsnippets_articles_article:list"


def as_(name: str) -> Client:
    client = Client()
    client.force_login(person(name))
    return client


def posted(**fields: Any) -> dict[str, Any]:
    """What a browser sends for `typed`."""
    text = typed()
    return {
        "question": text.question,
        "short_answer": text.short_answer,
        "answer": text.answer,
        "ask_caller": text.ask_caller,
        "pass_on": text.pass_on,
        "internal_contacts": text.internal_contacts,
        "handling_class": "A",
        "tags": "permit, carer",
        "review_on": "2027-05-01",
        "service_item": "",
        "quoted": [],
        **fields,
    }


def sentences(response: Any) -> str:
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


def page(response: Any) -> str:
    return unescape(response.content.decode())


class TestWriting:
    def test_an_author_enters_every_field_and_reads_it_back(self) -> None:
        number = key()
        service = publish_service(facts=[fee("25.00", key=number)])
        client = as_("author.parks")
        answer = client.post(reverse(ADD), posted(service_item=str(service.pk), quoted=[number]))
        article = Article.objects.get()
        assert answer.headers["Location"] == reverse(EDIT, args=[article.pk])
        form = client.get(reverse(EDIT, args=[article.pk])).context["form"]
        for name, value in posted(service_item=service.pk).items():
            if name not in ("tags", "review_on", "quoted"):
                assert form[name].value() == value, name
        assert form["quoted"].value() == [number]
        assert sorted(tag.name for tag in article.tags.all()) == ["carer", "permit"]
        assert str(article.review_on) == "2027-05-01"
        assert article.item.department.code == "parks"
        assert not article.live

    def test_an_author_is_offered_the_services_of_their_department_alone(self) -> None:
        publish_service("Own service")
        other = publish_service("Foreign service", code="waste")
        client = as_("author.parks")
        shown = page(client.get(reverse(ADD)))
        assert "Own service" in shown
        assert "Foreign service" not in shown
        client.post(reverse(ADD), posted(service_item=str(other.pk)))
        assert not Article.objects.exists()

    def test_a_champion_picks_a_department_where_there_is_no_service(self) -> None:
        client = as_("champion")
        assert client.post(reverse(ADD), posted()).status_code == 200
        assert not Article.objects.exists()
        client.post(reverse(ADD), posted(department=department("waste").pk))
        assert Article.objects.get().item.department.code == "waste"

    def test_facts_of_another_service_are_left_out(self) -> None:
        one, two = key(), key()
        first = publish_service("First", facts=[fee("1.00", key=one)])
        second = publish_service("Second", facts=[fee("2.00", key=two)])
        article = write(service=str(first.pk), quotes=(one,))
        client = as_("author.parks")
        client.post(reverse(EDIT, args=[article.pk]), posted(service_item=str(second.pk), quoted=[one, two]))
        assert [str(quote.key) for quote in draft(article.item).quotes.all()] == [two]
        offered = client.get(reverse("articles_facts"), {"service": second.pk}).json()["facts"]
        assert offered == [{"key": two, "label": "Fee: Adult permit: £2"}]

    def test_nobody_publishes_locks_or_deletes_what_was_submitted(self) -> None:
        article = write()
        submit_as(person("author.parks"), article)
        for name in ("author.parks", "champion", "admin"):
            client = as_(name)
            client.post(reverse(EDIT, args=[article.pk]), posted(answer="Sneaked", **{"action-publish": "1"}))
            for action in ("lock", "unlock", "delete", "unpublish"):
                client.post(reverse(f"wagtailsnippets_articles_article:{action}", args=[article.pk]))
        row = Article.objects.get(pk=article.pk)
        assert (row.live, row.locked) == (False, False)
        assert draft(article.item).answer == typed().answer
        assert not Entry.objects.filter(item=article.item).exists()

    def test_the_publish_button_publishes_nothing(self) -> None:
        article = write()
        as_("champion").post(
            reverse(EDIT, args=[article.pk]), posted(answer="Sneaked", **{"action-publish": "1"})
        )
        assert not Article.objects.get(pk=article.pk).live
        assert not Entry.objects.exists()

    def test_another_department_and_the_superuser_are_refused(self) -> None:
        article = write()
        for name in ("author.waste", "webmaster", "admin"):
            as_(name).post(reverse(EDIT, args=[article.pk]), posted(answer="Sneaked"))
        assert draft(article.item).answer == typed().answer

    def test_a_draft_that_was_never_sent_can_be_deleted(self) -> None:
        article = write()
        as_("author.parks").post(reverse("wagtailsnippets_articles_article:delete", args=[article.pk]))
        assert not Article.objects.exists()

    def test_the_list_filters(self) -> None:
        write(question="A draft of parks", handling_class="B")
        write(by=person("author.waste"), question="A draft of waste")
        client = as_("champion")
        both = page(client.get(reverse(LIST)))
        assert "A draft of parks" in both
        assert "A draft of waste" in both
        for query in ({"department": department("parks").pk}, {"handling_class": "B"}):
            some = page(client.get(reverse(LIST), query))
            assert "A draft of parks" in some
            assert "A draft of waste" not in some
        assert "A draft of parks" in page(client.get(reverse(LIST), {"state": "draft"}))
        assert "A draft of parks" not in page(client.get(reverse(LIST), {"state": "published"}))

    def test_the_list_asks_no_more_for_more_articles(self) -> None:
        client = as_("author.parks")
        counts = []
        for number in range(12):
            write(question=f"Question {number}?")
            if number in (1, 11):
                client.get(reverse(LIST))
                with CaptureQueriesContext(connection) as asked:
                    client.get(reverse(LIST))
                counts.append(len(asked))
        assert counts[1] - counts[0] <= 20

    def test_the_preview_is_what_agents_get_before_and_after_saving(self) -> None:
        client = as_("author.parks")
        address = reverse("wagtailsnippets_articles_article:preview_on_add")
        assert client.post(address, posted()).json()["is_valid"]
        assert "<h1>What does a parking permit cost?</h1>" in page(client.get(address))
        assert not Article.objects.exists()
        article = write(question="Saved before?")
        address = reverse("wagtailsnippets_articles_article:preview_on_edit", args=[article.pk])
        client.post(address, posted(question="Being typed?"))
        assert "<h1>Being typed?</h1>" in page(client.get(address))


class TestAtOnce:
    def _send(self, client: Client, article: Article, step: str, based_on: int | None, **fields: Any) -> Any:
        data = posted(reason="Callers are told wrong.", based_on=based_on or "", step=step, **fields)
        return client.post(reverse("articles_correct", args=[article.item_id]), data)

    def test_the_form_shows_what_is_published_never_the_draft(self) -> None:
        article = a_published_article()
        write_again = as_("author.parks")
        write_again.post(reverse(EDIT, args=[article.pk]), posted(answer="A new draft."))
        shown = as_("champion").get(reverse("articles_correct", args=[article.item_id]))
        assert shown.context["form"]["answer"].value() == typed().answer
        assert "A new draft." not in page(shown)
        assert f'name="based_on" value="{queries.newest_seq(article.item)}"' in page(shown)

    def test_the_difference_comes_first_then_it_is_published(self) -> None:
        article = a_published_article()
        client, based_on = as_("champion"), queries.newest_seq(article.item)
        entries = Entry.objects.count()
        shown = self._send(client, article, "difference", based_on, short_answer="It is free today.")
        assert '<ins><span class="w-sr-only">added: </span>is free today</ins>' in page(shown)
        assert "Publish at once" in page(shown)
        assert Entry.objects.count() == entries
        sent = dict(shown.context["sent"])
        assert sent["short_answer"] == "It is free today."
        done = client.post(reverse("articles_correct", args=[article.item_id]), {**sent, "step": "publish"})
        assert done.headers["Location"] == reverse(EDIT, args=[article.pk])
        document = queries.published_document(article.item)
        assert document is not None
        assert document["body"]["short_answer"] == "It is free today."

    def test_what_is_missing_is_told_at_the_top(self) -> None:
        article = a_published_article()
        data = posted(reason="", based_on=queries.newest_seq(article.item), step="difference")
        shown = as_("champion").post(reverse("articles_correct", args=[article.item_id]), data)
        told = [str(message) for message in shown.context["messages"]]
        assert len(told) == 1 and told[0].startswith("Nothing is published yet")
        assert shown.context["form"].errors["reason"]

    @pytest.mark.parametrize("step", ["difference", "publish"])
    def test_a_stale_form_gets_a_sentence_and_keeps_its_text(self, step: str) -> None:
        article = a_published_article()
        based_on = queries.newest_seq(article.item)
        correct(article, short_answer="It is free today.")
        answer = self._send(as_("champion2"), article, step, based_on, answer="My own correction.")
        assert "something else happened" in sentences(answer)
        assert "My own correction." in page(answer)
        document = queries.published_document(article.item)
        assert document is not None
        assert "My own correction." not in document["body"]["answer"]

    def test_the_champion_is_told_that_a_draft_stayed(self) -> None:
        article = a_published_article()
        as_("author.parks").post(reverse(EDIT, args=[article.pk]), posted(answer="A new draft."))
        answer = self._send(
            as_("champion"), article, "publish", queries.newest_seq(article.item), short_answer="Free today."
        )
        assert "stayed as it was" in sentences(answer)
        assert draft(article.item).answer == "A new draft."

    def test_going_back_keeps_the_text(self) -> None:
        article = a_published_article()
        answer = self._send(as_("champion"), article, "edit", 1, answer="My own correction.")
        assert answer.context["form"]["answer"].value() == "My own correction."

    def test_the_reason_is_asked_for(self) -> None:
        article = a_published_article()
        client = as_("champion")
        answer = client.post(
            reverse("articles_correct", args=[article.item_id]),
            posted(answer="New.", reason="", step="publish"),
        )
        assert answer.context["form"].errors["reason"]

    @pytest.mark.parametrize("name", ["author.parks", "webmaster", "admin"])
    def test_is_refused_to_others(self, name: str) -> None:
        article = a_published_article()
        answer = self._send(as_(name), article, "publish", queries.newest_seq(article.item), answer="New.")
        assert answer.status_code == 302
        assert "champion" in sentences(answer)
        assert Entry.objects.filter(item=article.item).count() == 1

    def test_a_new_article_at_once(self) -> None:
        client = as_("champion")
        data = posted(department=department("waste").pk, reason="Storm tonight.")
        shown = client.post(reverse("articles_new_at_once"), {**data, "step": "difference"})
        assert "Publish at once" in page(shown)
        assert not Article.objects.exists()
        client.post(reverse("articles_new_at_once"), {**data, "step": "publish"})
        article = Article.objects.get()
        assert article.live
        assert article.item.department.code == "waste"


class TestNotices:
    def test_is_put_found_and_removed(self) -> None:
        service = publish_service()
        client = as_("champion")
        assert "No staff notice stands now" in page(client.get(reverse("articles_notices")))
        found = page(client.get(reverse("articles_put_notice"), {"q": "parking permit"}))
        address = f"{reverse('articles_put_notice')}?item={service.pk}"
        assert address in found
        assert "Resident parking permit" in page(client.get(address))
        client.post(address, {"text": "The form is down.", "reason": "It is down.", "until": ""})
        (notice,) = standing_notices()
        assert "The form is down." in page(client.get(reverse("articles_notices")))
        removal = reverse("articles_remove_notice", args=[notice.row.pk])
        assert "The form is down." in page(client.get(removal))
        client.post(removal, {"reason": "It works again."})
        assert standing_notices() == []
        assert client.get(removal).status_code == 404

    def test_what_is_missing_keeps_what_was_typed(self) -> None:
        service = publish_service()
        answer = as_("champion").post(
            f"{reverse('articles_put_notice')}?item={service.pk}", {"text": "The form is down.", "reason": ""}
        )
        assert "The form is down." in page(answer)
        assert standing_notices() == []

    def test_odd_addresses_are_not_found(self) -> None:
        client = as_("champion")
        for item in ("x", write().item_id):
            assert client.get(reverse("articles_put_notice"), {"item": item}).status_code == 404
        assert client.get(reverse("articles_put_notice"), {"q": '"%_' * 50}).status_code == 200

    def test_is_refused_to_others(self) -> None:
        service = publish_service()
        for name in ("author.parks", "admin"):
            as_(name).post(
                f"{reverse('articles_put_notice')}?item={service.pk}", {"text": "x", "reason": "y"}
            )
        assert standing_notices() == []


class TestApi:
    def test_a_correction_changes_what_is_sent_and_no_more(self) -> None:
        article = a_published_article()
        reading = queries.read(article.item_id, "staff")
        assert reading is not None
        address = f"/api/v1/workflow/items/{article.item_id}/publish-urgent"
        body = {"reason": "Wrong.", "based_on": reading.cursor, "short_answer": "It is free today."}
        answer = as_("champion").post(address, body, content_type="application/json")
        assert answer.status_code == 200, answer.content
        document = queries.published_document(article.item)
        assert document is not None
        assert document["body"]["short_answer"] == "It is free today."
        assert document["source"]["answer"] == typed().answer
        again = as_("champion").post(address, body, content_type="application/json")
        assert (again.status_code, again.json()["type"]) == (409, "urn:oneanswer:problem:stale")
        refused = as_("webmaster").post(address, body, content_type="application/json")
        assert refused.status_code == 403

    @pytest.mark.parametrize(
        ("sent", "code"),
        [
            ({"based_on": "1-" + "9" * 5000}, "cursor"),
            ({"based_on": "1-\u0663"}, "cursor"),
            ({"based_on": ""}, "cursor"),
            ({"based_on": "1-" + "9" * 18, "short_answer": "x"}, "stale"),
            ({"tags": ["x" * 101]}, "incomplete"),
            ({"tags": ["", "  "]}, "unchanged"),
            ({"reason": "x" * 5001}, "invalid"),
        ],
    )
    def test_what_no_form_would_send(self, sent: dict[str, Any], code: str) -> None:
        article = a_published_article()
        entries = Entry.objects.count()
        reading = queries.read(article.item_id, "staff")
        assert reading is not None
        body = {"reason": "Wrong.", "based_on": reading.cursor, "tags": list(typed().tags), **sent}
        body = {**body, "tags": [*typed().tags, *body["tags"]]}
        answer = as_("champion").post(
            f"/api/v1/workflow/items/{article.item_id}/publish-urgent", body, content_type="application/json"
        )
        assert 400 <= answer.status_code < 500
        assert answer.json()["type"] == f"urn:oneanswer:problem:{code}"
        assert Entry.objects.count() == entries

    def test_a_staff_notice(self) -> None:
        service = publish_service()
        address = f"/api/v1/workflow/items/{service.pk}/staff-notice"
        body = {"text": "The form is down.", "reason": "It is down."}
        assert as_("agent1").post(address, body, content_type="application/json").status_code == 403
        answer = as_("champion").post(address, body, content_type="application/json")
        assert answer.status_code == 200, answer.content
        assert [notice.text for notice in standing_notices()] == ["The form is down."]

    def test_an_urgent_text_for_a_service_is_refused(self) -> None:
        service = publish_service()
        answer = as_("champion").post(
            f"/api/v1/workflow/items/{service.pk}/publish-urgent",
            {"reason": "Wrong.", "based_on": "1-1"},
            content_type="application/json",
        )
        assert (answer.status_code, answer.json()["type"]) == (403, "urn:oneanswer:problem:not-urgent")
