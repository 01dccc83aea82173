"""What analysis knows about each language. A language that stands in no table is searched unstemmed."""

from __future__ import annotations

# Snowball's name of each language's stemmer.
STEMMERS = {"en": "english"}

# Words that ask for nothing by themselves. They are indexed all the same; a question that has other
# words is asked without them.
STOP_WORDS = {
    "en": frozenset(
        """
        a about am an and any are as at be been by can could did do does for from get had has have how
        i if im in into is it its ive me my need of on or our please should so some than that the their
        them then there these they this those to us want was we were what whats when where which who
        whom why with would you your
        """.split()
    )
}


def primary(language: str) -> str:
    """`en-gb` → `en`."""
    return language.replace("_", "-").partition("-")[0].lower()
