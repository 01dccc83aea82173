"""Each deed: who may, what is refused, what it leaves in the tables, the audit and the wordbook."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from cms.core.errors import Refused
from cms.core.models import AuditRow
from cms.publications.models import Item
from cms.publications.vocabulary import EntryKind
from search.wordbook import commands
from search.wordbook.models import Bet, Edition, StopPhrase, Synonyms
from search.wordbook.queries import wordbook
from tests.people import department, person
from tests.search import publishing

from .teaching import bet, in_days, stopped, taught

CONTAINER = ("wast", "contain")


def public() -> Any:
    return wordbook("en-gb", audience="public")


def refusal(deed: Any, *args: Any, **values: Any) -> str:
    before = (AuditRow.objects.count(), Synonyms.objects.count(), Bet.objects.count())
    stamp = Edition.objects.values_list("stamp", flat=True).first()
    with pytest.raises(Refused) as refused:
        deed(*args, **values)
    assert (AuditRow.objects.count(), Synonyms.objects.count(), Bet.objects.count()) == before
    assert Edition.objects.values_list("stamp", flat=True).first() == stamp
    return refused.value.refusal.code


MAY = {
    "webmaster": True,
    "champion": True,
    None: True,
    "author.parks": False,
    "editor.parks": False,
    "agent": False,
    "supervisor": False,
    "admin": False,
    "nobody": False,
}


@pytest.mark.parametrize(("name", "may"), MAY.items())
def test_who_may(name: str | None, may: bool) -> None:
    rule, page = taught("dustbin → refuse"), publishing.service("Bins")
    stop, on_bins = stopped("bins"), bet("refuse", page)
    by = person(name) if name else None
    words: dict[str, Any] = {"language": "en", "direction": "one_way", "words": ["bin"], "means": ["tub"]}
    deeds: list[tuple[Any, tuple[Any, ...], dict[str, Any]]] = [
        (taught, ("a1 → b2",), {}),
        (commands.change_synonyms, (rule,), {**words, "review_on": in_days(9)}),
        (commands.remove_synonyms, (rule,), {}),
        (bet, ("bins", page), {}),
        (commands.change_bet, (on_bins,), {"language": "en", "kind": "worst", "query": "r", "last_day": in_days(9)}),
        (commands.remove_bet, (on_bins,), {}),
        (stopped, ("dustbins",), {}),
        (commands.change_stop_phrase, (stop,), {"language": "en", "phrase": "p", "review_on": in_days(9)}),
        (commands.remove_stop_phrase, (stop,), {}),
        (commands.import_synonyms, (b"- search: c3 => d4",), {"language": "en"}),
        (commands.import_synonyms, (b"- search: c5 => d6",), {"language": "en", "dry_run": True}),
    ]  # fmt: skip
    for deed, args, values in deeds:
        if may:
            deed(*args, **values, by=by)
        else:
            assert refusal(deed, *args, **values, by=by) == "teaching-right-missing"


def test_teaching_synonyms() -> None:
    row = taught("Bin,  dust bin → waste container", note="Callers say it so.")
    assert (row.words, row.means, row.direction) == ("Bin, dust bin", "waste container", "one_way")
    assert (row.taught_by, row.review_on) == (person("webmaster"), in_days(365))
    assert public().instead == {("bin",): (CONTAINER,), ("dust", "bin"): (CONTAINER,)}
    audit = AuditRow.objects.get()
    assert (audit.deed, audit.by) == ("synonyms taught", person("webmaster"))
    assert audit.subject == "Bin, dust bin → waste container"
    assert audit.details["after"]["note"] == "Callers say it so."


def test_changing_keeps_the_old_values_in_the_audit() -> None:
    row = taught("bin → container")
    commands.change_synonyms(
        row, language="en", direction="both_ways", words=["bin"], means=["tub"], review_on=in_days(9),
        by=person("champion"),
    )  # fmt: skip
    assert public().instead == {("bin",): (("tub",),), ("tub",): (("bin",),)}
    audit = AuditRow.objects.first()
    assert audit and (audit.deed, audit.by) == ("synonyms changed", person("champion"))
    assert (audit.details["before"]["words"], audit.details["before"]["means"]) == ("bin", "container")
    assert (audit.details["after"]["words"], audit.details["after"]["means"]) == ("bin, tub", "")
    row.refresh_from_db()
    assert row.taught_by == person("champion")


def test_a_rule_may_stay_as_it_is_with_another_review_date() -> None:
    row = taught("bin → container")
    values: dict[str, Any] = {
        "language": "en",
        "direction": "one_way",
        "words": ["bin"],
        "means": ["container"],
    }
    by = person("webmaster")
    assert commands.change_synonyms(row, **values, review_on=in_days(9), by=by).review_on == in_days(9)
    assert refusal(commands.change_synonyms, row, **values, review_on=in_days(0), by=by) == "review-date"
    assert refusal(commands.change_synonyms, row, **values, review_on=None, by=by) == "review-date"


def test_removing() -> None:
    row, stop, on_bins = taught("bin → container"), stopped("bins"), bet("bin", publishing.service("Bins"))
    by = person("webmaster")
    commands.remove_synonyms(row, by=by)
    commands.remove_stop_phrase(stop, by=by)
    commands.remove_bet(on_bins, by=by)
    book = public()
    assert not book.instead and not book.best and not book.stop_phrases
    removed = AuditRow.objects.filter(deed__endswith="removed")
    assert [a.details["before"].get("words") or a.details["before"].get("phrase") or a.details["before"]["query"]
            for a in removed.order_by("pk")] == ["bin", "bins", "bin"]  # fmt: skip
    assert refusal(commands.remove_synonyms, row, by=by) == "removed-already"


@pytest.mark.parametrize(
    ("rule", "values", "code"),
    [
        ("bins → container", {}, "taught-already"),
        ("container ↔ bin", {}, None),
        ("bin → container", {"language": "nl"}, None),
        ("pram → buggy", {"language": "xx"}, "language-unknown"),
        ("pram → prams", {}, "meaning-is-the-word"),
        ("!! → buggy", {}, "words-without-letters"),
        ("pram → buggy", {"review_on": in_days(0)}, "review-date"),
        ("pram → buggy", {"note": "x" * 301}, "note-too-long"),
        ("pram → buggy", {"note": "x" * 300}, None),
    ],
)
def test_what_synonyms_are_refused(rule: str, values: dict[str, Any], code: str | None) -> None:
    taught("bin → container")
    if code is None:
        taught(rule, **values)
        assert Synonyms.objects.count() == 2
    else:
        assert refusal(taught, rule, **values) == code


def test_bets() -> None:
    bins, tips, old = (publishing.service(title) for title in ("Bins", "Tips", "Old bins"))
    bet("Blue badges!", tips, position=2)
    bet("blue badge", bins, position=1)
    bet("blue badge", old, kind="worst")
    book = public()
    assert book.best == {"blue badg": (bins.pk, tips.pk)}
    assert book.worst == {"blue badg": frozenset({old.pk})}
    audit = AuditRow.objects.first()
    assert audit and audit.subject == "blue badge → not Old bins"
    assert audit.details["after"]["item"] == f"Old bins ({old.pk})"


def test_a_bet_ends_after_its_last_day() -> None:
    page = publishing.service("Bins")
    bet("bins", page, last_day=in_days(2))
    for day, there in ((0, True), (2, True), (3, False)):
        assert bool(wordbook("en", audience="public", today=in_days(day)).best) == there


def test_a_bet_on_staff_content_is_none_of_the_publics() -> None:
    note, page = publishing.article("What to say about bins"), publishing.service("Bins")
    bet("bins", note, position=1)
    bet("bins", page, position=2)
    bet("tips", note, kind="worst")
    book = public()
    assert (book.best, book.worst) == ({"bin": (page.pk,)}, {})
    staff = wordbook("en", audience="staff")
    assert (staff.best, staff.worst) == ({"bin": (note.pk, page.pk)}, {"tip": frozenset({note.pk})})


@pytest.mark.parametrize(
    ("query", "values", "code"),
    [
        ("tip", {}, None),
        ("bin", {}, "bet-already"),
        ("bin", {"kind": "worst"}, "bet-already"),
        ("bin", {"language": "de"}, None),
        ("", {}, "query-missing"),
        ("??", {}, "query-without-letters"),
        ("x" * 201, {}, "query-too-long"),
        ("tip", {"last_day": in_days(-1)}, "last-day"),
        ("tip", {"last_day": None}, "last-day"),
        ("tip", {"last_day": in_days(0)}, None),
        ("tip", {"position": 0}, "position"),
        ("tip", {"language": "xx"}, "language-unknown"),
    ],
)
def test_what_bets_are_refused(query: str, values: dict[str, Any], code: str | None) -> None:
    page = publishing.service("Bins")
    bet("bins", page)
    if code is None:
        bet(query, page, **values)
        assert Bet.objects.count() == 2
    else:
        assert refusal(bet, query, page, **values) == code


def test_no_bet_on_what_nobody_can_find() -> None:
    draft = Item.objects.create(kind="service", audience="public", department=department("parks"))
    gone = publishing.service("Gone")
    publishing.enter(gone, EntryKind.WITHDRAWN, reason="over", instead=None)
    for item in (draft, gone):
        assert refusal(bet, "bins", item) == "item-not-published"


def test_changing_a_bet() -> None:
    row = bet("bins", publishing.service("Bins"))
    commands.change_bet(
        row, language="en", kind="worst", query="tips", last_day=in_days(5), by=person("champion")
    )
    assert (list(public().best), list(public().worst)) == ([], ["tip"])
    audit = AuditRow.objects.first()
    assert audit and (audit.details["before"]["query"], audit.details["after"]["query"]) == ("bins", "tips")


def test_stop_phrases() -> None:
    row = stopped("How to  die")
    assert public().stop_phrases == {"how to die"}
    assert refusal(stopped, "how to dying!") == "stopped-already"
    assert refusal(stopped, "…") == "query-without-letters"
    assert refusal(stopped, "tips", review_on=in_days(-3)) == "review-date"
    values: dict[str, Any] = {"language": "en", "review_on": in_days(3), "by": person("champion")}
    commands.change_stop_phrase(row, phrase="secret", **values)
    assert public().stop_phrases == {"secret"}
    assert StopPhrase.objects.get().taught_by == person("champion")


def test_each_language_has_its_own() -> None:
    taught("bak → container", language="nl")
    assert wordbook("nl-BE", audience="public").instead == {("bak",): (("container",),)}
    taught("søppel → avfall", language="nb")
    for code in ("nb", "no", "nn-NO"):
        assert list(wordbook(code, audience="public").instead) == [("soppel",)]
    assert not public().instead


def test_the_database_keeps_it_too() -> None:
    row = taught("bin → container")
    row.pk = None
    with transaction.atomic(), pytest.raises(IntegrityError):
        row.save(force_insert=True)
    with transaction.atomic(), pytest.raises(IntegrityError):
        Synonyms.objects.update(means="")
    with transaction.atomic(), pytest.raises(IntegrityError):
        Edition.objects.create(pk=2)


def test_due_for_review() -> None:
    row = taught("bin → container", review_on=in_days(3))
    for day, due in ((2, False), (3, True), (4, True)):
        assert Synonyms.objects.due_for_review(in_days(day)).filter(pk=row.pk).exists() == due
