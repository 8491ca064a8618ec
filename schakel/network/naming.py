"""How agencies are written, read from the network's own file: for work that has no database."""

from __future__ import annotations

import tomllib
from pathlib import Path

from schakel.network.actions import NETHERLANDS
from schakel.network.models import PartyKind


def published_agency_names(path: Path = NETHERLANDS) -> dict[str, str]:
    """Every way an agency's name is written in the network's file, in lower case, to its slug."""
    names: dict[str, str] = {}
    for party in tomllib.loads(path.read_text(encoding="utf-8"))["party"]:
        if party["kind"] == PartyKind.AGENCY:
            former = [known["name"] for known in party.get("former_names", ())]
            for name in (party["name"], party["slug"], *party.get("also_written", ()), *former):
                names[name.casefold()] = party["slug"]
    return names


def published_agencies(path: Path = NETHERLANDS) -> list[tuple[str, str]]:
    """(slug, name) of the agencies in the network's file, in its order."""
    parties = tomllib.loads(path.read_text(encoding="utf-8"))["party"]
    return [(party["slug"], party["name"]) for party in parties if party["kind"] == PartyKind.AGENCY]
