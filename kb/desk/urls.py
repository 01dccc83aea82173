from __future__ import annotations

from django.urls import path

from . import views

app_name = "desk"
urlpatterns = [
    path("", views.home, name="home"),
    path("items/<uuid:item_id>/", views.item, name="item"),
    path("news/", views.all_news, name="news"),
    path("updates/<str:cursor>/ack", views.acknowledge, name="acknowledge"),
    path("login/", views.sign_in, name="login"),
    path("logout/", views.sign_out, name="logout"),
]
