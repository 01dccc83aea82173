from __future__ import annotations

from wagtail import hooks
from wagtail.permissions import register_permission_policy

from .models import StandardService
from .policies import ReadOnlyPolicy
from .viewsets import StandardServiceViewSet

register_permission_policy(StandardService, ReadOnlyPolicy(StandardService))


@hooks.register("register_admin_viewset")
def standard_services() -> StandardServiceViewSet:
    return StandardServiceViewSet()
