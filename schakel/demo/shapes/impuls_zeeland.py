"""Impuls Zeeland: semicolon files in Windows-1252, decimal comma, short dates without leading zeros.

In 2024 its new system calls the start of a project otherwise, so that year's delivery needs a proposal.
"""

from schakel.demo.lists import Numbering
from schakel.demo.shapes.files import Delimited
from schakel.demo.shapes.shape import Shape
from schakel.demo.shapes.ways import Coded, Column, Country, Day, Money, Plain, Sheet

_DAY, _EURO = Day("d-m-yyyy"), Money(pattern="1234,56")
_ROMS = Plain(", ")
_KINDS = Coded({"company": "B", "knowledge": "K", "government": "O", "other": "V"})
_SIZES = Coded({"startup": "S1", "scaleup": "S2", "sme": "M", "large": "G"})
_THEMES = Coded(
    {
        "energy-transition": "energie",
        "food-transition": "voedsel",
        "circular-transition": "circulair",
        "healthy-ageing": "gezondheid",
        "security": "weerbaar",
        "key-technologies": "technologie",
        "digitalisation": "digitaal",
    },
    ", ",
)
_STATUS = Coded({"running": "in uitvoering", "completed": "gereed", "stopped": "ingetrokken"})
_ROLES = Coded({"lead": "hoofdaanvrager", "partner": "deelnemer"})
_INSTRUMENTS = Coded(
    {
        "equity": "aandeel",
        "convertible-loan": "conv. lening",
        "subordinated-loan": "acht. lening",
        "loan": "geldlening",
        "guarantee": "garantie",
    }
)
_TYPES = Coded({"first": "E", "follow-on": "V"})
_STAGES = Coded({"seed": "seed", "start-up": "opstart", "later-stage": "latere fase", "growth": "uitgroei"})
_CASES = Coded({"new-site": "vestiging", "expansion": "uitbreiding", "retention": "behoud"})
_TRADE = Coded(
    {
        "trade-mission": "missie",
        "trade-fair": "vakbeurs",
        "incoming-mission": "delegatie",
        "fact-finding": "oriëntatie",
        "workshop": "seminar",
    }
)

SHAPE = Shape(
    agency="impuls-zeeland",
    numbering=Numbering(
        "Z{n:05d}", "ZI{yy}{n:03d}x", "ZF-{n:02d}", "ZK{yy}{n:03d}x", "ZB{yy}{n:03d}x", "ZH{yy}{n:03d}x"
    ),
    writer=Delimited("csv", ";", "cp1252"),
    renamed={2024: {"Aanvang": "Startdatum project"}},
    sheets=(
        Sheet(
            "organisation",
            "debiteuren_en_relaties",
            (
                Column("Debiteurnr.", "number"),
                Column("Onderneming", "name"),
                Column("Inschrijfnr. KvK", "kvk"),
                Column("Omzetbelastingnr.", "vat"),
                Column("Vennootschapsvorm", "legal_form"),
                Column("Straat/nr.", "address"),
                Column("PC", "postcode"),
                Column("Woonplaats", "city"),
                Column("Vestigingsland", "country", Country()),
                Column("Internetadres", "website"),
                Column("Srt.", "kind", _KINDS),
                Column("Klasse", "size", _SIZES),
            ),
        ),
        Sheet(
            "project",
            "subsidieprojecten",
            (
                Column("Volgnr.", "number"),
                Column("Projecttitel", "title"),
                Column("Samenvatting", "description"),
                Column("Aanvang", "start", _DAY),
                Column("t/m", "end", _DAY),
                Column("Begrote kosten", "volume", _EURO),
                Column("Speerpunt", "themes", _THEMES),
                Column("Stand", "status", _STATUS),
                Column("Hoofdaanvrager (debiteurnr.)", "lead"),
                Column("I.s.m.", "together_with", _ROMS),
                Column("Kenmerk Brussel", "eu_number"),
            ),
        ),
        Sheet(
            "project_participant",
            "subsidiedeelnemers",
            (
                Column("Volgnr. project", "project"),
                Column("Debiteurnr.", "organisation"),
                Column("Hoedanigheid", "role", _ROLES),
            ),
        ),
        Sheet(
            "fund",
            "fondsboek",
            (
                Column("Fonds", "number"),
                Column("Fondsnaam", "name"),
                Column("Toegezegd vermogen", "capital", _EURO),
                Column("Opgericht", "vintage"),
            ),
        ),
        Sheet(
            "investment",
            "financieringen",
            (
                Column("Volgnr.", "number"),
                Column("Fonds", "fund"),
                Column("Debiteurnr.", "organisation"),
                Column("Valutadatum", "date", _DAY),
                Column("Verstrekt", "amount", _EURO),
                Column("Vorm", "instrument", _INSTRUMENTS),
                Column("E/V", "type", _TYPES),
                Column("Stadium", "stage", _STAGES),
                Column("Totale inleg ronde", "round_size", _EURO),
                Column("Medefinanciers", "co_investors", Plain(" + ")),
            ),
        ),
        Sheet(
            "position",
            "deelnemingen",
            (
                Column("Fonds", "fund"),
                Column("Debiteurnr.", "organisation"),
                Column("Ultimo", "date", _DAY),
                Column("Aanschafwaarde", "cost", _EURO),
                Column("Actuele waarde", "value", _EURO),
            ),
        ),
        Sheet(
            "foreign_case",
            "vestigers",
            (
                Column("Volgnr.", "number"),
                Column("Debiteurnr.", "organisation"),
                Column("Moederland", "origin", Country()),
                Column("Aard", "kind", _CASES),
                Column("Besloten op", "date", _DAY),
                Column("Capex drie jaar", "capex", _EURO),
                Column("Nieuwe banen", "jobs_created"),
                Column("Banen behouden", "jobs_retained"),
                Column("I.s.m.", "together_with", _ROMS),
                Column("Brief d.d.", "confirmed_on", _DAY),
            ),
        ),
        Sheet(
            "trade_activity",
            "exportreizen",
            (
                Column("Volgnr.", "number"),
                Column("Reis", "title"),
                Column("Bestemming", "country", Country()),
                Column("Stad", "city"),
                Column("Srt.", "kind", _TRADE),
                Column("Van", "start", _DAY),
                Column("Tot", "end", _DAY),
                Column("Opkomst", "participants"),
                Column("I.s.m.", "together_with", _ROMS),
            ),
        ),
        Sheet(
            "trade_participant",
            "reizigers",
            (
                Column("Volgnr. reis", "activity"),
                Column("Debiteurnr.", "organisation"),
            ),
        ),
        Sheet(
            "staff",
            "formatie",
            (
                Column("Boekjaar", "year"),
                Column("Personen", "heads"),
                Column("Formatieplaatsen", "fte"),
            ),
        ),
    ),
)
