"""Signing in at the desk."""

from __future__ import annotations

from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _


class SignInForm(AuthenticationForm):
    """Django's, with a refusal that says what to do."""

    error_messages = {
        **AuthenticationForm.error_messages,
        "invalid_login": _(
            "This user name and password don't belong together. Type both again, and look at capitals. "
            "If you have forgotten the password, ask your administrator for a new one."
        ),
    }
