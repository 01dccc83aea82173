"""The post: letters are written with the deed they tell of, and sent later by the worker."""

from __future__ import annotations

import smtplib
from datetime import timedelta

from django.core.mail import EmailMessage, get_connection
from django.db.models import F

from . import clock
from .models import Letter

LEASE = timedelta(minutes=2)
LONGEST_WAIT = timedelta(hours=6)


def write(to: str, subject: str, body: str) -> None:
    """Leave a letter for the worker; it exists exactly when the open transaction commits.

    People without an address get none: what waits for them is on their first screen all the same.
    """
    if to:
        Letter.objects.create(to=to, subject=" ".join(subject.split())[:200], body=body)


def send_waiting(limit: int = 100) -> tuple[int, int]:
    """Send what waits, oldest first. Returns how many were sent, and how many will be tried again.

    Each letter is leased before it is sent, so that two workers don't send it twice; a worker that
    dies in between sends it again after the lease (at least once, not at most once).
    """
    sent = failed = 0
    now = clock.now()
    waiting = Letter.objects.filter(sent_at=None, next_attempt_at__lte=now)[:limit]
    connection = None
    for letter in waiting:
        leased = Letter.objects.filter(
            pk=letter.pk, sent_at=None, next_attempt_at=letter.next_attempt_at
        ).update(next_attempt_at=now + LEASE, attempts=F("attempts") + 1)
        if not leased:
            continue
        try:
            connection = connection or get_connection()
            EmailMessage(letter.subject, letter.body, to=[letter.to], connection=connection).send()
        except (OSError, smtplib.SMTPException, ValueError) as error:  # ValueError: an address that is none
            wait = min(LEASE * 2 ** min(letter.attempts, 8), LONGEST_WAIT)
            Letter.objects.filter(pk=letter.pk).update(
                next_attempt_at=clock.now() + wait, error=str(error)[:500]
            )
            failed += 1
        else:
            Letter.objects.filter(pk=letter.pk).update(sent_at=clock.now(), error="")
            sent += 1
    return sent, failed
