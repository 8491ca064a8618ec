"""Horizon Flevoland: an OpenDocument workbook kept by hand, with full sentences as headers and real dates."""

from schakel.demo.lists import Numbering
from schakel.demo.shapes.files import OpenDocument
from schakel.demo.shapes.shape import Shape
from schakel.demo.shapes.ways import Coded, Column, Country, Plain, Sheet

_ROMS = Plain(" en ")
_KINDS = Coded(
    {"company": "Ondernemer", "knowledge": "Onderwijs/onderzoek", "government": "Publieke partij", "other": "Anders"}
)
_SIZES = Coded(
    {"startup": "Jong bedrijf", "scaleup": "Doorgroeier", "sme": "MKB-bedrijf", "large": "Grote onderneming"}
)
_THEMES = Coded(
    {
        "energy-transition": "energie van de toekomst",
        "food-transition": "eten van morgen",
        "circular-transition": "alles rond",
        "healthy-ageing": "vitaliteit",
        "security": "veilige samenleving",
        "key-technologies": "techniek van morgen",
        "digitalisation": "data en AI",
    },
    "; ",
)
_STATUS = Coded({"running": "bezig", "completed": "afgesloten", "stopped": "voortijdig beëindigd"})
_ROLES = Coded({"lead": "trekker", "partner": "doet mee"})
_INSTRUMENTS = Coded(
    {
        "equity": "Aandelen",
        "convertible-loan": "Converteerbare lening",
        "subordinated-loan": "Achtergestelde lening",
        "loan": "Lening",
        "guarantee": "Garantstelling",
    }
)
_TYPES = Coded({"first": "voor het eerst", "follow-on": "opnieuw"})
_STAGES = Coded(
    {"seed": "idee", "start-up": "startende onderneming", "later-stage": "gevorderd", "growth": "volgroeid"}
)
_CASES = Coded({"new-site": "nieuw gekomen", "expansion": "uitgebreid", "retention": "gebleven"})
_TRADE = Coded(
    {
        "trade-mission": "reis",
        "trade-fair": "beursstand",
        "incoming-mission": "gasten ontvangen",
        "fact-finding": "verkennende reis",
        "workshop": "bijeenkomst",
    }
)

SHAPE = Shape(
    agency="horizon-flevoland",
    numbering=Numbering("HF{n:04d}", "I-{yy}/{n:02d}", "HFF-{n}", "K-{yy}/{n:02d}", "A-{yy}/{n:02d}", "H-{yy}/{n:02d}"),
    writer=OpenDocument("jaaropgave.ods"),
    sheets=(
        Sheet(
            "organisation",
            "Wie kennen we",
            (
                Column("Ons kenmerk", "number"),
                Column("Hoe heet de organisatie", "name"),
                Column("Ingeschreven bij KvK onder", "kvk"),
                Column("Btw-identificatie", "vat"),
                Column("Juridische vorm", "legal_form"),
                Column("Bezoekadres", "address"),
                Column("Cijfers en letters", "postcode"),
                Column("Waar gevestigd", "city"),
                Column("In welk land", "country", Country()),
                Column("Op internet", "website"),
                Column("Wat voor organisatie", "kind", _KINDS),
                Column("Hoe groot", "size", _SIZES),
            ),
        ),
        Sheet(
            "project",
            "Vernieuwing",
            (
                Column("Projectkenmerk", "number"),
                Column("Hoe heet het project", "title"),
                Column("Waar gaat het over", "description"),
                Column("Gestart op", "start"),
                Column("Duurt tot", "end"),
                Column("Wat kost het in totaal (€)", "volume"),
                Column("Bijdrage aan", "themes", _THEMES),
                Column("Hoe staat het ervoor", "status", _STATUS),
                Column("Wie trekt het (ons kenmerk)", "lead"),
                Column("Collega-ROM's", "together_with", _ROMS),
                Column("Nummer in Europa", "eu_number"),
                Column("Ons team", "", key="team"),
            ),
        ),
        Sheet(
            "project_participant",
            "Wie doet mee",
            (
                Column("Projectkenmerk", "project"),
                Column("Ons kenmerk", "organisation"),
                Column("In welke rol", "role", _ROLES),
            ),
        ),
        Sheet(
            "fund",
            "Onze fondsen",
            (
                Column("Fondskenmerk", "number"),
                Column("Hoe heet het fonds", "name"),
                Column("Hoeveel zit erin (€)", "capital"),
                Column("Sinds wanneer", "vintage"),
            ),
        ),
        Sheet(
            "investment",
            "Gefinancierd",
            (
                Column("Financieringskenmerk", "number"),
                Column("Fondskenmerk", "fund"),
                Column("Ons kenmerk", "organisation"),
                Column("Getekend op", "date"),
                Column("Hoeveel (€)", "amount"),
                Column("In welke vorm", "instrument", _INSTRUMENTS),
                Column("Eerste keer?", "type", _TYPES),
                Column("Hoe ver is het bedrijf", "stage", _STAGES),
                Column("Alles bij elkaar opgehaald (€)", "round_size"),
                Column("Wie nog meer", "co_investors"),
            ),
        ),
        Sheet(
            "position",
            "In bezit",
            (
                Column("Fondskenmerk", "fund"),
                Column("Ons kenmerk", "organisation"),
                Column("Op welke dag", "date"),
                Column("Erin gestoken (€)", "cost"),
                Column("Nu waard (€)", "value"),
            ),
        ),
        Sheet(
            "foreign_case",
            "Uit het buitenland",
            (
                Column("Aankomstkenmerk", "number"),
                Column("Ons kenmerk", "organisation"),
                Column("Waar vandaan", "origin", Country()),
                Column("Wat gebeurde er", "kind", _CASES),
                Column("Besloten op", "date"),
                Column("Gaat investeren in drie jaar (€)", "capex"),
                Column("Banen erbij", "jobs_created"),
                Column("Banen die blijven", "jobs_retained"),
                Column("Collega-ROM's", "together_with", _ROMS),
                Column("Brief gekregen op", "confirmed_on"),
            ),
        ),
        Sheet(
            "trade_activity",
            "Over de grens",
            (
                Column("Reiskenmerk", "number"),
                Column("Hoe heet de reis", "title"),
                Column("Waarheen", "country", Country()),
                Column("In welke stad", "city"),
                Column("Wat voor reis", "kind", _TRADE),
                Column("Vertrek", "start"),
                Column("Terug", "end"),
                Column("Hoeveel gingen er mee", "participants"),
                Column("Collega-ROM's", "together_with", _ROMS),
            ),
        ),
        Sheet(
            "trade_participant",
            "Wie ging er mee",
            (
                Column("Reiskenmerk", "activity"),
                Column("Ons kenmerk", "organisation"),
            ),
        ),
        Sheet(
            "staff",
            "Wijzelf",
            (
                Column("Over welk jaar", "year"),
                Column("Met hoeveel mensen", "heads"),
                Column("Omgerekend naar voltijd", "fte"),
            ),
        ),
    ),
)
