"""Articles as their champions and authors write them. Agents read what was published of them."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from taggit.models import TaggedItemBase
from wagtail.models import DraftStateMixin, LockableMixin, Orderable, PreviewableMixin, RevisionMixin

from cms.core import audit
from cms.core.errors import refuse_if
from cms.organisation.models import Department
from cms.organisation.queries import home_department, person
from cms.publications import queries as log
from cms.publications import registry
from cms.publications.models import Item
from cms.publications.vocabulary import HandlingClass
from workflows.drafts import DraftOfItem

from . import rules
from .vocabulary import ARTICLE, QUESTION_LENGTH, SERVICE, SHORT_ANSWER_LENGTH


class ArticleTag(TaggedItemBase):
    """A word that agents would search for."""

    content_object = ParentalKey("Article", on_delete=models.CASCADE, related_name="tagged_items")


class Article(
    DraftOfItem,
    PreviewableMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    ClusterableModel,
):
    """An agent's answer to one question; staff only.

    It belongs to the department of its service, or to the one that its champion gives it. Once it was
    published, only a webmaster hands it to another.
    """

    item_kind = ARTICLE
    item_audience = "staff"

    question = models.CharField(
        _("question"),
        max_length=QUESTION_LENGTH,
        help_text=_("As a caller asks it. For example: “How do I get a parking permit for a carer?”"),
    )
    short_answer = models.CharField(
        _("short answer"),
        max_length=SHORT_ANSWER_LENGTH,
        help_text=_(
            "One or two sentences that the agent reads aloud; at most 300 characters. "
            "Leave out numbers that are quoted below: they change."
        ),
    )
    service_item = models.ForeignKey(
        Item,
        verbose_name=_("service"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        limit_choices_to={"kind": SERVICE},
        help_text=_("The published service that this belongs to. Its department answers for the article."),
    )
    answer = models.TextField(
        _("answer"),
        help_text=_(
            "All that an agent needs, in Markdown: **bold**, lists with “- ”, headings with “### ”, "
            "an empty line before each list. For example: “The permit is sent by post.”"
        ),
    )
    ask_caller = models.TextField(
        _("what to ask the caller"),
        blank=True,
        help_text=_("Questions as a list. For example: “- In which street do you live?”"),
    )
    pass_on = models.TextField(
        _("when and where to pass it on"),
        blank=True,
        help_text=_(
            "For example: “If a bailiff has called already, put the caller through to the council tax line.”"
        ),
    )
    internal_contacts = models.TextField(
        _("internal contacts"),
        blank=True,
        help_text=_(
            "For agents only, never for callers. For example: “Permits team, extension 60 142, until 16:00.”"
        ),
    )
    handling_class = models.CharField(
        _("handling class"),
        max_length=1,
        choices=HandlingClass,
        help_text=_("How far an agent goes alone."),
    )
    review_on = models.DateField(
        _("review date"),
        null=True,
        blank=True,
        help_text=_("When somebody should check that it still holds. For example: in a year."),
    )
    tags = ClusterTaggableManager(
        through=ArticleTag,
        blank=True,
        verbose_name=_("tags"),
        help_text=_("Words that callers use and the text doesn't. For example: “blue badge, disabled bay”."),
    )

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        ordering = ["question"]

    def __str__(self) -> str:
        return self.question or str(_("Untitled article"))

    @property
    def title(self) -> str:
        """What drafts of every kind are called by."""
        return self.question

    @transaction.atomic
    def save_revision(self, user: AbstractUser | None = None, **kwargs: Any) -> Any:
        """Save a draft. Until it is first published, the item follows the department of its service."""
        if user is not None:
            self.follow_service(user)
        return super().save_revision(user=user, **kwargs)

    def follow_service(self, by: AbstractUser) -> None:
        """Put the item under the department of its service. Raises `Refused` for people who would
        choose a department in this way that they don't write for (rule 7)."""
        service = self.service_item
        if service is None or log.newest_seq(self.item) is not None:
            return
        self.belong_to(service.department, by=by)

    def belong_to(self, department: Department, *, by: AbstractUser) -> None:
        """Give an article that was never published to a department."""
        if department.pk == self.item.department_id:
            return
        refuse_if(rules.why_not_belong(person(by), department.pk))
        self.item.department = department
        self.item.save(update_fields=["department"])
        audit.record("article given to department", self.item, by=by, department=department.code)

    def suppose_item(self, by: AbstractUser) -> None:
        """Stand in for the item of a text that isn't saved yet, so that it can be previewed."""
        if self.item_id is None:
            where = home_department(by) or Department.objects.first()
            service = self.service_item
            self.item = Item(
                kind=self.item_kind,
                audience=self.item_audience,
                department=service.department if service else where,
            )

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """Exactly what agents would get."""
        self.suppose_item(request.user)  # type: ignore[arg-type]
        document = registry.kind(ARTICLE).compose(self)
        return HttpResponse(registry.renderer(ARTICLE)(log.preview(document), request))


class QuotedFact(Orderable):
    """A fact of the article's service, by its key; readers get its value of the day."""

    article = ParentalKey(Article, on_delete=models.CASCADE, related_name="quotes")
    key = models.UUIDField()

    class Meta(Orderable.Meta):
        constraints = [
            models.UniqueConstraint(fields=["article", "key"], name="an_article_quotes_a_fact_once")
        ]
