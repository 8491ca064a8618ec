"""Invented names of organisations and funds; resemblance to real ones is chance.

Invariant: no two names from one `Names` are equal once legal form, case and punctuation are dropped,
so a name and its place say which organisation it is.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from rapidfuzz import process
from rapidfuzz.distance import OSA

_TYPING_ERRORS = 2


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_FIRST = _words("""
Aer Alb Ambri Ard Bel Bran Cal Cor Dal Dor Drax Eco Elz Fal Fen Flu Gal Gri Hal Hel Hex Ild Jor Kel Kor Kwin Lan
Lar Lum Mal Mer Mor Nar Nex Nor Ol Op Or Pal Per Plu Pol Quin Ral Riv Rox Sal Sel Sil Sol Tal Ter Tri Tul Um Val
Ver Vex Vol Wal Wen Wis Xan Yar Zan Zel Zil Zon
""")
_MIDDLE = _words("""
a ando anti ara aro edi elo ena eri eto i ico ida ila imo ina ira ito o odi olo oma ona ori u uli umi una uro
yra
""")
_LAST = _words("""
be bix da dex dra fa fix ga go ka kon la lix lo ma mix na nix no pa phor ra rix ron sa sis ta tec tix tra va vex
via za zon
""")
TRADES = _words("""
Techniek Robotics Foods Biotech Energy Maritiem Photonics Water Software Analytics Materialen Systems
Installatie Machinebouw Agro Diagnostics Sensoren Composieten Recycling Mobility Medical Bouw Optics Chemie
Instruments Aquacultuur Data Security Zaden Textiel Batterijen Waterstof Verpakkingen Drones Games Precisie
Procestechniek Circulair Zorg Labs Solar Semicon Quantum Pharma Logistics Kunststoffen
""")
SISTERS = ("Vastgoed", "Services", "Productie", "Verhuur", "Export", "Onderhoud")
ORIGINS = {
    "US": "Inc.",
    "DE": "GmbH",
    "GB": "Ltd",
    "CN": "Co. Ltd",
    "JP": "K.K.",
    "KR": "Co. Ltd",
    "IN": "Pvt Ltd",
    "CA": "Inc.",
    "FR": "SAS",
    "BE": "NV",
    "IL": "Ltd",
    "TW": "Co. Ltd",
    "SE": "AB",
    "CH": "AG",
    "TR": "A.S.",
}
CITIES_ABROAD = {
    "DE": ("Münster", "Aken", "Hamburg"),
    "BE": ("Gent", "Leuven", "Hasselt"),
    "FR": ("Lille", "Lyon"),
    "GB": ("Cambridge", "Leeds"),
    "SE": ("Malmö", "Uppsala"),
    "CH": ("Basel",),
    "US": ("Boston", "Austin"),
    "CN": ("Suzhou",),
    "JP": ("Nagoya",),
    "KR": ("Daejeon",),
    "IN": ("Pune",),
    "CA": ("Waterloo",),
    "IL": ("Haifa",),
    "TW": ("Hsinchu",),
    "TR": ("Izmir",),
}
_SCHOOLS = ("Hogeschool {}", "Universiteit {}", "{} Instituut voor Technologie", "Kenniscentrum {}", "{} Onderzoek")
_LANDS = _words("""
Merwede Noorderlicht Zandlust Westerkwartaal Oosterstroom Veenkade Duinrand Maasbocht Lagelanden Hogeberg
Zilverstad Heidegrond Waterlijn Zuiderkempen Kustvaart Elzenbroek Noordkaap Vechtzoom Kanaalzone Schorrenland
Bosrand Rijnkade Polderwerk Stuwwal Zeegat Grensmark Kerkbrink Havenmond Rietveen Landgraaf Beekdal Wierland
Terpwerk Sluisoord Klaverblad Molenwiek Lindekamp Kromrijn Westhaven Oudewal Zwaneplas Kwelderland Steenoven
Wilgenrak Essenhage
""")
_BODIES = ("Waterschap {}", "Omgevingsdienst {}", "Regio {}", "Veiligheidsregio {}", "Recreatieschap {}")
_OTHERS = ("Stichting Proeftuin {}", "Vereniging Ondernemers {}", "Stichting Fieldlab {}", "Coöperatie {} U.A.")
_ROMAN = ("", "I", "II", "III", "IV", "V")
_FUND_WORDS = ("Innovatiefonds", "Groeifonds", "Energiefonds", "Startfonds", "Participatiefonds", "Transitiefonds")


def stripped(name: str) -> str:
    """``name`` without case, punctuation and legal form: what two writings of it have in common."""
    plain = "".join(c if c.isalnum() else " " if c.isspace() or c == "-" else "" for c in name.casefold())
    return " ".join(word for word in plain.split() if word not in {"bv", "nv", "vof", "ua"})


class Names:
    """Gives out invented names, each once."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self._given: set[str] = set()
        self._stems: dict[str, list[str]] = {}  # by region

    def stem(self, region: str = "") -> str:
        """A word that no language has, for the family of one company.

        No other of the same ``region`` is within two typing errors of it: who is not named by number
        is known by name and place.
        """
        choice, near = self._chance.choice, self._stems.setdefault(region, [])
        while True:
            stem = self._new(lambda: choice(_FIRST) + choice(_MIDDLE) + choice(_LAST))
            if process.extractOne(stem, near, scorer=OSA.distance, score_cutoff=_TYPING_ERRORS) is None:
                near.append(stem)
                return stem

    def company(self, stem: str) -> str:
        """A company's name without its legal form: "Kwinandorix Robotics"."""
        return self._new(lambda: f"{stem} {self._chance.choice(TRADES)}")

    def sister(self, stem: str) -> str:
        """Another company of the same family: "Kwinandorix Vastgoed"."""
        return self._new(lambda: f"{stem} {self._chance.choice(SISTERS)}")

    def knowledge(self) -> str:
        """A knowledge institution: "Hogeschool Merwede"."""
        return self._of(_SCHOOLS)

    def government(self) -> str:
        """A public body: "Waterschap Veenkade"."""
        return self._of(_BODIES)

    def other(self) -> str:
        """A foundation, association or co-operation."""
        return self._of(_OTHERS)

    def _of(self, patterns: tuple[str, ...]) -> str:
        return self._new(lambda: self._chance.choice(patterns).format(self._chance.choice(_LANDS)))

    def _new(self, make: Callable[[], str]) -> str:
        for _ in range(1000):
            name = make()
            if stripped(name) not in self._given:
                self._given.add(stripped(name))
                return name
        raise RuntimeError("the stock of invented names is used up; add syllables")


def fund_names(agency: str, count: int, chance: Random) -> list[str]:
    """Names of an agency's funds: "BOM Groeifonds II"."""
    words = chance.sample(_FUND_WORDS, count)
    return [f"{agency} {word} {_ROMAN[number]}" for number, word in enumerate(words, start=1)]


def investor(names: Names, chance: Random) -> str:
    """An invented financier: "Lumarolo Ventures"."""
    return f"{names.stem()} {chance.choice(('Ventures', 'Capital', 'Partners', 'Investments'))}"
