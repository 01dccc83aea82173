"""What changed, as reviewers and agents read it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from cms.organisation.models import Department
from cms.publications import differences, documents
from cms.publications.models import Item

OLD = '<p>Apply on <a href="https://forms.marhaven.example/permit">our form</a>.</p>'
ITEM = '<a href="item:00000000-0000-0000-0000-00000000000%d">our form</a>'


def document(purpose: str) -> dict[str, Any]:
    department = Department(code="parks")
    item = Item(pk=UUID(int=1), kind="service", audience="public", department=department)
    return documents.envelope(item, title="A permit", body={"purpose": purpose})


def changed(old: str, new: str) -> str:
    """The difference on one line: what went between minus signs, what came between plus signs."""
    texts = differences.difference(document(old), document(new))["texts"]
    return "".join(
        words if sign == "=" else f"{sign}{words}{sign}" for text in texts for sign, words in text["words"]
    )


def test_where_a_link_leads_is_not_changed_unseen() -> None:
    other = OLD.replace("forms.marhaven", "collect.elsewhere")
    address = "https://-forms-+collect+.-marhaven-+elsewhere+.example/permit"
    assert changed(OLD, other) == f"Apply on our form ({address})."


def test_an_address_that_is_its_own_text_stands_once() -> None:
    old = '<a href="mailto:parks@marhaven.example">parks@marhaven.example</a> <a href="tel:1">1</a>'
    assert changed("", old) == "+parks@marhaven.example 1+"


def test_links_to_items_are_left_to_the_references() -> None:
    assert changed(ITEM % 2, ITEM % 3) == ""


def test_the_search_index_holds_no_addresses() -> None:
    assert differences.field_texts(document(OLD))["purpose"] == "Apply on our form."
