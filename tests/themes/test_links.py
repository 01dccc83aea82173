from __future__ import annotations

import pytest

from cms.publications.readings import Target
from themes.links import email_url, file_url, phone_url, resolved, safe_url

HERE = "11111111-1111-4111-8111-111111111111"
GONE = "22222222-2222-4222-8222-222222222222"


def target(path: str | None) -> Target:
    return Target(id=HERE, kind="service", audience="public", title="T", summary="", path=path, sha="")


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        (f'<p>See <a href="item:{HERE}">the permit</a>.</p>', '<p>See <a href="/parking/permit/">the permit</a>.</p>'),
        (f'<a href="item:{HERE.upper()}">x</a>', '<a href="/parking/permit/">x</a>'),
        (f'<a href="item:{GONE}">gone</a>', "gone"),
        (f'<a href="item:{GONE}"><strong>gone</strong></a> <a href="item:{HERE}">x</a>',
         '<strong>gone</strong> <a href="/parking/permit/">x</a>'),
        (f'<a href="item:{HERE}" title="a > b">x</a>', '<a href="/parking/permit/" title="a > b">x</a>'),
        (f'<a title="t" href="item:{GONE}">x</a>', "x"),
        ('<a href="https://a.example/">x</a>', '<a href="https://a.example/">x</a>'),
        ("no link", "no link"),
    ],
)  # fmt: skip
def test_links_to_items(html: str, shown: str) -> None:
    assert resolved(html, {HERE: target("/parking/permit/")}) == shown


def test_what_has_no_address_is_plain_text() -> None:
    assert resolved(f'<a href="item:{HERE}">the line</a>', {HERE: target(None)}) == "the line"


@pytest.mark.parametrize(
    ("address", "safe"),
    [
        ("https://my.marhaven.example/x?a=1", True),
        ("http://a.example", True),
        ("mailto:a@b.example", True),
        ("/files/x", True),
        ("javascript:alert(1)", False),
        ("JaVaScRiPt:alert(1)", False),
        ("java\tscript:alert(1)", False),
        (" \x01javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("vbscript:x", False),
        ("//evil.example", False),
        ("/\\evil.example", False),
        ("http://[", False),
        ("", False),
    ],
)
def test_where_a_reader_may_be_sent(address: str, safe: bool) -> None:
    assert bool(safe_url(address)) is safe


def test_numbers_mailboxes_and_files() -> None:
    assert phone_url("01632 960 100") == "tel:01632960100"
    assert phone_url("none") == ""
    assert email_url("a+b@c.example") == "mailto:a+b@c.example"
    assert email_url("a@c.example?bcc=x@y.example") == ""
    assert file_url("ab", 'a"b/../c.pdf') == "/files/ab/a%22b%2F..%2Fc.pdf"
