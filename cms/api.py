"""`/api/v1`: the routers of the packages, in one place, with one shape of error."""

from __future__ import annotations

import logging

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from cms.core.errors import Refused
from cms.core.incoming import Incoming
from cms.core.problems import problem, refusal_problem
from cms.organisation.api import router as me_router
from cms.publications.api import agent_router as agent_items_router
from cms.publications.api import public_router as public_items_router
from kb.articles.api import router as articles_router
from kb.updates.api import router as updates_router
from search.api import agent_router as agent_search_router
from search.api import public_router as public_search_router
from search.learning.api import agent_router as agent_learning_router
from search.learning.api import public_router as public_learning_router
from workflows.api import router as workflow_router

log = logging.getLogger("oneanswer.api")

api = NinjaAPI(
    title="OneAnswer",
    version="1",
    description="What a municipality answers: published items, search, updates for agents, approval.",
    urls_namespace="api-1",
    parser=Incoming(),
)
api.add_router("/public", public_items_router, tags=["public"])
api.add_router("/public", public_search_router, tags=["public"])
api.add_router("/public", public_learning_router, tags=["public"])
api.add_router("/agent", me_router, tags=["agent"])
api.add_router("/agent", agent_items_router, tags=["agent"])
api.add_router("/agent", agent_search_router, tags=["agent"])
api.add_router("/agent", agent_learning_router, tags=["agent"])
api.add_router("/agent", updates_router, tags=["agent"])
api.add_router("/workflow", workflow_router, tags=["workflow"])
api.add_router("/workflow", articles_router, tags=["workflow"])


@api.exception_handler(Refused)
def _refused(request: HttpRequest, error: Refused) -> HttpResponse:
    return refusal_problem(error.refusal)


@api.exception_handler(Http404)
def _not_found(request: HttpRequest, error: Http404) -> HttpResponse:
    return problem(404, "not-found", _("There is nothing at this address."))


@api.exception_handler(AuthenticationError)
def _unauthenticated(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    response = problem(401, "sign-in", _("Sign in as staff, or send an access token as a bearer token."))
    response["WWW-Authenticate"] = "Bearer"
    return response


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    details = [f"{'.'.join(str(part) for part in e['loc'][1:])}: {e['msg']}" for e in error.errors]
    return problem(422, "invalid", _("The request can't be understood as it is."), details=details)


@api.exception_handler(HttpError)
def _http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    if isinstance(error.__cause__, Refused):  # what the parser refuses comes wrapped
        return refusal_problem(error.__cause__.refusal)
    code, sentence = {
        400: ("not-json", _("The body can't be read. Send JSON in UTF-8.")),
        403: (
            "csrf",
            _(
                "A session alone changes nothing. Send its CSRF token in the header X-CSRFToken, "
                "or use an access token."
            ),
        ),
    }.get(error.status_code, ("error", str(error)))
    return problem(error.status_code, code, sentence)


@api.exception_handler(RequestDataTooBig)
def _too_large(request: HttpRequest, error: RequestDataTooBig) -> HttpResponse:
    return problem(413, "too-large", _("The request is larger than any text here may be. Send less at once."))


@api.exception_handler(Exception)
def _broken(request: HttpRequest, error: Exception) -> HttpResponse:
    log.exception("The API failed at %s", request.path)
    return problem(500, "broken", _("Something went wrong here. Nothing was changed; try again."))
