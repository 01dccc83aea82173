from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ArticlesConfig(AppConfig):
    name = "kb.articles"
    label = "articles"
    verbose_name = "Articles"

    def ready(self) -> None:
        from wagtail.permissions import register_permission_policy

        from cms.publications import registry

        from . import composer, mirror, notices, vocabulary
        from .models import Article
        from .permissions import ArticlePolicy

        registry.register_kind(
            registry.Kind(
                name=vocabulary.ARTICLE,
                label=_("Article"),
                label_plural=_("Articles"),
                audience="staff",
                compose=composer.compose,
                draft=composer.draft,
                missing=composer.missing,
                mirror=mirror.mirror,
                edit_url=composer.edit_url,
            )
        )
        registry.register_kind(
            registry.Kind(
                name=vocabulary.STAFF_NOTICE,
                label=_("Staff notice"),
                label_plural=_("Staff notices"),
                audience="staff",
                compose=notices.no_draft,
                draft=notices.no_draft,
                missing=notices.missing,
                mirror=notices.mirror,
                edit_url=notices.edit_url,
            )
        )
        register_permission_policy(Article, ArticlePolicy(Article))
