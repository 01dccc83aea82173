"""What a document lacks before reviewers should spend time on it, in sentences."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from cms.core import clock
from cms.core.sanitise import plain_text
from cms.publications.gaps import Gap

Doc = dict[str, Any]


def home(document: Doc) -> list[Gap]:
    return _named(document) + _said(
        (document["body"]["welcome"], _("Write the welcome above the search field."), "welcome")
    )


def topic(document: Doc) -> list[Gap]:
    return _named(document) + _addressed(document) + _summed_up(document)


def life_event(document: Doc) -> list[Gap]:
    return (
        _named(document)
        + _addressed(document)
        + _summed_up(document)
        + _said((plain_text(document["body"]["intro"]), _("Write the introduction."), "intro"))
    )


def department(document: Doc) -> list[Gap]:
    return (
        _named(document)
        + _addressed(document)
        + _summed_up(document)
        + _said((plain_text(document["body"]["intro"]), _("Say what the department does."), "intro"))
    )


def service(document: Doc) -> list[Gap]:
    body, kinds = document["body"], {fact["kind"] for fact in document["facts"]}
    review = date.fromisoformat(document["review_on"]) if document["review_on"] else None
    return (
        _named(document)
        + _addressed(document)
        + _summed_up(document)
        + _said(
            (plain_text(body["purpose"]), _("Say what it is for."), "purpose"),
            (plain_text(body["who_for"]) or "eligibility" in kinds, _("Say who can use it."), "who_for"),
            (kinds & {"fee"}, _("Give at least one fee. If it costs nothing, give 0."), "fees"),
            (kinds & {"processing_time"}, _("Say how long it takes."), "processing_times"),
            (
                body["steps"] or body["tasks"],
                _("Give at least one step, or a link where it is done."),
                "steps",
            ),
            (body["channels"], _("Give at least one channel by which people can reach you."), "channels"),
            (document["handling_class"], _("Choose who answers (A, B or C)."), "handling_class"),
            (review, _("Give the date on which somebody reads it again."), "review_on"),
        )
        + _review_to_come(review)
        + [problem for channel in body["channels"] for problem in _reachable(channel)]
    )


def place(document: Doc) -> list[Gap]:
    kinds = {fact["kind"] for fact in document["facts"]}
    photo = document["body"]["photo"]
    return (
        _named(document)
        + _addressed(document)
        + _said(
            ("address" in kinds, _("Give the street and the town."), "street"),
            ("hours" in kinds, _("Give the opening hours."), "hours"),
            (
                not photo or photo["alt"],
                _("Say what the photo shows, for people who can't see it."),
                "photo_alt",
            ),
        )
        + _weeks(document)
    )


def contact_point(document: Doc) -> list[Gap]:
    kinds = {fact["kind"] for fact in document["facts"]}
    return (
        _named(document)
        + _said((kinds & {"phone", "email"}, _("Give a phone number or an e-mail address."), "phone"))
        + _weeks(document)
    )


def notice(document: Doc) -> list[Gap]:
    until = document["expires_at"]
    return _named(document) + _said(
        (plain_text(document["body"]["text"]), _("Say what it means for people."), "text"),
        (
            until is None or until > clock.now().isoformat(),
            _("The time until which it is shown has passed. Give a later one."),
            "shown_until",
        ),
    )


def _named(document: Doc) -> list[Gap]:
    return _said((document["title"], _("Give it a name."), "title"))


def _addressed(document: Doc) -> list[Gap]:
    return _said((document["slug"], _("Give the last part of its address."), "slug"))


def _summed_up(document: Doc) -> list[Gap]:
    return _said((document["summary"], _("Say it in one sentence (the summary)."), "summary"))


def _review_to_come(review: date | None) -> list[Gap]:
    if review is not None and review <= clock.today():
        return [Gap(_("The review date has passed. Give a later one."), "review_on")]
    return []


def _reachable(channel: Doc) -> list[Gap]:
    """A channel leads somewhere: by its own address, or by a place or contact point."""
    if channel["address"] or channel["place"] or channel["contact_point"]:
        return []
    return [
        Gap(
            _("The channel “%(name)s” leads nowhere. Give its address, a place or a contact point.")
            % {"name": channel["label"] or channel["kind"]},
            "channels",
        )
    ]


def _weeks(document: Doc) -> list[Gap]:
    return [
        Gap(_("“%(name)s” has no hours on any day.") % {"name": fact["label"]}, "hours")
        for fact in document["facts"]
        if fact["kind"] == "hours" and not fact["days"]
    ]


def _said(*wanted: tuple[Any, str, str]) -> list[Gap]:
    return [Gap(sentence, field) for present, sentence, field in wanted if not present]
