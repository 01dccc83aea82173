"""The page where a person keeps their access tokens. Outside of Wagtail's admin, since agents use it too."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AbstractUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from cms.core.errors import Refusal, Refused, refuse_if

from .commands import create_token, revoke_token
from .forms import TokenForm
from .models import AccessToken
from .queries import person


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_variables("secret")
def tokens(request: HttpRequest) -> HttpResponse:
    """The person's own tokens, and the form to make one. The answer to making one is the only page that
    ever shows its secret; it is kept nowhere, so that loading the page again doesn't show it."""
    refusal = _why_no_tokens(request)
    if refusal is not None:
        return _refused(request, refusal)
    secret, status = None, 200
    form = TokenForm(request.POST or None, label_suffix="")
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                _token, secret = create_token(_user(request), **form.cleaned_data, by=_user(request))
            except Refused as error:
                form.add_error(None, error.refusal.sentence)
            else:
                form, status = TokenForm(label_suffix=""), 200
    own = AccessToken.objects.filter(person=request.user)
    context = {"form": form, "secret": secret, "tokens": own}
    return render(request, "organisation/tokens.html", context, status=status)


@login_required
@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    token = get_object_or_404(AccessToken, pk=pk)
    try:
        refuse_if(_why_no_tokens(request))
        revoke_token(token, by=_user(request))
    except Refused as error:
        return _refused(request, error.refusal)
    messages.success(request, _("“%(name)s” is revoked. Whatever used it is signed out.") % {"name": token})
    return redirect("organisation_tokens")


def _user(request: HttpRequest) -> AbstractUser:
    """Who is signed in; the views ask for that first."""
    user = request.user
    assert isinstance(user, AbstractUser)
    return user


def _why_no_tokens(request: HttpRequest) -> Refusal | None:
    if person(request.user).is_staff_reader:
        return None
    return Refusal(
        "no-role",
        _("Access tokens are for people with a role. Ask your administrator to give you one."),
        403,
    )


def _refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    return render(request, "organisation/refused.html", {"sentence": refusal.sentence}, status=refusal.status)
