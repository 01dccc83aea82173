"""What is due stands on the first screen of those who teach; empty lists say what they are for."""

from __future__ import annotations

from django.urls import reverse

from search.wordbook.models import Bet, StopPhrase, Synonyms
from tests.search import publishing

from .teaching import bet, in_days, stopped, taught
from .test_screens import at, see


def test_what_is_due_stands_on_the_first_screen_of_those_who_teach() -> None:
    rule, stop, page = taught("bin → container"), stopped("how to die"), publishing.service("Bins")
    running, over = bet("bins", page, last_day=in_days(30)), bet("tips", page)
    assert "What the search was taught" not in see("webmaster", "wagtailadmin_home")
    Synonyms.objects.filter(pk=rule.pk).update(review_on=in_days(0))
    StopPhrase.objects.filter(pk=stop.pk).update(review_on=in_days(-1))
    Bet.objects.filter(pk=running.pk).update(last_day=in_days(7))
    Bet.objects.filter(pk=over.pk).update(last_day=in_days(-1))
    for name in ("webmaster", "champion"):
        home = see(name, "wagtailadmin_home")
        for address, sentence in (
            ("synonyms/?review=due", "1 rule of synonyms is due for review"),
            ("stop-phrases/?review=due", "1 stop phrase is due for review"),
            ("bets/?state=ending", "1 bet ends within a week"),
            ("bets/?state=over", "1 bet is over: renew or remove it"),
        ):
            assert f'<a href="/admin/search/{address}">{sentence}</a>' in home
    answer = at("webmaster").get(reverse("search_bets:index_results") + "?state=ending")
    assert list(answer.context["object_list"]) == [running]
    for name in ("editor.parks", "admin"):
        assert "What the search was taught" not in see(name, "wagtailadmin_home")


def test_an_empty_list_says_what_would_be_here() -> None:
    for kind, sentence, label in (
        ("synonyms", "Citizens say “bin”, your texts say “residual waste container”", "Teach synonyms"),
        ("bets", "Where the right answer doesn&#x27;t come first", "Place a bet"),
        ("stop_phrases", "Phrases that the search must not suggest", "Stop a phrase"),
    ):
        page = see("webmaster", f"search_{kind}:index")
        assert sentence in page and f'class="button button-secondary">{label}</a>' in page
        assert "Nothing here has these words." in see("webmaster", f"search_{kind}:index", tail="?q=zebra")
    assert "Whatever is taught, changed or removed would be here" in see("webmaster", "search_changes:index")
