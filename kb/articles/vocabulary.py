"""The measures of what champions write, in one place."""

from __future__ import annotations

ARTICLE = "article"
STAFF_NOTICE = "staff_notice"
SERVICE = "service"
# Two sentences that an agent can read aloud in one breath or two.
SHORT_ANSWER_LENGTH = 300
QUESTION_LENGTH = 255
TAG_LENGTH = 100
# A notice stands above an answer; what is longer belongs into an article.
NOTICE_LENGTH = 500
# The fields that are typed in Markdown; documents hold them as HTML, and as typed under `source`.
MARKDOWN_FIELDS = ("answer", "ask_caller", "internal_contacts", "pass_on")
