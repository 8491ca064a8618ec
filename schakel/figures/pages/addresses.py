"""Where a figure and the list behind it are read. All that a page shows is in its address, so that it can be sent."""

from __future__ import annotations

from urllib.parse import urlencode

from schakel.web.addresses import address


def overview_url(**said: str | int) -> str:
    """The address of the overview: ``year``, ``voor`` (whose view), ``kaart`` (the map's indicator), ``stand``."""
    return _with(address("figures:overview"), said)


def all_url(**said: str | int) -> str:
    """The address of all figures of a year: ``year``, ``voor`` (whose view), ``stand``."""
    return _with(address("figures:all"), said)


def pdf_url(**said: str | int) -> str:
    """The address of the same overview on one page of paper."""
    return _with(address("figures:overview_pdf"), said)


def page_url(indicator_id: str, year: int, **said: str | int) -> str:
    """The address of an indicator's page: ``stand``, ``by`` (the breakdown shown)."""
    return _with(address("figures:indicator", indicator_id), {"year": year, **said})


def list_url(indicator_id: str, year: int, **filters: str) -> str:
    """The address of the list behind a figure."""
    return _with(address("figures:list", indicator_id), {"year": year, **filters})


def explore_url(indicator_id: str, year: int, **said: str) -> str:
    """The address of the explorer with an indicator chosen: ``stand``, ``rijen`` (what its rows are)."""
    return _with(address("figures:explore"), {"i": indicator_id, "van": year, "tot": year, **said})


def _with(path: str, said: dict[str, str | int]) -> str:
    kept = {key: value for key, value in said.items() if value != ""}
    return f"{path}?{urlencode(kept)}" if kept else path
