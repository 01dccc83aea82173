"""What people type to teach the search. How it goes together is the commands' to say, in sentences."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.widgets import AdminAutoHeightTextInput, AdminDateInput

from cms.core import clock
from cms.core.errors import Refusal
from search.languages import family

from .commands.synonyms import REVIEW_AFTER
from .models import Bet, StopPhrase, Synonyms
from .rules import split
from .vocabulary import BetKind, Direction, languages

LANGUAGE_HELP = _("Whose questions it is for.")


class TaughtForm(WagtailAdminModelForm):
    """`fields_of` leads from the first word of a refusal's code to the field that it is about."""

    language = forms.ChoiceField(label=_("Language"), help_text=LANGUAGE_HELP)
    fields_of: dict[str, str] = {"language": "language", "note": "note"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = languages()
        if self.instance.language:
            choices.setdefault(self.instance.language, self.instance.language)
        self.fields["language"].choices = list(choices.items())
        self.fields["language"].initial = family(settings.LANGUAGE_CODE)
        for name, field in self.fields.items():
            if not field.widget.use_fieldset:  # Wagtail's own description leaves the error out
                described = f"id_{name}-errors" + f" id_{name}-helptext" * bool(field.help_text)
                field.widget.attrs["aria-describedby"] = described

    def show(self, refusal: Refusal) -> None:
        """Put a refusal beside the field that it is about."""
        field = self.fields_of.get(refusal.code.partition("-")[0])
        self.add_error(field if field in self.fields else None, refusal.sentence)

    def _get_validation_exclusions(self) -> set[str]:
        return {field.name for field in self._meta.model._meta.get_fields()}


class ReviewedForm(TaughtForm):
    """Of what somebody looks at again."""

    review_on = forms.DateField(
        label=_("Review date"),
        widget=AdminDateInput,
        help_text=_("Somebody looks at it again then. For example a year from now."),
        error_messages={"required": _("Choose the day when somebody looks at it again.")},
    )
    fields_of = {**TaughtForm.fields_of, "review": "review_on"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["review_on"].initial = clock.today() + REVIEW_AFTER


class SynonymsForm(ReviewedForm):
    words = forms.CharField(
        label=_("What people type"),
        widget=AdminAutoHeightTextInput,
        help_text=_("Words or phrases with commas between, or one on each line. For example: bin, dustbin"),
        error_messages={"required": _("Write at least one word that people type.")},
    )
    direction = forms.ChoiceField(
        label=_("Direction"),
        widget=forms.RadioSelect,
        initial=Direction.ONE_WAY,
        choices=[
            (Direction.ONE_WAY, _("One way: who types the words above finds what says the words below too")),
            (Direction.BOTH_WAYS, _("Both ways: all of these words stand for each other")),
        ],
    )
    means = forms.CharField(
        label=_("What is looked for as well"),
        required=False,
        widget=AdminAutoHeightTextInput,
        help_text=_(
            "What your texts say instead. For example: residual waste container. "
            "For both ways, all the words may stand in the field above."
        ),
    )
    fields_of = {**ReviewedForm.fields_of, "words": "words", "taught": "words", "meaning": "means"}

    class Meta:
        model = Synonyms
        fields = ["words", "direction", "means", "language", "review_on", "note"]

    def clean_words(self) -> str:
        return ", ".join(split(self.cleaned_data["words"]))

    def clean_means(self) -> str:
        return ", ".join(split(self.cleaned_data["means"]))


class BetForm(TaughtForm):
    query = forms.CharField(
        label=_("What people type"),
        help_text=_("The whole question, in any form of its words. For example: blue badge"),
        error_messages={"required": _("Write what people type.")},
    )
    kind = forms.ChoiceField(
        label=_("What happens"),
        widget=forms.RadioSelect,
        initial=BetKind.BEST,
        choices=[
            (BetKind.BEST, _("Best bet: the item comes first")),
            (BetKind.WORST, _("Worst bet: the item never comes up")),
        ],
    )
    position = forms.IntegerField(
        label=_("Place"),
        initial=1,
        min_value=1,
        max_value=10,
        help_text=_("Where several best bets stand on the same words: 1 is on top."),
    )
    last_day = forms.DateField(
        label=_("Last day"),
        widget=AdminDateInput,
        help_text=_("This day still counts. For example the last day of the campaign."),
        error_messages={"required": _("Choose the bet's last day.")},
    )
    fields_of = {
        **TaughtForm.fields_of,
        "query": "query",
        "bet": "query",
        "position": "position",
        "last": "last_day",
    }

    class Meta:
        model = Bet
        fields = ["query", "kind", "position", "language", "last_day", "note"]


class StopPhraseForm(ReviewedForm):
    phrase = forms.CharField(
        label=_("Phrase"),
        help_text=_("Never suggested while people type, in any form of its words. They can still ask it."),
        error_messages={"required": _("Write what people type.")},
    )
    fields_of = {**ReviewedForm.fields_of, "query": "phrase", "stopped": "phrase"}

    class Meta:
        model = StopPhrase
        fields = ["phrase", "language", "review_on", "note"]
