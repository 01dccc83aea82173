"""Wagtail's migrations plant a page that says “Welcome to your new Wagtail site!”. Nobody ever reads it here;
an empty site begins with its home page."""

from __future__ import annotations

from typing import Any

from django.db import migrations


def remove(apps: Any, schema_editor: Any) -> None:
    page = apps.get_model("wagtailcore", "Page")
    welcome = page.objects.filter(
        depth=2,
        numchild=0,
        title="Welcome to your new Wagtail site!",
        content_type__app_label="wagtailcore",
        content_type__model="page",
    )
    keys = list(welcome.values_list("pk", flat=True))
    if keys:
        apps.get_model("wagtailcore", "Site").objects.filter(root_page__in=keys).delete()
        page.objects.filter(pk__in=keys).delete()
        root = page.objects.filter(depth=1).first()
        root.numchild = page.objects.filter(depth=2).count()
        root.save(update_fields=["numchild"])


class Migration(migrations.Migration):
    dependencies = [("pages", "0001_initial"), ("wagtailcore", "0098_apitoken")]

    operations = [migrations.RunPython(remove, migrations.RunPython.noop)]
