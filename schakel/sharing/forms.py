"""The form in which a key for the API is made."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from schakel.sharing.models import Scope


class TokenForm(forms.Form):
    """What a key is called, what it may be used for, and how long it holds."""

    name = forms.CharField(label=_("Name"), max_length=80, help_text=_("Which system gets it, such as: our CRM."))
    scopes = forms.MultipleChoiceField(
        label=_("May be used to"), choices=Scope.choices, widget=forms.CheckboxSelectMultiple
    )
    days = forms.IntegerField(label=_("Holds for how many days"), min_value=1, max_value=366, initial=365)
