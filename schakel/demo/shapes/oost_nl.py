"""Oost NL: a workbook for readers: merged titles, a date of reference, totals with formulas, dates in words."""

from schakel.demo.lists import Numbering
from schakel.demo.shapes.files import Workbook
from schakel.demo.shapes.shape import Shape
from schakel.demo.shapes.ways import AsNumber, Coded, Column, Country, Day, Plain, Sheet

_DAY = Day("d mmmm yyyy")
_ROMS = Plain(" & ")
_KINDS = Coded(
    {"company": "Ondernemingen", "knowledge": "Kennis & onderwijs", "government": "Overheden", "other": "Overigen"}
)
_SIZES = Coded({"startup": "Start", "scaleup": "Opschaling", "sme": "Gevestigd mkb", "large": "Corporate"})
_THEMES = Coded(
    {
        "energy-transition": "Energie & klimaat",
        "food-transition": "Food",
        "circular-transition": "Circulaire economie",
        "healthy-ageing": "Health",
        "security": "Safety",
        "key-technologies": "Tech",
        "digitalisation": "Digital",
    },
    ", ",
)
_STATUS = Coded({"running": "Gaande", "completed": "Afgerond & verantwoord", "stopped": "Gestaakt"})
_ROLES = Coded({"lead": "Aanvrager", "partner": "Partij"})
_INSTRUMENTS = Coded(
    {
        "equity": "Aandelenkapitaal",
        "convertible-loan": "Conv. lening",
        "subordinated-loan": "Achterg. lening",
        "loan": "Hypotheek/lening",
        "guarantee": "Borg",
    }
)
_TYPES = Coded({"first": "Nieuw", "follow-on": "Bestaand"})
_STAGES = Coded({"seed": "Zaad", "start-up": "Startup-fase", "later-stage": "Venture laat", "growth": "Groeikapitaal"})
_CASES = Coded({"new-site": "Komst", "expansion": "Vergroting", "retention": "Blijft behouden"})
_TRADE = Coded(
    {
        "trade-mission": "Uitgaande missie",
        "trade-fair": "Beurspaviljoen",
        "incoming-mission": "Ontvangst",
        "fact-finding": "Oriëntatiereis",
        "workshop": "Kennissessie",
    }
)
_BASES = Coded({"accounts": "Jaarrekening", "company": "Uitvraag", "estimate": "Schatting"})

SHAPE = Shape(
    agency="oost-nl",
    numbering=Numbering("C-{n:05d}", "P{yy}/{n:03d}", "ONF{n:02d}", "F{yy}/{n:03d}", "V{yy}/{n:03d}", "A{yy}/{n:03d}"),
    writer=Workbook("Oost NL jaaroverzicht.xlsx", titled="Oost NL", totals=True),
    sheets=(
        Sheet(
            "organisation",
            "Cliënten",
            (
                Column("Cliëntnr.", "number"),
                Column("Tenaamstelling", "name"),
                Column("Inschrijving Kamer v. Koophandel", "kvk", AsNumber()),
                Column("Fiscaal nummer", "vat"),
                Column("Ondernemingsvorm", "legal_form"),
                Column("Vestigingsadres", "address"),
                Column("Postk.", "postcode"),
                Column("Gevestigd te", "city"),
                Column("Landnaam", "country", Country()),
                Column("Homepage", "website"),
                Column("Doelgroep", "kind", _KINDS),
                Column("Levensfase", "size", _SIZES),
            ),
        ),
        Sheet(
            "project",
            "Projectenoverzicht",
            (
                Column("Dossiernr. project", "number"),
                Column("Werknaam", "title"),
                Column("Samenvatting", "description"),
                Column("Aanvang", "start", _DAY),
                Column("t/m", "end", _DAY),
                Column("Budget totaal", "volume"),
                Column("Speerpunt", "themes", _THEMES),
                Column("Voortgang", "status", _STATUS),
                Column("Hoofdaanvrager", "lead"),
                Column("Gezamenlijk met", "together_with", _ROMS),
                Column("Subsidiekenmerk EU", "eu_number"),
            ),
            total="Budget totaal",
        ),
        Sheet(
            "project_participant",
            "Samenwerkingsverbanden",
            (
                Column("Dossiernr. project", "project"),
                Column("Cliëntnr.", "organisation"),
                Column("Positie", "role", _ROLES),
            ),
        ),
        Sheet(
            "fund",
            "Fondsenoverzicht",
            (
                Column("Code fonds", "number"),
                Column("Benaming", "name"),
                Column("Vermogen", "capital"),
                Column("Sinds", "vintage"),
            ),
            total="Vermogen",
        ),
        Sheet(
            "investment",
            "Kapitaalverstrekking",
            (
                Column("Dossiernr. financiering", "number"),
                Column("Code fonds", "fund"),
                Column("Cliëntnr.", "organisation"),
                Column("Passeerdatum", "date", _DAY),
                Column("Verstrekt", "amount"),
                Column("Vorm", "instrument", _INSTRUMENTS),
                Column("Nieuw/bestaand", "type", _TYPES),
                Column("Stadium", "stage", _STAGES),
                Column("Totaal opgehaald", "round_size"),
                Column("Overige financiers", "co_investors"),
            ),
            total="Verstrekt",
        ),
        Sheet(
            "position",
            "Belangen",
            (
                Column("Code fonds", "fund"),
                Column("Cliëntnr.", "organisation"),
                Column("Ultimo", "date", _DAY),
                Column("Verkrijgingsprijs", "cost"),
                Column("Actuele waarde", "value"),
            ),
            total="Verkrijgingsprijs",
        ),
        Sheet(
            "foreign_case",
            "Vestigingsdossiers",
            (
                Column("Dossiernr. vestiging", "number"),
                Column("Cliëntnr.", "organisation"),
                Column("Moederland", "origin", Country()),
                Column("Aard besluit", "kind", _CASES),
                Column("Datum toezegging", "date", _DAY),
                Column("Capex (3 jr)", "capex"),
                Column("Nieuwe banen", "jobs_created"),
                Column("Geborgde banen", "jobs_retained"),
                Column("Gezamenlijk met", "together_with", _ROMS),
                Column("Brief d.d.", "confirmed_on", _DAY),
            ),
            total="Capex (3 jr)",
        ),
        Sheet(
            "trade_activity",
            "Exportagenda",
            (
                Column("Agendanr.", "number"),
                Column("Benaming", "title"),
                Column("Doelland", "country", Country()),
                Column("Stad", "city"),
                Column("Vorm", "kind", _TRADE),
                Column("Eerste dag", "start", _DAY),
                Column("Laatste dag", "end", _DAY),
                Column("Opkomst", "participants"),
                Column("Gezamenlijk met", "together_with", _ROMS),
            ),
            total="Opkomst",
        ),
        Sheet(
            "trade_participant",
            "Presentie",
            (
                Column("Agendanr.", "activity"),
                Column("Cliëntnr.", "organisation"),
            ),
        ),
        Sheet(
            "staff",
            "Bezetting",
            (
                Column("Verslagjaar", "year"),
                Column("Personeelsleden", "heads"),
                Column("Formatieplaatsen", "fte"),
            ),
        ),
        Sheet(
            "outcome",
            "Opvolging",
            (
                Column("Cliëntnr.", "organisation"),
                Column("Omzet", "turnover"),
                Column("Omzet vorig jaar", "turnover_before"),
                Column("Werkzame personen (fte)", "fte"),
                Column("Idem vorig jaar (fte)", "fte_before"),
                Column("Uitgaven aan R&D", "rd"),
                Column("Vermeden CO2 (ton)", "co2_avoided"),
                Column("Bron van de cijfers", "basis", _BASES),
            ),
            total="Omzet",
        ),
    ),
)
