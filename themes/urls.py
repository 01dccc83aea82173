"""The public site's addresses. Included last: whatever nobody else answers is looked up in the log."""

from __future__ import annotations

from django.urls import path

from . import listings, searching, views

urlpatterns = [
    path("", views.home, name="home"),
    path("search/", searching.search, name="search"),
    path("a-to-z/", views.a_to_z, name="a_to_z"),
    path("life-events/", views.life_events, name="life_events"),
    path("places/", views.places, name="places"),
    path("departments/", views.departments, name="departments"),
    path("sitemap.xml", listings.sitemap, name="sitemap"),
    path("robots.txt", listings.robots, name="robots"),
    path("feed.xml", listings.feed, name="feed"),
    path("theme.css", listings.theme_css, name="theme_css"),
    path("<path:path>", views.page, name="page"),
]
