"""What can be taught, and why not. Pure: `taught` and the like are handed in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from cms.core.canonical import canonical_json, sha256
from cms.core.errors import Refusal
from cms.organisation.rules import Person
from search import analysis
from search.wording import Terms

MOST_PHRASES = 60  # on one side of a rule
MOST_QUERY = 200  # characters of a bet's question or a stop phrase
MOST_NOTE = 300

Pair = tuple[Terms, Terms]


@dataclass(frozen=True)
class Rule:
    """Synonyms as people write them. One way: whoever types one of `words` finds each of `means` too.
    Both ways: all of `words` stand for each other, and `means` is empty."""

    language: str
    words: tuple[str, ...]
    means: tuple[str, ...] = ()
    both_ways: bool = False


def split(text: str) -> tuple[str, ...]:
    """The phrases of a text with commas or line ends between them, each once."""
    found: dict[str, str] = {}
    for phrase in (" ".join(part.split()) for part in text.replace("\n", ",").split(",")):
        if phrase:
            found.setdefault(phrase.casefold(), phrase)
    return tuple(found.values())


def digest(rule: Rule) -> str:
    """The same for rules that differ in the order and the capitals of their words alone."""
    sides = [sorted(phrase.casefold() for phrase in side) for side in (rule.words, rule.means)]
    return sha256(canonical_json([rule.language, rule.both_ways, *sides]))


def said(rule: Rule) -> str:
    """`bin, dustbin → waste container`; both ways `car ↔ vehicle`."""
    if rule.both_ways:
        return " ↔ ".join(rule.words)
    return f"{', '.join(rule.words)} → {', '.join(rule.means)}"


def terms(phrase: str, language: str) -> Terms:
    """What a phrase is looked for by; empty for one of signs alone."""
    return tuple(term.whole for _start, _end, term in analysis.scan(phrase, language))


def pairs(rule: Rule) -> Iterator[Pair]:
    """What may stand for what, in the rule's order, without what stands for itself."""
    means = rule.words if rule.both_ways else rule.means
    found = {
        (word, meaning): None
        for word in (terms(phrase, rule.language) for phrase in rule.words)
        for meaning in (terms(phrase, rule.language) for phrase in means)
        if word and meaning and word != meaning
    }
    yield from found


def why_not_teach(person: Person) -> Refusal | None:
    """The words of the search are for those who answer for all of the texts."""
    if person.is_webmaster or person.is_champion:
        return None
    return Refusal(
        "teaching-right-missing",
        _("Only webmasters and knowledge-base champions teach the search. Tell one of them what is missing."),
        403,
    )


def why_not_language(language: str, known: Mapping[str, str]) -> Refusal | None:
    if language in known:
        return None
    return Refusal(
        "language-unknown",
        _("“%(language)s” is no language of this search. It knows: %(known)s.")
        % {"language": language, "known": ", ".join(known)},
        422,
    )


def why_not_rule(rule: Rule, taught: Mapping[Pair, str]) -> Refusal | None:
    """`taught`: what may stand for what already, and by which rule, in words."""
    return why_not_words(rule) or why_not_meaning(rule) or _why_not_again(rule, taught)


def why_not_words(rule: Rule) -> Refusal | None:
    """What is wrong with a phrase by itself."""
    if not rule.words:
        return Refusal("words-missing", _("Write at least one word that people type."), 422)
    if not rule.both_ways and not rule.means:
        return Refusal("meaning-missing", _("Write at least one word that is looked for as well."), 422)
    if max(len(rule.words), len(rule.means)) > MOST_PHRASES:
        sentence = _("A rule has at most %(most)d phrases on each side. Make two of it.")
        return Refusal("words-too-many", sentence % {"most": MOST_PHRASES}, 422)
    for side, phrases in (("words", rule.words), ("meaning", rule.means)):
        for phrase in phrases:
            length = len(terms(phrase, rule.language))
            if not length:
                sentence = _("“%(phrase)s” has no letters or digits, so that nothing is found by it.")
                return Refusal(f"{side}-without-letters", sentence % {"phrase": phrase}, 422)
            if length > analysis.MAX_WORDS:
                sentence = _("“%(phrase)s” is too long: the search looks at %(most)d words.")
                told = {"phrase": phrase, "most": analysis.MAX_WORDS}
                return Refusal(f"{side}-too-long", sentence % told, 422)
    return None


def why_not_meaning(rule: Rule) -> Refusal | None:
    """A word doesn't mean itself; nor do forms of it, which the search takes for the same."""
    if rule.both_ways:
        if len({terms(phrase, rule.language) for phrase in rule.words}) > 1:
            return None
        if len(rule.words) == 1:
            sentence = _("Both ways needs at least two words that stand for each other.")
            return Refusal("words-alone", sentence, 422)
        sentence = _("To the search, “%(one)s” and “%(other)s” are the same word already.")
        return Refusal(
            "words-mean-themselves", sentence % {"one": rule.words[0], "other": rule.words[1]}, 422
        )
    same = [
        (word, meaning)
        for word in rule.words
        for meaning in rule.means
        if terms(word, rule.language) == terms(meaning, rule.language)
    ]
    if not same:
        return None
    word, meaning = next(((w, m) for w, m in same if w.casefold() != m.casefold()), same[0])
    if word.casefold() == meaning.casefold():
        sentence = _("“%(word)s” can't mean itself. What people type is looked for in any case.")
    else:
        sentence = _("To the search, “%(word)s” and “%(meaning)s” are the same word already.")
    return Refusal("meaning-is-the-word", sentence % {"word": word, "meaning": meaning}, 422)


def _why_not_again(rule: Rule, taught: Mapping[Pair, str]) -> Refusal | None:
    found = [taught.get(pair) for pair in pairs(rule)]
    if None in found:
        return None
    return Refusal(
        "taught-already",
        _("This is taught already: %(rules)s.")
        % {"rules": "; ".join(dict.fromkeys(name for name in found if name))},
    )


def why_not_review(review_on: date | None, today: date) -> Refusal | None:
    if review_on is None or review_on <= today:
        return Refusal("review-date", _("Choose the day, after today, when somebody looks at it again."), 422)
    return None


def why_not_phrase(phrase: str, language: str) -> Refusal | None:
    """A bet's question, or a stop phrase."""
    if not phrase:
        return Refusal("query-missing", _("Write what people type."), 422)
    if len(phrase) > MOST_QUERY:
        sentence = _("It can have %(most)d characters at most.")
        return Refusal("query-too-long", sentence % {"most": MOST_QUERY}, 422)
    if not terms(phrase, language):
        sentence = _("“%(phrase)s” has no letters or digits, so that nothing is found by it.")
        return Refusal("query-without-letters", sentence % {"phrase": phrase}, 422)
    return None


def why_not_bet(
    *, published: bool, position: int, last_day: date | None, today: date, standing: str | None
) -> Refusal | None:
    """`standing`: the bet on the same item for the same question, in words."""
    if not published:
        return Refusal(
            "item-not-published",
            _("This item isn't published, so that nobody could find it. Choose one that is."),
            422,
        )
    if last_day is None or last_day < today:
        return Refusal("last-day", _("Choose its last day: today or later."), 422)
    if not 1 <= position <= 10:
        return Refusal("position", _("Choose a place from 1 to 10."), 422)
    if standing is not None:
        return Refusal(
            "bet-already",
            _("There is a bet on this item for these words already: %(bet)s. Change that one.")
            % {"bet": standing},
        )
    return None


def why_not_stop(standing: str | None) -> Refusal | None:
    """`standing`: the phrase that stops the same already."""
    if standing is None:
        return None
    return Refusal("stopped-already", _("“%(phrase)s” is a stop phrase already.") % {"phrase": standing})


def why_not_note(note: str) -> Refusal | None:
    if len(note) <= MOST_NOTE:
        return None
    sentence = _("A note has %(most)d characters at most.")
    return Refusal("note-too-long", sentence % {"most": MOST_NOTE}, 422)
