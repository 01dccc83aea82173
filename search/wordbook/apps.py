from __future__ import annotations

from django.apps import AppConfig


class WordbookConfig(AppConfig):
    name = "search.wordbook"
    label = "search_wordbook"
    verbose_name = "Search words"

    def ready(self) -> None:
        from wagtail.permissions import register_permission_policy

        from . import models
        from .policies import TeachersPolicy

        for model in (models.Synonyms, models.Bet, models.StopPhrase):
            register_permission_policy(model, TeachersPolicy(model))
