"""Every entry of an item, with the people behind it: for those who write and review, nobody else."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy

from cms.organisation.queries import names, person
from cms.publications import queries as log
from cms.publications import registry
from cms.publications.models import Current, Entry
from cms.publications.vocabulary import Audience
from workflows import cautions, queries, rules
from workflows.access import item_for
from workflows.drafts import open_submission

from .screen import Screen


class HistoryScreen(Screen):
    template_name = "workflows/screens/history.html"
    page_title = gettext_lazy("Publication history")
    header_icon = "history"
    http_method_names = ["get", "options"]

    def find(self) -> None:
        user: Any = self.request.user
        self.item = item_for(user, self.kwargs["item_id"])

    def get_page_subtitle(self) -> str:
        return cautions.title_of(str(self.item.pk))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        entries = list(log.history(self.item.pk, Audience.STAFF))
        people = names({pk for entry in entries for pk in entry.people})
        state, someone = queries.item_state(self.item), person(user)
        return super().get_context_data(
            item=self.item,
            row=Current.objects.filter(pk=self.item.pk).first(),
            entries=[_line(entry, people) for entry in entries],
            edit_url=registry.kind(self.item.kind).edit_url(self.item),
            waits=open_submission(self.item.pk),
            moves=rules.why_not_place(someone, state, reason="-") is None,
            withdraws=rules.why_not_withdraw(someone, state, reason="-") is None,
            kind_label=registry.kind(self.item.kind).label,
            **kwargs,
        )


def _line(entry: Entry, people: dict[int, str]) -> dict[str, Any]:
    return {
        "entry": entry,
        "reason": entry.payload.get("reason", ""),
        "people": [people[pk] for pk in entry.people if pk in people],
    }
