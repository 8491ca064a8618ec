"""ROM Utrecht Region: a workbook that names organisations instead of numbering them, partners in one cell."""

from schakel.demo.lists import Numbering
from schakel.demo.shapes.files import Workbook
from schakel.demo.shapes.shape import Shape
from schakel.demo.shapes.ways import Coded, Column, Country, Day, Money, Plain, Sheet

_DAY, _EURO = Day("d mmm yyyy"), Money(pattern="€ 1.234,56")
_ROMS = Plain("; ")
_KINDS = Coded({"company": "Ondernemer", "knowledge": "Kennis", "government": "Publiek", "other": "Divers"})
_SIZES = Coded({"startup": "Beginnend", "scaleup": "Snelgroeiend", "sme": "Middelgroot", "large": "Multinational"})
_THEMES = Coded(
    {
        "energy-transition": "Earth: energie",
        "food-transition": "Earth: voedsel",
        "circular-transition": "Earth: circulair",
        "healthy-ageing": "Health",
        "security": "Society: veilig",
        "key-technologies": "Technologie",
        "digitalisation": "Digital",
    },
    " | ",
)
_STATUS = Coded({"running": "Uitvoering", "completed": "Klaar", "stopped": "Geannuleerd"})
_INSTRUMENTS = Coded(
    {
        "equity": "aandelenuitgifte",
        "convertible-loan": "converteerbaar",
        "subordinated-loan": "achtergesteld krediet",
        "loan": "krediet",
        "guarantee": "borgtocht",
    }
)
_TYPES = Coded({"first": "nieuw in portefeuille", "follow-on": "al in portefeuille"})
_STAGES = Coded({"seed": "pril", "start-up": "startfase", "later-stage": "late fase", "growth": "groeifase"})
_CASES = Coded({"new-site": "nieuwkomer", "expansion": "breidt uit", "retention": "behouden gebleven"})
_TRADE = Coded(
    {
        "trade-mission": "handelsreis",
        "trade-fair": "beurs/paviljoen",
        "incoming-mission": "inkomend bezoek",
        "fact-finding": "verkenning",
        "workshop": "kennissessie",
    }
)
_OURS = (Column("Accountteam", "", key="team"), Column("Gewijzigd op", "", Day(), "changed"))

SHAPE = Shape(
    agency="rom-utrecht-region",
    numbering=Numbering("K{n:04d}", "UI{yy}-{n:02d}", "UF{n}", "UK{yy}-{n:02d}", "UB{yy}-{n:02d}", "UH{yy}-{n:02d}"),
    writer=Workbook("Aanlevering ROM Utrecht Region.xlsx"),
    sheets=(
        Sheet(
            "organisation",
            "Adresboek",
            (
                Column("Kaartnr.", "number"),
                Column("Te boek als", "name"),
                Column("Kamer van Koophandel", "kvk"),
                Column("Btw-identificatienr.", "vat"),
                Column("Rechtspersoon", "legal_form"),
                Column("Straat", "address"),
                Column("Pc", "postcode"),
                Column("Standplaats", "city"),
                Column("Land vestiging", "country", Country()),
                Column("Webpagina", "website"),
                Column("Type relatie", "kind", _KINDS),
                Column("Bedrijfsomvang", "size", _SIZES),
                *_OURS,
            ),
        ),
        Sheet(
            "project",
            "Innovatieportfolio",
            (
                Column("Kenmerk", "number"),
                Column("Roepnaam project", "title"),
                Column("Waar het over gaat", "description"),
                Column("Gestart", "start", _DAY),
                Column("Loopt tot", "end", _DAY),
                Column("Begroting", "volume", _EURO),
                Column("Ecosysteem", "themes", _THEMES),
                Column("Stand van zaken", "status", _STATUS),
                Column("Getrokken door", "lead", key="lead_name"),
                Column("Deelnemende partijen", "", Plain("; "), "parties"),
                Column("Met ROM('s)", "together_with", _ROMS),
                Column("Europees nummer", "eu_number"),
                *_OURS,
            ),
        ),
        Sheet(
            "fund",
            "Fondsen in beheer",
            (
                Column("Fondskenmerk", "number"),
                Column("Fonds", "name"),
                Column("Onder beheer", "capital", _EURO),
                Column("Opgericht", "vintage"),
            ),
        ),
        Sheet(
            "investment",
            "Financieringsrondes",
            (
                Column("Kenmerk", "number"),
                Column("Fonds", "fund", key="fund_name"),
                Column("Gefinancierde onderneming", "organisation", key="organisation_name"),
                Column("Getekend", "date", _DAY),
                Column("Ticket", "amount", _EURO),
                Column("Vorm", "instrument", _INSTRUMENTS),
                Column("Nieuw?", "type", _TYPES),
                Column("Levensfase", "stage", _STAGES),
                Column("Hele ronde", "round_size", _EURO),
                Column("Meefinanciers", "co_investors"),
                *_OURS,
            ),
        ),
        Sheet(
            "position",
            "Eigen belangen",
            (
                Column("Fonds", "fund", key="fund_name"),
                Column("Onderneming", "organisation", key="organisation_name"),
                Column("Gewaardeerd per", "date", _DAY),
                Column("Inbreng", "cost", _EURO),
                Column("Taxatie", "value", _EURO),
            ),
        ),
        Sheet(
            "foreign_case",
            "Internationaal gevestigd",
            (
                Column("Kenmerk", "number"),
                Column("Onderneming", "organisation", key="organisation_name"),
                Column("Herkomst", "origin", Country()),
                Column("Wat besloten", "kind", _CASES),
                Column("Wanneer besloten", "date", _DAY),
                Column("Verwachte uitgaven 3 jaar", "capex", _EURO),
                Column("Extra banen", "jobs_created"),
                Column("Geredde banen", "jobs_retained"),
                Column("Met ROM('s)", "together_with", _ROMS),
                Column("Brief van", "confirmed_on", _DAY),
                *_OURS,
            ),
        ),
        Sheet(
            "trade_activity",
            "Exportkalender",
            (
                Column("Kenmerk", "number"),
                Column("Roepnaam", "title"),
                Column("Waarheen", "country", Country()),
                Column("Stad", "city"),
                Column("Vorm", "kind", _TRADE),
                Column("Begint", "start", _DAY),
                Column("Eindigt", "end", _DAY),
                Column("Opkomst", "participants"),
                Column("Met ROM('s)", "together_with", _ROMS),
                *_OURS,
            ),
        ),
        Sheet(
            "trade_participant",
            "Presentielijst",
            (
                Column("Kenmerk activiteit", "activity"),
                Column("Onderneming", "organisation", key="organisation_name"),
            ),
        ),
        Sheet(
            "staff",
            "Eigen team",
            (
                Column("Over jaar", "year"),
                Column("Collega's", "heads"),
                Column("Omgerekend voltijds", "fte"),
            ),
        ),
    ),
)
