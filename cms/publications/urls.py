from __future__ import annotations

from django.urls import re_path

from . import views

urlpatterns = [
    re_path(r"^files/(?P<sha>[0-9a-f]{64})/(?P<name>[^/]+)$", views.pinned_file, name="pinned_file")
]
