"""What comes out clean, whatever goes in."""

from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.core.sanitise import clean_html, markdown_html, plain_text

ATTACKS = [
    "<script>alert(1)</script>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<img src=x onerror=alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href='jAvAsCrIpT&colon;alert(1)'>x</a>",
    "<a href='data:text/html;base64,PHNjcmlwdD4='>x</a>",
    "<svg><script>alert(1)</script></svg>",
    "<math><mi//xlink:href='data:x,<script>alert(4)</script>'>",
    "<style>@import 'x'</style>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<p style='background:url(x)' onclick='alert(1)'>x</p>",
    "<form action='https://evil.example'><input name=q></form>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<!--><img src=x onerror=alert(1)>-->",
    "[x](javascript:alert(1))",
    "![x](https://evil.example/pixel.png)",
    '<https://ok.example/"onmouseover=alert(1)>',
    "\x00<script\x00>alert(1)</script>",
]
BAD = re.compile(
    r"<\s*(script|style|iframe|svg|math|form|input|img|object|embed|noscript)|"
    r"<[^>]*\son\w+\s*=",
    re.IGNORECASE,
)
HREF = re.compile(r"href=\"([^\"]*)\"")


def is_code(html: str) -> bool:
    """Whether a browser could run anything in it."""
    schemes = {
        re.sub(r"[\x00-\x20]", "", unescape(href)).partition(":")[0].lower()
        for href in HREF.findall(html)
        if ":" in unescape(href)
    }
    return bool(BAD.search(html)) or bool(schemes & {"javascript", "data", "vbscript"})


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("clean", [clean_html, markdown_html])
def test_attacks_come_out_clean(attack: str, clean: object) -> None:
    html = clean(attack)  # type: ignore[operator]
    assert not is_code(html), html


@given(st.text(alphabet="<>/\"'=:& scriptonhrefavj\n[]()!`*", max_size=120))
def test_nothing_that_anybody_types_becomes_code(text: str) -> None:
    for html in (clean_html(text), markdown_html(text)):
        assert not is_code(html), html


@given(st.text(max_size=200))
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    once = clean_html(text)
    assert clean_html(once) == once


def test_what_people_need_is_kept() -> None:
    html = markdown_html(
        "# Fees\n\n- **£25** for [adults](https://x.example/a)\n\n| a | b |\n|--|--|\n| 1 | 2 |"
    )
    for kept in ("<h3>Fees</h3>", "<li>", "<strong>£25</strong>", 'href="https://x.example/a"', "<td>1</td>"):
        assert kept in html


def test_the_words_alone() -> None:
    assert plain_text("<p>One &amp; two</p><ul><li>three</li><li>four</li></ul>") == "One & two\nthree\nfour"
