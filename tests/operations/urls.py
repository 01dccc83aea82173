from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import path


def page(request: HttpRequest) -> HttpResponse:
    return HttpResponse("here")


async def stream(request: HttpRequest) -> StreamingHttpResponse:
    async def endless() -> AsyncIterator[str]:
        while True:
            yield ": still here\n\n"
            await asyncio.sleep(0.1)

    return StreamingHttpResponse(endless(), content_type="text/event-stream")


urlpatterns = [path("", page), path("stream", stream)]
