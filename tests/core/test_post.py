"""The post, over the real protocol."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message

from cms.core import clock, post
from cms.core.models import Letter


class Mailbox(Message):
    def __init__(self) -> None:
        super().__init__()
        self.letters: list[tuple[str, str]] = []

    def handle_message(self, message: object) -> None:
        self.letters.append((message["To"], message["Subject"]))  # type: ignore[index]


@pytest.fixture
def mailbox(settings: object) -> Iterator[Mailbox]:
    box = Mailbox()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"  # type: ignore[attr-defined]
    settings.EMAIL_HOST = "127.0.0.1"  # type: ignore[attr-defined]
    settings.EMAIL_PORT = port  # type: ignore[attr-defined]
    yield box
    controller.stop()


@pytest.mark.django_db
def test_letters_are_sent_once_over_smtp(mailbox: Mailbox) -> None:
    post.write("editor@marhaven.example", "Waits for you:\nTrolleys", "Open it.")
    post.write("", "Nobody", "has no address")
    assert post.send_waiting() == (1, 0)
    assert post.send_waiting() == (0, 0)
    assert mailbox.letters == [("editor@marhaven.example", "Waits for you: Trolleys")]


@pytest.mark.django_db
def test_a_letter_waits_while_the_post_is_down(settings: object) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"  # type: ignore[attr-defined]
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1  # type: ignore[attr-defined]
    post.write("editor@marhaven.example", "Waits", "Open it.")
    assert post.send_waiting() == (0, 1)
    letter = Letter.objects.get()
    assert letter.sent_at is None and letter.attempts == 1 and letter.error
    assert post.send_waiting() == (0, 0), "it is not tried again at once"


@pytest.mark.django_db
def test_a_letter_that_fails_for_weeks_holds_up_no_other(mailbox: Mailbox) -> None:
    post.write("no address at all\N{SNOWMAN}@@", "Waits", "Open it.")
    post.write("editor@marhaven.example", "Waits", "Open it.")
    Letter.objects.filter(to__startswith="no address").update(attempts=1_000)
    assert post.send_waiting() == (1, 1)
    assert mailbox.letters == [("editor@marhaven.example", "Waits")]
    late = Letter.objects.get(sent_at=None)
    assert late.error and late.next_attempt_at - clock.now() <= post.LONGEST_WAIT
