from __future__ import annotations

from django.urls import path

from . import views

urlpatterns = [path("files/<str:sha>/<str:name>", views.pinned_file, name="pinned_file")]
