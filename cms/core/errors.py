"""A refusal: one sentence that says why, and what to do. The same in the admin, the API and the log."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Refusal:
    """Why a deed was not done.

    `code` is for programs (kebab-case, stable); `sentence` is for people; `details` lists what is
    missing, one sentence each, where there is more than one thing to mend.
    """

    code: str
    sentence: str
    status: int = 409
    details: tuple[str, ...] = field(default=())

    def __str__(self) -> str:
        return self.sentence


class Refused(Exception):
    """Raised by commands in place of doing what a rule refuses. Nothing has been written."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.sentence)
        self.refusal = refusal


def refuse_if(refusal: Refusal | None) -> None:
    """Turn a rule's answer into an exception; `None` means that nothing stands in the way."""
    if refusal is not None:
        raise Refused(refusal)
