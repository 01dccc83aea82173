"""The champion's two deeds: an article at once, and a staff notice."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from cms.core import clock
from cms.core.errors import Refused
from cms.publications import queries, registry
from cms.publications.models import Entry
from cms.publications.vocabulary import Audience, Lane
from kb.articles import commands
from kb.articles.composer import draft, fields_of
from kb.articles.models import Article
from kb.articles.queries import standing_notices
from tests.people import department, person
from workflows import commands as workflow
from workflows.models import Debt, Writing

from .publishing import a_published_article, correct, publish_service, submit_as, typed, write


def _refusal(deed: Any) -> str:
    with pytest.raises(Refused) as refused:
        deed()
    assert refused.value.refusal.sentence
    return refused.value.refusal.code


def _said(article: Article) -> dict[str, Any]:
    document = queries.published_document(article.item)
    assert document is not None
    return document


class TestCorrecting:
    def test_agents_read_it_and_the_draft_follows(self) -> None:
        article = a_published_article()
        entry = correct(article, short_answer="It is free today.")
        assert entry.lane == Lane.URGENT
        assert _said(article)["body"]["short_answer"] == "It is free today."
        row = Article.objects.get(pk=article.pk)
        assert (row.live, row.has_unpublished_changes) == (True, False)
        assert draft(article.item).short_answer == "It is free today."
        assert row.latest_revision.user == person("champion")
        assert row.live_revision_id == row.latest_revision_id

    def test_the_champion_is_a_writer_from_then_on(self) -> None:
        article = a_published_article()
        correct(article, short_answer="It is free today.")
        writers = Writing.objects.filter(item=article.item).values_list("person__username", flat=True)
        assert set(writers) == {"author.parks", "champion"}

    def test_a_draft_that_is_being_written_stays_and_does_not_come_along(self) -> None:
        article = a_published_article()
        commands.rewrite(article.item, typed(answer="A new draft."), by=person("author.parks"))
        correct(article, short_answer="It is free today.")
        assert "A new draft" not in _said(article)["body"]["answer"]
        newest = draft(article.item)
        assert newest.answer == "A new draft."
        assert newest.short_answer == typed().short_answer
        row = Article.objects.get(pk=article.pk)
        assert (row.live, row.has_unpublished_changes) == (True, True)
        assert row.short_answer == "It is free today."
        assert row.latest_revision.user == person("author.parks")

    def test_a_draft_that_waits_stays_and_can_not_undo_it(self) -> None:
        article = a_published_article()
        commands.rewrite(article.item, typed(answer="A new draft."), by=person("author.parks"))
        submission = submit_as(person("author.parks"), article)
        correct(article, short_answer="It is free today.")
        assert draft(article.item).answer == "A new draft."
        editor = person("editor.parks")
        assert _refusal(lambda: workflow.approve(submission, by=editor, seen=submission.sha)) == "stale"

    def test_a_stale_form_is_refused(self) -> None:
        article = a_published_article()
        before = queries.newest_seq(article.item)
        correct(article, short_answer="It is free today.")
        again = lambda: commands.correct_urgently(  # noqa: E731
            article.item, fields=typed(), by=person("champion2"), reason="Wrong.", based_on=before
        )
        assert _refusal(again) == "stale"
        assert _said(article)["body"]["short_answer"] == "It is free today."

    @pytest.mark.parametrize(
        "name", ["author.parks", "editor.parks", "webmaster", "agent1", "supervisor", "admin"]
    )
    def test_is_for_champions_alone(self, name: str) -> None:
        article = a_published_article()
        entries = Entry.objects.count()
        deed = lambda: commands.correct_urgently(  # noqa: E731
            article.item,
            fields=typed(answer="New."),
            by=person(name),
            reason="Wrong.",
            based_on=queries.newest_seq(article.item),
        )
        assert _refusal(deed) == "not-a-champion"
        assert Entry.objects.count() == entries

    def test_needs_a_reason(self) -> None:
        article = a_published_article()
        deed = lambda: commands.correct_urgently(  # noqa: E731
            article.item,
            fields=typed(answer="New."),
            by=person("champion"),
            reason=" ",
            based_on=queries.newest_seq(article.item),
        )
        assert _refusal(deed) == "reason-missing"

    def test_needs_something_published_and_something_changed(self) -> None:
        unpublished = write()
        assert _refusal(lambda: correct(unpublished, answer="New.")) == "not-published"
        article = a_published_article()
        assert _refusal(lambda: correct(article)) == "unchanged"

    def test_goes_for_no_service(self) -> None:
        service = publish_service()
        deed = lambda: commands.correct_urgently(  # noqa: E731
            service, fields=typed(), by=person("champion"), reason="Wrong.", based_on=None
        )
        assert _refusal(deed) == "not-urgent"

    def test_leaves_a_debt_that_a_different_person_ends(self) -> None:
        article = a_published_article()
        entry = correct(article, short_answer="It is free today.")
        debt = Debt.objects.get(entry=entry)
        own = lambda: workflow.end_debt(debt, by=person("champion"), outcome="approved")  # noqa: E731
        assert _refusal(own) == "own-debt"
        workflow.end_debt(debt, by=person("editor.parks"), outcome="approved")
        assert Debt.objects.get(pk=debt.pk).ended_by == person("editor.parks")

    def test_withdrawing_takes_it_off_and_keeps_the_draft(self) -> None:
        article = a_published_article()
        workflow.withdraw_urgent(article.item, by=person("champion"), reason="Not true any more.")
        row = Article.objects.get(pk=article.pk)
        assert not row.live
        assert fields_of(draft(article.item)) == typed()


class TestNew:
    def test_is_read_at_once_and_has_a_draft(self) -> None:
        entry = commands.publish_new_urgently(
            fields=typed(), department=department("waste"), by=person("champion"), reason="Storm."
        )
        article = Article.objects.get(item=entry.item)
        assert article.item.department.code == "waste"
        assert (article.live, article.has_unpublished_changes) == (True, False)
        assert fields_of(draft(article.item)) == typed()
        assert Debt.objects.filter(entry=entry, ended_at=None).exists()

    def test_leaves_nothing_when_it_is_refused(self) -> None:
        deed = lambda: commands.publish_new_urgently(  # noqa: E731
            fields=typed(answer=""), department=department("waste"), by=person("champion"), reason="Storm."
        )
        assert _refusal(deed) == "incomplete"
        assert not Article.objects.exists()


class TestNotice:
    def _put(self, target: Any, by: str = "champion", **more: Any) -> Entry:
        kwargs = {"text": "The form is down.", "reason": "It is down.", **more}
        return commands.put_staff_notice(target, by=person(by), **kwargs)

    def test_makes_no_entry_of_its_target(self) -> None:
        service = publish_service()
        before = list(service.entries.values_list("seq", flat=True))
        entry = self._put(service)
        assert list(service.entries.values_list("seq", flat=True)) == before
        assert (entry.item.kind, entry.audience, entry.public_seq) == ("staff_notice", "staff", None)
        assert entry.item.department == service.department

    def test_is_found_from_its_target_signed(self) -> None:
        service = publish_service()
        entry = self._put(service)
        assert queries.referring_to(service.pk, Audience.STAFF).get().pk == entry.item_id
        assert not queries.referring_to(service.pk, Audience.PUBLIC).exists()
        (notice,) = standing_notices()
        assert (notice.text, notice.signed) == ("The form is down.", "champion")
        assert notice.target_title == "Resident parking permit"

    def test_goes_with_a_reason(self) -> None:
        entry = self._put(publish_service())
        assert (
            _refusal(lambda: commands.remove_staff_notice(entry.item, by=person("champion"), reason=""))
            == "reason-missing"
        )
        commands.remove_staff_notice(entry.item, by=person("champion2"), reason="It works again.")
        assert standing_notices() == []
        assert Debt.objects.filter(item=entry.item).count() == 2

    def test_ends_by_itself(self) -> None:
        entry = self._put(publish_service(), until=clock.now() + timedelta(hours=1))
        assert standing_notices()[0].row.expires_at is not None
        assert entry.document is not None

    def test_is_refused_to_others_and_where_nobody_would_see_it(self) -> None:
        service = publish_service()
        assert _refusal(lambda: self._put(service, by="webmaster")) == "not-a-champion"
        assert _refusal(lambda: self._put(service, by="admin")) == "not-a-champion"
        assert _refusal(lambda: self._put(service, reason="")) == "reason-missing"
        assert _refusal(lambda: self._put(service, text=" ")) == "incomplete"
        assert _refusal(lambda: self._put(write().item)) == "not-published"
        notice = self._put(service)
        assert _refusal(lambda: self._put(notice.item)) == "notice-on-notice"
        assert _refusal(lambda: self._put(service, until=clock.now() - timedelta(hours=1))) == "incomplete"

    def test_has_no_draft_to_send_for_approval(self) -> None:
        entry = self._put(publish_service())
        assert _refusal(lambda: registry.kind("staff_notice").draft(entry.item)) == "no-draft"
