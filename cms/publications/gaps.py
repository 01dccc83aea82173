"""What a document lacks, in sentences that know which field of its form they ask for."""

from __future__ import annotations


class Gap(str):
    """A sentence; `field` is the name of the field or of the rows in the form, or empty."""

    field: str

    def __new__(cls, sentence: str, field: str = "") -> Gap:
        gap = super().__new__(cls, sentence)
        gap.field = field
        return gap


def place_in_form(sentence: str) -> str:
    """What to put behind the form's address, so that it opens where a gap is; Wagtail's own way."""
    field = sentence.field if isinstance(sentence, Gap) else ""
    return f"#:w:contentpath={field}" if field else ""
