from __future__ import annotations

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class OrganisationConfig(AppConfig):
    name = "cms.organisation"
    label = "organisation"
    verbose_name = "Organisation"

    def ready(self) -> None:
        from wagtail.permissions import register_permission_policy

        from . import checks, groups, models, policies  # noqa: F401

        post_migrate.connect(groups.put_in_place, sender=self, dispatch_uid="organisation.groups")
        for model, policy in (
            (models.Department, policies.MembershipRightPolicy(models.Department, {"add", "change", "view"})),
            (models.Membership, policies.MembershipRightPolicy(models.Membership, {"add", "delete", "view"})),
            (models.StandIn, policies.StandInPolicy(models.StandIn)),
            (models.AccessToken, policies.NobodyPolicy(models.AccessToken)),
        ):
            register_permission_policy(model, policy)
