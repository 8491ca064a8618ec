"""LIOF: a workbook in millions of euros, a band of group names above the headers, a hidden column of internal codes."""

from schakel.demo.lists import Numbering
from schakel.demo.shapes.files import Workbook
from schakel.demo.shapes.shape import Shape
from schakel.demo.shapes.ways import Coded, Column, Country, Money, Plain, Sheet

_EURO = Money("EUR million")
_ROMS = Plain(", ")
_KINDS = Coded(
    {
        "company": "Bedrijf (mkb/groot)",
        "knowledge": "Kennispartner",
        "government": "Overheidspartner",
        "other": "Overige partner",
    }
)
_SIZES = Coded({"startup": "Starter", "scaleup": "Opschaler", "sme": "Mkb'er", "large": "Grootbedrijf (>250)"})
_THEMES = Coded(
    {
        "energy-transition": "Transitie energie",
        "food-transition": "Transitie voeding",
        "circular-transition": "Transitie circulair",
        "healthy-ageing": "Transitie gezondheid",
        "security": "Veilig",
        "key-technologies": "Basistechnologie",
        "digitalisation": "Transitie digitaal",
    },
    "; ",
)
_STATUS = Coded({"running": "Loopt", "completed": "Opgeleverd", "stopped": "Beëindigd"})
_ROLES = Coded({"lead": "Hoofdaanvrager", "partner": "Consortiumlid"})
_INSTRUMENTS = Coded(
    {
        "equity": "Risicokapitaal",
        "convertible-loan": "Converteerbaar",
        "subordinated-loan": "Achtergesteld",
        "loan": "Vreemd vermogen",
        "guarantee": "Zekerheid",
    }
)
_TYPES = Coded({"first": "Instap", "follow-on": "Bijstorting"})
_STAGES = Coded({"seed": "Kiem", "start-up": "Start", "later-stage": "Gevorderd", "growth": "Expansie"})
_CASES = Coded({"new-site": "Nieuw in Limburg", "expansion": "Groei ter plaatse", "retention": "Blijft"})
_TRADE = Coded(
    {
        "trade-mission": "Uitgaand",
        "trade-fair": "Beursstand",
        "incoming-mission": "Inkomend",
        "fact-finding": "Marktverkenning",
        "workshop": "Kennissessie",
    }
)
_BASES = Coded({"accounts": "Jaarrekening", "company": "Bedrijf zelf", "estimate": "Inschatting LIOF"})
_HIDDEN = Column("Interne sleutel", "", key="internal", hidden=True)

SHAPE = Shape(
    agency="liof",
    numbering=Numbering(
        "L{n:05d}", "LI{yy}.{n:03d}.P", "LF.{n:02d}.F", "LI{yy}.{n:03d}.K", "LI{yy}.{n:03d}.V", "LI{yy}.{n:03d}.M"
    ),
    writer=Workbook("LIOF_jaarcijfers.xlsx", bands="Bijzonderheden"),
    sheets=(
        Sheet(
            "organisation",
            "Klanten",
            (
                _HIDDEN,
                Column("Klantcode", "number"),
                Column("Klantnaam", "name"),
                Column("KvK-inschrijving", "kvk"),
                Column("Btw-id", "vat"),
                Column("Juridische status", "legal_form"),
                Column("Straat en huisnummer", "address"),
                Column("Pc", "postcode"),
                Column("Vestigingsplaats", "city"),
                Column("Vestigingsland", "country", Country()),
                Column("Internet", "website"),
                Column("Klantgroep", "kind", _KINDS),
                Column("Omvangklasse", "size", _SIZES),
            ),
        ),
        Sheet(
            "project",
            "Innovatie",
            (
                _HIDDEN,
                Column("Projectcode", "number"),
                Column("Werktitel", "title"),
                Column("Korte inhoud", "description"),
                Column("Van", "start"),
                Column("Tot en met", "end"),
                Column("Budget totaal (mln €)", "volume", _EURO),
                Column("Missie", "themes", _THEMES),
                Column("Voortgang", "status", _STATUS),
                Column("Hoofdaanvrager (klantcode)", "lead"),
                Column("Andere ROM's", "together_with", _ROMS),
                Column("Kenmerk Horizon", "eu_number"),
            ),
        ),
        Sheet(
            "project_participant",
            "Consortiumleden",
            (
                Column("Projectcode", "project"),
                Column("Klantcode", "organisation"),
                Column("Functie", "role", _ROLES),
            ),
        ),
        Sheet(
            "fund",
            "Fondsbeheer",
            (
                Column("Fondscode", "number"),
                Column("Fondsnaam", "name"),
                Column("Beheerd vermogen (mln €)", "capital", _EURO),
                Column("Eerste closing", "vintage"),
            ),
        ),
        Sheet(
            "investment",
            "Transacties",
            (
                _HIDDEN,
                Column("Transactiecode", "number"),
                Column("Fondscode", "fund"),
                Column("Klantcode", "organisation"),
                Column("Transactiedatum", "date"),
                Column("Inleg (mln €)", "amount", _EURO),
                Column("Financieringsvorm", "instrument", _INSTRUMENTS),
                Column("Rondetype", "type", _TYPES),
                Column("Ontwikkelfase", "stage", _STAGES),
                Column("Ronde in totaal (mln €)", "round_size", _EURO),
                Column("Syndicaat", "co_investors"),
            ),
        ),
        Sheet(
            "position",
            "Belangen",
            (
                Column("Fondscode", "fund"),
                Column("Klantcode", "organisation"),
                Column("Stand per", "date"),
                Column("Historische inleg (mln €)", "cost", _EURO),
                Column("Taxatie (mln €)", "value", _EURO),
            ),
        ),
        Sheet(
            "foreign_case",
            "Vestigers",
            (
                _HIDDEN,
                Column("Vestigerscode", "number"),
                Column("Klantcode", "organisation"),
                Column("Land van de moeder", "origin", Country()),
                Column("Soort besluit", "kind", _CASES),
                Column("Besloten op", "date"),
                Column("Capex 3 jaar (mln €)", "capex", _EURO),
                Column("Banen erbij", "jobs_created"),
                Column("Banen geborgd", "jobs_retained"),
                Column("Andere ROM's", "together_with", _ROMS),
                Column("Brief ondertekend", "confirmed_on"),
            ),
        ),
        Sheet(
            "trade_activity",
            "Missies",
            (
                Column("Missiecode", "number"),
                Column("Naam missie", "title"),
                Column("Bestemming", "country", Country()),
                Column("Stad", "city"),
                Column("Vorm", "kind", _TRADE),
                Column("Vertrek", "start"),
                Column("Terugkeer", "end"),
                Column("Deelnemertal", "participants"),
                Column("Andere ROM's", "together_with", _ROMS),
            ),
        ),
        Sheet(
            "trade_participant",
            "Missiegangers",
            (
                Column("Missiecode", "activity"),
                Column("Klantcode", "organisation"),
            ),
        ),
        Sheet(
            "staff",
            "Formatie",
            (
                Column("Peiljaar", "year"),
                Column("Medewerkertal", "heads"),
                Column("Voltijdsbanen", "fte"),
            ),
        ),
        Sheet(
            "outcome",
            "Effectmeting",
            (
                _HIDDEN,
                Column("Klantcode", "organisation"),
                Column("Omzet (mln €)", "turnover", _EURO),
                Column("Omzet jaar ervoor (mln €)", "turnover_before", _EURO),
                Column("Werkzaam (fte)", "fte"),
                Column("Werkzaam jaar ervoor (fte)", "fte_before"),
                Column("Aan R&D (mln €)", "rd", _EURO),
                Column("Minder CO2 (ton)", "co2_avoided"),
                Column("Hoe bekend", "basis", _BASES),
            ),
        ),
    ),
)
