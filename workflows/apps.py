from __future__ import annotations

from django.apps import AppConfig


class WorkflowsConfig(AppConfig):
    name = "workflows"
    label = "workflows"
    verbose_name = "Approval"

    def ready(self) -> None:
        from cms.organisation.commands import shut_after_stand_ins
        from cms.publications import registry

        from . import grounds
        from .commands import chase

        registry.register_verifier("submission", grounds.verify_submission)
        registry.register_verifier("deed", grounds.verify_deed)
        registry.register_verifier("debt", grounds.verify_debt)
        registry.register_verifier("redaction", grounds.verify_redaction)
        registry.register_due("debts", chase)
        registry.register_due("stand_ins", shut_after_stand_ins)
