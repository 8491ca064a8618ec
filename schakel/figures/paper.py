"""The overview as a PDF of one A4: the same words and pictures as on the page, tagged for who listens to it.

Typst sets it, in this process, without a network: fonts come from a package, pictures go in as they are.
"""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path

import typst
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from schakel.figures.editions import Vintage
from schakel.figures.pages.cards import Card
from schakel.figures.pages.overview import Overview
from schakel.figures.pages.standing import vintage_words
from schakel.web.charts.printing import printed
from schakel.web.formats import language

_SOURCE = Path(__file__).with_name("typst") / "overview.typ"


def one_page(overview: Overview, year: int, vintage: Vintage) -> bytes:
    """The overview on paper. Raises RuntimeError where it cannot be set."""
    said = {
        "lang": language(),
        "title": overview.title,
        "lead": overview.lead,
        "state": ". ".join([vintage_words(vintage), *overview.why]),
        "cards": [_card(card) for card in overview.cards],
        "maps": [
            {"title": map.table.caption, "note": map.note, "svg": printed(map.picture), "alt": told(map.picture)}
            for map in overview.maps
        ],
        "foot": _("Schakel, network of regional development agencies. The figures are those of the page of %(year)s.")
        % {"year": year},
    }
    made: bytes = typst.compile(
        str(_SOURCE),
        sys_inputs={"said": json.dumps(said)},
        font_paths=[_fonts()],
        ignore_system_fonts=True,
        pdf_standards=["ua-1"],
    )
    return made


def _card(card: Card) -> dict[str, str]:
    return {
        "label": card.label,
        "said": card.said,
        "exact": _("Exactly: %(value)s") % {"value": card.exact} if card.exact else "",
        "target": _target(card),
        "change": card.change.said or card.change.why_not,
        "beside": card.beside,
        "svg": printed(card.line),
        "alt": told(card.line),
    }


def _target(card: Card) -> str:
    if card.target is None:
        return ""
    return _("Target: %(value)s, %(state)s") % {"value": card.target.value, "state": card.target.state.text}


def told(picture: SafeString) -> str:
    """What a picture says to the ear: its description."""
    found = re.search(r"<desc[^>]*>(.*?)</desc>", picture, re.DOTALL)
    return found.group(1) if found else ""


@cache
def _fonts() -> str:
    """The folder of the package's fonts."""
    with as_file(files("font_source_sans_pro") / "files") as folder:
        return str(folder)
