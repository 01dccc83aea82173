"""Draft → document, one function for each kind. Composing twice gives the same bytes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from wagtail.images.exceptions import InvalidFilterSpecError
from wagtail.images.models import SourceImageIOError

from cms.core.errors import Refusal, Refused
from cms.publications.commands import pin
from cms.publications.documents import envelope

from .keys import settle_keys
from .models import (
    ContactPoint,
    DepartmentPage,
    DraftPage,
    Fact,
    HomePage,
    LifeEventPage,
    Notice,
    Place,
    ServicePage,
    TopicPage,
)
from .text import html_of

Doc = dict[str, Any]
# As large as any screen needs; the original stays with its writers.
PHOTO = "max-1600x1200"


def home(draft: HomePage) -> Doc:
    tasks = [_ref(row.service) for row in _rows(draft, "top_tasks") if row.service_id]
    return envelope(
        draft.item,
        title=draft.title,
        summary=draft.summary,
        language=_language(),
        slug="",
        body={"welcome": draft.welcome.strip(), "top_tasks": tasks},
    )


def topic(draft: TopicPage) -> Doc:
    return envelope(
        draft.item,
        title=draft.title,
        summary=draft.summary,
        language=_language(),
        slug=draft.slug,
        parent=_parent(draft),
        position=draft.position,
        body={"intro": html_of(draft.intro)},
    )


def life_event(draft: LifeEventPage) -> Doc:
    return envelope(
        draft.item,
        title=draft.title,
        summary=draft.summary,
        language=_language(),
        slug=draft.slug,
        position=draft.position,
        body={"intro": html_of(draft.intro), "first": html_of(draft.first)},
    )


def department(draft: DepartmentPage) -> Doc:
    return envelope(
        draft.item,
        title=draft.title,
        summary=draft.summary,
        language=_language(),
        slug=draft.slug,
        body={"intro": html_of(draft.intro), "code": draft.item.department.code},
    )


def service(draft: ServicePage) -> Doc:
    downloads = [_download(row) for row in _rows(draft, "downloads") if row.document_id]
    topics = [page for page in _in_order(draft.further_topics.all()) if page.item_id]
    events = [page for page in _in_order(draft.life_events.all()) if page.item_id]
    return envelope(
        draft.item,
        title=draft.title,
        summary=draft.summary,
        language=_language(),
        slug=draft.slug,
        parent=_parent(draft),
        topics=[_ref(page) for page in topics],
        life_events=[_ref(page) for page in events],
        tags=[tag.name for tag in draft.tags.all()],
        handling_class=draft.handling_class,
        review_on=draft.review_on,
        facts=[fact for relation in draft.fact_relations for fact in _facts(draft.facts_of(relation))],
        files=[_file(file) for file in downloads],
        body=_service_body(draft, downloads),
    )


def place(draft: Place) -> Doc:
    photo = _photo(draft)
    return envelope(
        draft.item,
        title=draft.title,
        summary=draft.summary,
        language=_language(),
        slug=draft.slug,
        facts=[
            *_address(draft),
            *_reached_by(draft),
            *_facts(draft.facts_of("hours")),
            *_facts(draft.facts_of("closures")),
        ],
        files=[_file(photo)] if photo else [],
        body={
            "getting_there": html_of(draft.getting_there),
            "accessibility": html_of(draft.accessibility),
            "photo": photo,
        },
    )


def contact_point(draft: ContactPoint) -> Doc:
    return envelope(
        draft.item,
        title=draft.title,
        summary=draft.summary,
        language=_language(),
        facts=[*_reached_by(draft), *_facts(draft.facts_of("hours"))],
        body={},
    )


def notice(draft: Notice) -> Doc:
    until = draft.shown_until
    return envelope(
        draft.item,
        title=draft.title,
        language=_language(),
        expires_at=until.astimezone(UTC) if until else None,
        body={"text": html_of(draft.text), "level": draft.level},
    )


def _service_body(draft: ServicePage, downloads: list[Doc]) -> Doc:
    return {
        "purpose": html_of(draft.purpose),
        "who_for": html_of(draft.who_for),
        "what_to_bring": html_of(draft.what_to_bring),
        "steps": [
            {
                "type": block.block_type,
                "title": block.value["title"].strip(),
                "text": html_of(block.value["text"].source if block.value["text"] else ""),
            }
            for block in draft.steps
        ],
        "channels": [
            {
                "kind": row.kind,
                "can_do": row.can_do,
                "label": row.label.strip(),
                "address": row.address.strip(),
                "place": _ref(row.place) if row.place_id else None,
                "contact_point": _ref(row.contact_point) if row.contact_point_id else None,
            }
            for row in _rows(draft, "channels")
        ],
        "tasks": [
            {"kind": row.kind, "label": row.label.strip(), "url": row.url, "state": row.state}
            for row in _rows(draft, "tasks")
        ],
        "related": [_ref(row.service) for row in _rows(draft, "related") if row.service_id],
        "downloads": downloads,
        "standard_codes": [
            {"list": row.list, "name": row.name, "code": row.code, "uri": row.uri}
            for row in _rows(draft, "standard_codes")
        ],
        "target_groups": list(draft.target_groups or []),
    }


def _facts(rows: list[Fact]) -> list[Doc]:
    """Rows as facts; those of one name under one key, however the draft was saved."""
    settle_keys(rows)
    return [
        {
            "key": str(row.key),
            "kind": row.kind,
            "valid_from": _iso(row.valid_from),
            "valid_to": _iso(row.valid_to),
            **{name: v.strip() if isinstance(v, str) else v for name, v in row.value().items()},
        }
        for row in rows
    ]


def _address(draft: Place) -> list[Doc]:
    if not (draft.street or draft.postcode or draft.town):
        return []
    parts = {"street": draft.street, "postcode": draft.postcode, "town": draft.town}
    return [_single("address", draft.address_key, **{name: part.strip() for name, part in parts.items()})]


def _reached_by(draft: Place | ContactPoint) -> list[Doc]:
    found = []
    if draft.phone:
        found.append(_single("phone", draft.phone_key, number=draft.phone.strip()))
    if draft.email:
        found.append(_single("email", draft.email_key, address=draft.email.strip()))
    return found


def _single(kind: str, key: Any, **value: str) -> Doc:
    """A fact that its item has once; its kind is its label."""
    return {"key": str(key), "kind": kind, "label": "", "valid_from": None, "valid_to": None, **value}


def _download(row: Any) -> Doc:
    try:
        with row.document.open_file() as file:
            data = file.read()
    except OSError as error:
        raise Refused(
            Refusal(
                "file-missing",
                _("The file “%(title)s” can't be read. Choose it again.") % {"title": row.document.title},
                422,
            )
        ) from error
    return {"title": row.title.strip() or row.document.title, **pin(row.document.filename, data)}


def _photo(draft: Place) -> Doc | None:
    if draft.photo is None:
        return None
    try:
        rendition = draft.photo.get_rendition(PHOTO)
        with rendition.file.open("rb") as file:
            data = file.read()
    except (OSError, SourceImageIOError, InvalidFilterSpecError) as error:
        raise Refused(
            Refusal("photo-missing", _("The photo can't be read. Choose another one."), 422)
        ) from error
    return {**pin(rendition.file.name.rsplit("/", 1)[-1], data), "alt": draft.photo_alt.strip()}


def _file(described: Doc) -> Doc:
    return {name: described[name] for name in ("sha256", "name", "content_type", "size")}


def _rows(draft: Any, relation: str) -> list[Any]:
    """The rows of a draft in their order, saved or not."""
    return sorted(getattr(draft, relation).get_object_list(), key=lambda row: row.sort_order or 0)


def _in_order(pages: Iterable[Any]) -> list[Any]:
    return sorted(pages, key=lambda page: page.pk)


def _parent(draft: DraftPage) -> str | None:
    above = draft.get_parent()
    item = getattr(above.specific, "item_id", None) if above else None
    return str(item) if item else None


def _ref(draft: Any) -> Doc:
    return {"item": str(draft.item_id)}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _language() -> str:
    return settings.LANGUAGE_CODE.split("-")[0]
