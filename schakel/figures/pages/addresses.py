"""Where a figure and the list behind it are read."""

from __future__ import annotations

from urllib.parse import urlencode

from django.urls import reverse


def page_url(indicator_id: str, year: int) -> str:
    """The address of an indicator's page."""
    return f"{reverse('figures:indicator', args=[indicator_id])}?{urlencode({'year': year})}"


def list_url(indicator_id: str, year: int, **filters: str) -> str:
    """The address of the list behind a figure."""
    return f"{reverse('figures:list', args=[indicator_id])}?{urlencode({'year': year, **filters})}"
