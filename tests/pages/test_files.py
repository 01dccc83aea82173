"""Images and files: uploaded by those who write, and never changed behind the name that drafts hold."""

from __future__ import annotations

import io
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image as Picture
from wagtail.documents.models import Document
from wagtail.images.models import Image

from cms.pages.models import HomePage

from . import drafts


def _picture(colour: str) -> SimpleUploadedFile:
    data = io.BytesIO()
    Picture.new("RGB", (20, 20), colour).save(data, "PNG")
    return SimpleUploadedFile(f"{colour}.png", data.getvalue(), "image/png")


def test_an_author_uploads_in_the_list_and_in_the_chooser(author: Client, home: HomePage) -> None:
    pdf = SimpleUploadedFile("map.pdf", b"%PDF-1.4 a map", "application/pdf")
    uploads: list[tuple[str, dict[str, Any]]] = [
        ("wagtailimages:add", {"title": "Red", "file": _picture("red")}),
        ("wagtaildocs:add", {"title": "Map", "file": pdf}),
    ]
    for address, data in uploads:
        assert author.post(reverse(address), {**data, "tags": "", "description": ""}).status_code == 302, (
            address
        )
    chosen = {
        "image-chooser-upload-title": "Blue",
        "image-chooser-upload-file": _picture("blue"),
        "image-chooser-upload-tags": "",
        "image-chooser-upload-description": "",
    }
    answer = author.post(reverse("wagtailimages_chooser:create"), chosen)
    assert answer.status_code == 200
    assert {image.title for image in Image.objects.all()} == {"Red", "Blue"}
    assert Document.objects.get().title == "Map"


def test_nobody_puts_other_bytes_behind_a_name(author: Client, superuser: Client, home: HomePage) -> None:
    image, document = drafts.photo(), drafts.file()
    pdf = SimpleUploadedFile("other.pdf", b"%PDF-1.4 another map", "application/pdf")
    before = (image.file.read(), document.file.read())
    for client in (author, superuser):
        for address, pk, file in (
            ("wagtailimages:edit", image.pk, _picture("red")),
            ("wagtaildocs:edit", document.pk, pdf),
        ):
            data = {"title": "Named anew", "file": file, "tags": "", "description": ""}
            assert client.post(reverse(address, args=[pk]), data).status_code == 302
    image, document = Image.objects.get(), Document.objects.get()
    assert (image.title, document.title) == ("Named anew", "Named anew")
    assert (image.file.read(), document.file.read()) == before
