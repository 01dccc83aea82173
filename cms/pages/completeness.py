"""What a document lacks before reviewers should spend time on it, in sentences."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from cms.core import clock
from cms.core.sanitise import plain_text

Doc = dict[str, Any]


def home(document: Doc) -> list[str]:
    return _named(document) + _said(
        (document["body"]["welcome"], _("Write the welcome above the search field."))
    )


def topic(document: Doc) -> list[str]:
    return _named(document) + _addressed(document) + _summed_up(document)


def life_event(document: Doc) -> list[str]:
    return (
        _named(document)
        + _addressed(document)
        + _summed_up(document)
        + _said((plain_text(document["body"]["intro"]), _("Write the introduction.")))
    )


def department(document: Doc) -> list[str]:
    return (
        _named(document)
        + _addressed(document)
        + _summed_up(document)
        + _said((plain_text(document["body"]["intro"]), _("Say what the department does.")))
    )


def service(document: Doc) -> list[str]:
    body, kinds = document["body"], {fact["kind"] for fact in document["facts"]}
    review = date.fromisoformat(document["review_on"]) if document["review_on"] else None
    return (
        _named(document)
        + _addressed(document)
        + _summed_up(document)
        + _said(
            (plain_text(body["purpose"]), _("Say what it is for.")),
            (plain_text(body["who_for"]) or "eligibility" in kinds, _("Say who can use it.")),
            (kinds & {"fee"}, _("Give at least one fee. If it costs nothing, give 0.")),
            (kinds & {"processing_time"}, _("Say how long it takes.")),
            (body["steps"] or body["tasks"], _("Give at least one step, or a link where it is done.")),
            (body["channels"], _("Give at least one channel by which people can reach you.")),
            (document["handling_class"], _("Choose who answers (A, B or C).")),
            (review, _("Give the date on which somebody reads it again.")),
        )
        + _review_to_come(review)
        + [problem for channel in body["channels"] for problem in _reachable(channel)]
    )


def place(document: Doc) -> list[str]:
    kinds = {fact["kind"] for fact in document["facts"]}
    photo = document["body"]["photo"]
    return (
        _named(document)
        + _addressed(document)
        + _said(
            ("address" in kinds, _("Give the street and the town.")),
            ("hours" in kinds, _("Give the opening hours.")),
            (not photo or photo["alt"], _("Say what the photo shows, for people who can't see it.")),
        )
        + _weeks(document)
    )


def contact_point(document: Doc) -> list[str]:
    kinds = {fact["kind"] for fact in document["facts"]}
    return (
        _named(document)
        + _said((kinds & {"phone", "email"}, _("Give a phone number or an e-mail address.")))
        + _weeks(document)
    )


def notice(document: Doc) -> list[str]:
    until = document["expires_at"]
    return _named(document) + _said(
        (plain_text(document["body"]["text"]), _("Say what it means for people.")),
        (
            until is None or until > clock.now().isoformat(),
            _("The time until which it is shown has passed. Give a later one."),
        ),
    )


def _named(document: Doc) -> list[str]:
    return _said((document["title"], _("Give it a name.")))


def _addressed(document: Doc) -> list[str]:
    return _said((document["slug"], _("Give the last part of its address.")))


def _summed_up(document: Doc) -> list[str]:
    return _said((document["summary"], _("Say it in one sentence (the summary).")))


def _review_to_come(review: date | None) -> list[str]:
    if review is not None and review <= clock.today():
        return [_("The review date has passed. Give a later one.")]
    return []


def _reachable(channel: Doc) -> list[str]:
    """A channel leads somewhere: by its own address, or by a place or contact point."""
    if channel["address"] or channel["place"] or channel["contact_point"]:
        return []
    return [
        _("The channel “%(name)s” leads nowhere. Give its address, a place or a contact point.")
        % {"name": channel["label"] or channel["kind"]}
    ]


def _weeks(document: Doc) -> list[str]:
    return [
        _("“%(name)s” has no hours on any day.") % {"name": fact["label"]}
        for fact in document["facts"]
        if fact["kind"] == "hours" and not fact["days"]
    ]


def _said(*wanted: tuple[Any, str]) -> list[str]:
    return [sentence for present, sentence in wanted if not present]
