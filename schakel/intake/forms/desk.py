"""The form of the page where files are checked and not kept."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from schakel.network.naming import published_agencies


class _SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class _Files(forms.FileField):
    """One or more files; its value is a list."""

    widget = _SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:  # noqa: ANN401 - as Django declares it
        """Each file as a field of one file would have it."""
        given = data if isinstance(data, list | tuple) else [data]
        return [super(_Files, self).clean(one, initial) for one in given]


class DeskForm(forms.Form):
    """Which files, and as whose delivery and of which year they are read."""

    sent = _Files(label=_("Files"), help_text=_("Excel, OpenDocument, CSV or JSON; 25 MB at most in all."))
    agency = forms.ChoiceField(label=_("Agency"), required=False, choices=lambda: [("", "—"), *published_agencies()])
    year = forms.IntegerField(label=_("Year"), min_value=2000, max_value=2100, initial=lambda: dt.date.today().year - 1)
