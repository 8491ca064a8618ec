"""Forms to keep a view of the explorer."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class ViewForm(forms.Form):
    """A view's name, and whether the network may open it."""

    name = forms.CharField(label=_("Name"), max_length=120)
    shared = forms.BooleanField(
        label=_("Share with everybody in the network; each sees the figures that are for them"), required=False
    )


class KeepForm(ViewForm):
    """A question to keep: ``query``, the parameters of its address."""

    query = forms.CharField(widget=forms.HiddenInput, max_length=4000)
