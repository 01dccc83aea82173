"""Blocks that texts are made of, named by what they mean."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

# What writers may use in running text. No pictures, no embedded pages: a text is read out, too.
TEXT_FEATURES = ["bold", "italic", "ol", "ul", "link"]
LONG_TEXT_FEATURES = ["h3", *TEXT_FEATURES]


class Step(blocks.StructBlock):
    """One thing to do, in the order in which people do it."""

    title = blocks.CharBlock(
        label=_("What to do"), max_length=120, help_text=_("Begin with a verb: “Fill in the form online”.")
    )
    text = blocks.RichTextBlock(
        label=_("How"),
        required=False,
        features=TEXT_FEATURES,
        help_text=_("Only what people need to know for this step."),
    )

    class Meta:
        icon = "list-ol"
        label = _("Step")


class Warning(blocks.StructBlock):
    """What goes wrong most often, set apart where it matters."""

    title = blocks.CharBlock(
        label=_("In one line"),
        max_length=120,
        help_text=_("For example: “Your old permit stops being valid on the same day”."),
    )
    text = blocks.RichTextBlock(
        label=_("What it means"),
        required=False,
        features=TEXT_FEATURES,
        help_text=_("What happens, and how to avoid it."),
    )

    class Meta:
        icon = "warning"
        label = _("Warning")
