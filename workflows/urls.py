"""The addresses of the workflow's screens, beneath the admin's."""

from __future__ import annotations

from django.urls import path

from .views.debt import DebtScreen
from .views.history import HistoryScreen
from .views.placement import MoveScreen
from .views.rendered import rendered, rendered_debt
from .views.review import ReviewScreen
from .views.submit import SubmitScreen
from .views.waiting import WaitingScreen
from .views.withdraw import WithdrawScreen

urlpatterns = [
    path("approval/", WaitingScreen.as_view(), name="workflows_waiting"),
    path("approval/<int:pk>/", ReviewScreen.as_view(), name="workflows_review"),
    path("approval/<int:pk>/<uuid:item_id>/rendered/", rendered, name="workflows_rendered"),
    path("debts/<int:pk>/", DebtScreen.as_view(), name="workflows_debt"),
    path("debts/<int:pk>/rendered/", rendered_debt, name="workflows_debt_rendered"),
    path("items/<uuid:item_id>/submit/", SubmitScreen.as_view(), name="workflows_submit"),
    path("items/<uuid:item_id>/withdraw/", WithdrawScreen.as_view(), name="workflows_withdraw"),
    path("items/<uuid:item_id>/move/", MoveScreen.as_view(), name="workflows_move"),
    path("items/<uuid:item_id>/history/", HistoryScreen.as_view(), name="workflows_history"),
]
