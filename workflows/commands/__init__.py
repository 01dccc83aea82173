"""Every write of the workflow: one function, one deed, atomic, audited."""

from __future__ import annotations

from .debts import chase, end_debt
from .placement import move, transfer
from .redactions import ask_redaction, confirm_redaction
from .submissions import (
    approve,
    ask_withdrawal,
    compose_again,
    note_unknown_writer,
    send_back,
    submit,
    take_back,
)
from .urgent import publish_emergency, publish_urgent, withdraw_urgent

__all__ = [
    "approve",
    "ask_redaction",
    "ask_withdrawal",
    "chase",
    "compose_again",
    "confirm_redaction",
    "end_debt",
    "move",
    "note_unknown_writer",
    "publish_emergency",
    "publish_urgent",
    "send_back",
    "submit",
    "take_back",
    "transfer",
    "withdraw_urgent",
]
