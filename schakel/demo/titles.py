"""Lifelike Dutch titles of innovation projects, and how a second agency writes the same title."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

_FORMS = (
    "Pilot",
    "Proeftuin",
    "Haalbaarheidsstudie",
    "Demonstratie",
    "Living lab",
    "Opschaling",
    "Ontwikkeling",
    "Validatie",
    "Fieldlab",
    "Digital twin voor",
    "Prototype",
    "Praktijktest",
    "Ketenproject",
    "Doorbraakproject",
    "Versnelling",
    "Kennistraject",
)
_SUBJECTS = {
    "energy-transition": (
        "thermische opslag in basaltkorrels",
        "waterstof uit reststroom",
        "netbewuste laadpleinen",
        "aquathermie",
        "flow-batterijen",
        "elektrolysers van kleine schaal",
        "warmtepompen met natuurlijk koudemiddel",
        "drijvende zonneparken",
        "slim energiebeheer",
        "ammoniak als scheepsbrandstof",
        "geothermie in ondiepe lagen",
    ),
    "food-transition": (
        "autonome oogstrobots",
        "eiwit uit veldbonen",
        "gesloten zilte teelt",
        "precisiebemesting met drones",
        "zeewier als grondstof",
        "emissiearme stalsystemen",
        "insectenmeel voor visvoer",
        "verticale zaadteelt",
        "fermentatie van grasresten",
        "onkruidherkenning met camera's",
    ),
    "circular-transition": (
        "chemische recycling van polyester",
        "losmaakbare gevelpanelen",
        "biobased isolatie van vezelhennep",
        "terugwinning van fosfaat",
        "hergebruik van windmolenbladen",
        "betonreststromen",
        "textielsortering met infrarood",
        "composieten uit vlas",
        "lijm die loslaat",
        "materiaalpaspoorten",
        "terugwinning van zeldzame aardmetalen",
    ),
    "healthy-ageing": (
        "draagbare hartmonitor",
        "beeldherkenning bij huidkanker",
        "valpreventie met sensoren",
        "orgaan-op-een-chip",
        "thuisdialyse",
        "spraakherkenning voor afasie",
        "geprinte botimplantaten",
        "microdosering van medicijnen",
        "revalidatie met exoskelet",
        "vroege opsporing van nierfalen",
    ),
    "security": (
        "dronedetectie rond havens",
        "quantumveilige communicatie",
        "beveiligde procesbesturing",
        "onderwaterbewaking",
        "veerkrachtige satellietontvangst",
        "cyberoefeningen voor het mkb",
        "explosievendetectie",
    ),
    "key-technologies": (
        "fotonische sensoren",
        "siliciumcarbide vermogenschips",
        "geprinte elektronica",
        "cobots met tastzin",
        "membraantechnologie",
        "metaalprinten van matrijzen",
        "lasbots voor scheepssecties",
        "plasmacoatings",
        "microfluïdica",
        "hyperspectrale camera's",
        "ultradunne optiek",
    ),
    "digitalisation": (
        "dataruimte voor de maakindustrie",
        "voorspellend onderhoud",
        "open planningssoftware",
        "taalmodellen op eigen servers",
        "digitale productpaspoorten",
        "slimme logistieke knooppunten",
        "sensornetwerken voor dijken",
    ),
}
_SETTINGS = (
    "in de glastuinbouw",
    "op bedrijventerreinen",
    "voor de binnenvaart",
    "in de wijk",
    "met ziekenhuizen",
    "in de haven",
    "voor het mkb",
    "in de bouwketen",
    "langs de kust",
    "voor kleine series",
    "in de veenweiden",
    "op zee",
    "in de grensregio",
    "voor familiebedrijven",
    "in de procesindustrie",
    "bij drinkwaterbedrijven",
    "in de akkerbouw",
    "in de logistieke keten",
    "op de campus",
    "voor zware voertuigen",
    "in de melkveehouderij",
    "bij gemeenten",
    "in de maakindustrie",
    "voor de luchtvaart",
)
_ACRONYMS = (
    "AURORA",
    "BASALT",
    "CIRKEL",
    "DELTA",
    "ECHO",
    "FLINT",
    "GOLF",
    "HAVIK",
    "IJKPUNT",
    "KIEM",
    "LUMEN",
    "MOTOR",
    "NEXUS",
    "OPSTAP",
    "PLUS",
    "RADAR",
)


@dataclass(frozen=True, slots=True)
class Title:
    """A project's title, what it is about in one sentence, and its themes."""

    text: str
    about: str
    themes: tuple[str, ...]


class Titles:
    """Gives out titles, each once in the whole world."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self._given: set[str] = set()

    def new(self) -> Title:
        """A title that no other project has."""
        while True:
            title = self._made()
            if title.text not in self._given:
                self._given.add(title.text)
                return title

    def _made(self) -> Title:
        choice = self._chance.choice
        theme = choice(list(_SUBJECTS))
        subject, setting, form = choice(_SUBJECTS[theme]), choice(_SETTINGS), choice(_FORMS)
        second = choice([other for other in _SUBJECTS if other != theme])
        themes = (theme, second) if self._chance.random() < 0.18 else (theme,)
        about = f"De deelnemers onderzoeken {subject} {setting} en delen wat zij daarvan leren."
        return Title(f"{form} {subject} {setting}", about, themes)


def retold(title: str, chance: Random) -> str:
    """The same title as a second agency writes it."""
    ways = (
        title,
        title,
        f"{chance.choice(_ACRONYMS)} - {title}",
        f"{title} (bovenregionaal)",
        title.replace(" voor ", " t.b.v. "),
        title.capitalize() + ".",
    )
    return chance.choice(ways)
