from __future__ import annotations

from django.urls import path

from . import views

urlpatterns = [
    path("tokens/", views.tokens, name="organisation_tokens"),
    path("tokens/<int:pk>/revoke/", views.revoke, name="organisation_token_revoke"),
]
