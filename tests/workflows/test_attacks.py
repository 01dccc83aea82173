"""Attacks on the rules of who may approve what: each was a hole, or must never become one."""

from __future__ import annotations

from typing import Any

import pytest

from cms.core.errors import Refused
from cms.publications import commands as log_commands
from cms.publications import documents, registry
from cms.publications import queries as log
from cms.publications.models import Current, Entry
from tests.kinds import begin, fee, write
from tests.people import department, person
from workflows import commands
from workflows.models import Debt, DirectDeed, Submission

from .stories import at_webmaster, leaflet, published, staffed, submitted

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _staff(db: Any) -> Any:
    with staffed():
        yield


def refused(deed: Any, *args: Any, **kwargs: Any) -> str:
    with pytest.raises(Refused) as caught:
        deed(*args, **kwargs)
    assert caught.value.refusal.sentence.endswith((".", "!", "?"))
    return caught.value.refusal.code


def urgent(item: Any = None, text: str = "Call the depot.") -> Entry:
    """A champion publishes a paper (known as `article` here) at once."""
    item = item or begin(department("parks"), person("champion"), kind="paper", title="Who?", text=text)
    item.kind = "article"
    item.save()
    kind = registry.kind("article")
    write(item, person("champion"), text=text)
    newest = log.newest_seq(item)
    return commands.publish_urgent(
        item, kind.compose(kind.draft(item)), by=person("champion"), reason="Wrong.", based_on=newest
    )


def test_a_withdrawal_is_no_review_of_the_draft() -> None:
    item = published()
    write(item, person("editor2.parks"), text="Words that nobody has looked at.")
    asked = commands.ask_withdrawal(item, by=person("author.parks"), reason="It is over.")
    commands.approve(asked, by=person("editor.parks"), seen=asked.sha)
    commands.approve(asked, by=person("webmaster"), seen=asked.sha)
    waiting = submitted(item)
    assert refused(commands.approve, waiting, by=person("editor2.parks"), seen=waiting.sha) == "own-text"


def test_a_debt_withdraws_no_text_that_was_reviewed_since() -> None:
    entry = urgent()
    item = entry.item
    write(item, person("author.parks"), text="Call the office.")
    published(item)
    debt = Debt.objects.get(entry=entry)
    code = refused(commands.end_debt, debt, by=person("editor.parks"), outcome="withdrawn", note="No.")
    assert code == "newer-text"
    assert Current.objects.get(pk=item.pk).status == "published"
    commands.end_debt(debt, by=person("editor.parks"), outcome="corrected")


def test_a_deed_is_spent_once() -> None:
    first = urgent(text="The old number.")
    urgent(first.item, text="The new number.")
    permit = first.permit
    code = refused(
        log_commands.issue, first.item, permit.document_id, kind="published", lane="urgent",
        grounds=permit.grounds, people=permit.people, based_on=log.newest_seq(first.item),
        payload=permit.payload,
    )  # fmt: skip
    assert code == "grounds"


def test_a_permit_says_what_its_grounds_say() -> None:
    item = published()
    deed = DirectDeed.objects.create(
        item=item, kind="transferred", lane="webmaster", by=person("webmaster"), reason="Theirs."
    )
    common = {"kind": "transferred", "lane": "webmaster", "grounds": {"type": "deed", "id": deed.pk}}
    code = refused(
        log_commands.issue, item, None, **common, people=[person("admin").pk],
        based_on=log.newest_seq(item), payload={"department": "parks", "reason": "Theirs."},
    )  # fmt: skip
    assert code == "grounds"


def test_nobody_publishes_a_document_of_another_item() -> None:
    mine, other = urgent().item, leaflet()
    kind = registry.kind("leaflet")
    code = refused(
        commands.publish_urgent, mine, kind.compose(kind.draft(other)), by=person("champion"),
        reason="Quick.", based_on=log.newest_seq(mine),
    )  # fmt: skip
    assert code == "other-item"


def test_a_move_takes_no_address_that_is_reserved() -> None:
    item = published()
    submitted(leaflet(slug="wanted"))
    assert refused(commands.move, item, by=person("webmaster"), reason="Nicer.", slug="wanted") == (
        "address-taken"
    )


def test_an_address_is_reserved_where_the_page_above_stands_now() -> None:
    above = published(leaflet(slug="streets"))
    waiting = submitted(leaflet(slug="new", parent=str(above.pk)))
    commands.move(above, by=person("webmaster2"), reason="Clearer.", slug="roads")
    rival = leaflet(slug="new", parent=str(above.pk))
    assert refused(submitted, rival) == "address-taken"
    commands.approve(waiting, by=person("editor.parks"), seen=waiting.sha)
    commands.approve(waiting, by=person("webmaster"), seen=waiting.sha)
    assert Current.objects.get(path="/leaflets/roads/new/")


def test_a_page_above_stays_while_something_waits_beneath_it() -> None:
    above = published(leaflet(slug="streets"))
    waiting = submitted(leaflet(slug="new", parent=str(above.pk)))
    ask = {"by": person("author.parks"), "reason": "It is over."}
    assert refused(commands.ask_withdrawal, above, **ask) == "has-children"
    commands.take_back(waiting, by=person("author.parks"))
    commands.ask_withdrawal(above, **ask)
    assert refused(submitted, leaflet(slug="newer", parent=str(above.pk))) == "parent-missing"


def test_a_withdrawal_with_pages_beneath_is_refused_before_three_people_look() -> None:
    above = published(leaflet(slug="streets"))
    published(leaflet(slug="new", parent=str(above.pk)))
    assert (
        refused(commands.ask_withdrawal, above, by=person("author.parks"), reason="It is over.")
        == "has-children"
    )


def test_nothing_stands_beneath_what_has_no_address() -> None:
    item, paper = published(), urgent().item
    assert refused(commands.move, item, by=person("webmaster"), reason="Hidden.", parent=paper) == (
        "parent-missing"
    )
    assert refused(submitted, leaflet(parent=str(paper.pk))) == "parent-missing"


def test_a_quoted_fact_went_while_the_quote_waited() -> None:
    price = fee("Fine", "25.00")
    item = published(leaflet(facts=[price]))
    quote = {"item": str(item.pk), "key": price["key"]}
    paper = begin(department("parks"), person("author.parks"), kind="paper", title="What?", quotes=[quote])
    waiting = at_webmaster(paper)
    write(item, person("author.parks"), facts=[])
    published(item)
    assert refused(commands.approve, waiting, by=person("webmaster"), seen=waiting.sha) == "quote-gone"
    assert not Current.objects.filter(pk=paper.pk).exists()


def test_somebody_is_left_for_each_stage() -> None:
    """The only editor is the only webmaster: the submission could never end."""
    from cms.organisation.models import Membership

    planning = department("planning")
    both = person("editor.planning")
    Membership.objects.filter(role="webmaster").delete()
    Membership.objects.create(person=both, role="webmaster")
    item = begin(planning, person("author.planning"))
    assert refused(commands.submit, [item], by=person("author.planning")) == "no-webmaster"
    assert not Submission.objects.exists()


def test_what_waits_follows_its_item_to_another_department() -> None:
    item = published()
    write(item, person("author.parks"), text="New words.")
    waiting = at_webmaster(item)
    commands.transfer(item, by=person("webmaster2"), reason="Theirs.", department=department("finance"))
    assert refused(commands.approve, waiting, by=person("webmaster"), seen=waiting.sha) == "stale"
    assert refused(commands.compose_again, waiting, by=person("author.parks")) == "not-an-author"
    again = commands.compose_again(waiting, by=person("author.finance"))
    assert again.department == department("finance")
    assert refused(commands.approve, again, by=person("editor.parks"), seen=again.sha) == "not-an-editor"
    commands.approve(again, by=person("editor.finance"), seen=again.sha)


def test_a_redacted_text_is_refused_before_three_people_look() -> None:
    item = published()
    first = Entry.objects.get(item=item)
    write(item, person("author.parks"), text="Other words.")
    published(item)
    ask = commands.ask_redaction(first, by=person("supervisor"), ground="A name.")
    commands.confirm_redaction(ask, by=person("webmaster"))
    write(item, person("author.parks"), text="Some text.")
    assert refused(submitted, item) == "document-redacted"


def test_nobody_is_sent_to_what_is_withdrawn_itself() -> None:
    item, other = published(), leaflet()
    ask = {"by": person("author.parks"), "reason": "It is over."}
    for instead in (item, other, urgent().item):
        assert refused(commands.ask_withdrawal, item, **ask, instead=instead) == "instead"


def test_nor_by_a_champion_in_a_hurry() -> None:
    item, gone = urgent().item, urgent().item
    commands.withdraw_urgent(gone, by=person("champion"), reason="It is over.")
    for instead in (item, gone, leaflet()):
        code = refused(
            commands.withdraw_urgent, item, by=person("champion"), reason="It is over.", instead=instead
        )
        assert code == "instead"
    assert Current.objects.get(pk=item.pk).status == "published"


@pytest.mark.parametrize("name", ["editor.parks", "webmaster"])
def test_a_person_who_left_decides_nothing(name: str) -> None:
    waiting = submitted() if name == "editor.parks" else at_webmaster()
    user = person(name)
    user.is_active = False
    user.save()
    assert refused(commands.approve, waiting, by=user, seen=waiting.sha).startswith("not-a")


def test_the_document_of_a_draft_link_that_is_no_uuid() -> None:
    item = leaflet(text='<p><a href="item:------------------------------------">x</a></p>')
    published(item)
    assert documents.references(log.published_document(item) or {}) == []
