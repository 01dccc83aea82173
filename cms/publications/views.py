"""Pinned files, by their hash."""

from __future__ import annotations

from django.core.files.storage import storages
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase, HttpResponseNotModified
from django.utils.http import quote_etag

from cms.organisation.queries import person

from .commands import pinned_path
from .queries import file_type
from .vocabulary import Audience

SHOWN_INLINE = {"image/png", "image/jpeg", "image/gif", "image/webp", "application/pdf"}


def pinned_file(request: HttpRequest, sha: str, name: str) -> HttpResponseBase:
    """The bytes with this hash, to whoever may read an item that holds them now.

    The name is for the person who saves the file; it decides nothing.
    """
    content_type = file_type(sha, Audience.PUBLIC)
    public = content_type is not None
    if content_type is None and person(request.user).is_staff_reader:
        content_type = file_type(sha, Audience.STAFF)
    if content_type is None:
        raise Http404
    etag = quote_etag(sha)
    if request.headers.get("If-None-Match") == etag:
        return HttpResponseNotModified()
    response = FileResponse(
        storages["pinned"].open(pinned_path(sha)),
        content_type=content_type if content_type in SHOWN_INLINE else "application/octet-stream",
        as_attachment=content_type not in SHOWN_INLINE,
        filename=name,
    )
    response["ETag"] = etag
    response["Cache-Control"] = "public, max-age=300" if public else "private, no-store"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
