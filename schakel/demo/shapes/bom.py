"""BOM: one tab-separated UTF-16 file a table, as a database tool exports it: coded column names, dotted dates."""

from schakel.demo.lists import Numbering
from schakel.demo.shapes.files import Delimited
from schakel.demo.shapes.shape import Shape
from schakel.demo.shapes.ways import Coded, Column, Country, Day, Money, Plain, Sheet

_DAY, _EURO = Day("dd.mm.yyyy"), Money(pattern="1.234,56")
_ROMS = Plain(" / ")
_KINDS = Coded({"company": "onderneming", "knowledge": "kennis", "government": "publiek", "other": "rest"})
_SIZES = Coded({"startup": "starter", "scaleup": "snelle groeier", "sme": "midden- en kleinbedrijf", "large": "groot"})
_THEMES = Coded(
    {
        "energy-transition": "Energie",
        "food-transition": "Voedsel",
        "circular-transition": "Grondstoffen",
        "healthy-ageing": "Vitaal ouder",
        "security": "Weerbaarheid",
        "key-technologies": "Sleuteltech",
        "digitalisation": "Digitaal",
    },
    " / ",
)
_STATUS = Coded({"running": "actief", "completed": "klaar", "stopped": "afgebroken"})
_ROLES = Coded({"lead": "aanvrager", "partner": "medeaanvrager"})
_INSTRUMENTS = Coded(
    {
        "equity": "aandelenkapitaal",
        "convertible-loan": "converteerbaar",
        "subordinated-loan": "achtergesteld",
        "loan": "krediet",
        "guarantee": "borg",
    }
)
_TYPES = Coded({"first": "1e", "follow-on": "vervolgronde"})
_STAGES = Coded({"seed": "zaai", "start-up": "start", "later-stage": "later", "growth": "doorgroei"})
_CASES = Coded({"new-site": "nieuwkomer", "expansion": "uitbreider", "retention": "behouden"})
_TRADE = Coded(
    {
        "trade-mission": "missie",
        "trade-fair": "stand",
        "incoming-mission": "bezoek",
        "fact-finding": "verkenning",
        "workshop": "werksessie",
    }
)
_BASES = Coded({"accounts": "JR", "company": "OPG", "estimate": "SCH"})

SHAPE = Shape(
    agency="bom",
    numbering=Numbering(
        "KL-{n:05d}", "IP{yy}-{n:03d}", "BF{n:02d}", "TX{yy}-{n:03d}", "VB{yy}-{n:03d}", "EX{yy}-{n:03d}"
    ),
    writer=Delimited("tsv", "\t", "utf-16"),
    sheets=(
        Sheet(
            "organisation",
            "klantenbestand",
            (
                Column("KLANT_ID", "number"),
                Column("KLANT_NAAM", "name"),
                Column("KVK_INSCHRIJVING", "kvk"),
                Column("OB_NUMMER", "vat"),
                Column("RECHTSPERSOON", "legal_form"),
                Column("STRAAT_HUISNR", "address"),
                Column("POSTKODE", "postcode"),
                Column("WOONPLAATS", "city"),
                Column("LAND_CODE", "country", Country("code")),
                Column("WEB", "website"),
                Column("SEGMENT", "kind", _KINDS),
                Column("GROEISTADIUM", "size", _SIZES),
                Column("MUTATIE_DATUM", "", _DAY, "changed"),
            ),
        ),
        Sheet(
            "project",
            "innovatie_dossiers",
            (
                Column("PROJ_ID", "number"),
                Column("PROJ_NAAM", "title"),
                Column("PROJ_INHOUD", "description"),
                Column("DATUM_VAN", "start", _DAY),
                Column("DATUM_TM", "end", _DAY),
                Column("KOSTEN_TOTAAL", "volume", _EURO),
                Column("MISSIE", "themes", _THEMES),
                Column("PROJ_STAND", "status", _STATUS),
                Column("AANVRAGER_ID", "lead"),
                Column("COLLEGA_ROM", "together_with", _ROMS),
                Column("BRUSSEL_REF", "eu_number"),
                Column("MUTATIE_DATUM", "", _DAY, "changed"),
            ),
        ),
        Sheet(
            "project_participant",
            "innovatie_rollen",
            (
                Column("PROJ_ID", "project"),
                Column("KLANT_ID", "organisation"),
                Column("ROL_CODE", "role", _ROLES),
            ),
        ),
        Sheet(
            "fund",
            "fonds_stam",
            (
                Column("FONDS_ID", "number"),
                Column("FONDS_NAAM", "name"),
                Column("GECOMMITTEERD", "capital", _EURO),
                Column("JAAR_OPENING", "vintage"),
            ),
        ),
        Sheet(
            "investment",
            "kapitaal_transacties",
            (
                Column("TX_ID", "number"),
                Column("FONDS_ID", "fund"),
                Column("KLANT_ID", "organisation"),
                Column("DATUM_PASSEREN", "date", _DAY),
                Column("UITGEZET", "amount", _EURO),
                Column("PRODUCT", "instrument", _INSTRUMENTS),
                Column("SOORT_TX", "type", _TYPES),
                Column("STADIUM", "stage", _STAGES),
                Column("RONDE_GROOTTE", "round_size", _EURO),
                Column("MEDE_INV", "co_investors", Plain(" / ")),
            ),
        ),
        Sheet(
            "position",
            "belangen_ultimo",
            (
                Column("FONDS_ID", "fund"),
                Column("KLANT_ID", "organisation"),
                Column("STAND_PER", "date", _DAY),
                Column("INGEBRACHT", "cost", _EURO),
                Column("GEWAARDEERD_OP", "value", _EURO),
            ),
        ),
        Sheet(
            "foreign_case",
            "fdi_besluiten",
            (
                Column("VB_ID", "number"),
                Column("KLANT_ID", "organisation"),
                Column("MOEDER_LAND", "origin", Country("code")),
                Column("AARD", "kind", _CASES),
                Column("DATUM_BESLOTEN", "date", _DAY),
                Column("CAPEX_3JR", "capex", _EURO),
                Column("FTE_NIEUW", "jobs_created"),
                Column("FTE_BEHOUD", "jobs_retained"),
                Column("COLLEGA_ROM", "together_with", _ROMS),
                Column("BRIEF_DATUM", "confirmed_on", _DAY),
            ),
        ),
        Sheet(
            "trade_activity",
            "export_agenda",
            (
                Column("EX_ID", "number"),
                Column("EX_NAAM", "title"),
                Column("BESTEMMING", "country", Country("code")),
                Column("STAD", "city"),
                Column("VORM", "kind", _TRADE),
                Column("DATUM_VAN", "start", _DAY),
                Column("DATUM_TM", "end", _DAY),
                Column("OPKOMST", "participants"),
                Column("COLLEGA_ROM", "together_with", _ROMS),
            ),
        ),
        Sheet(
            "trade_participant",
            "export_opkomst",
            (
                Column("EX_ID", "activity"),
                Column("KLANT_ID", "organisation"),
            ),
        ),
        Sheet(
            "staff",
            "bezetting",
            (
                Column("BOEKJAAR", "year"),
                Column("PERSONEN", "heads"),
                Column("FORMATIE", "fte"),
            ),
        ),
        Sheet(
            "outcome",
            "bedrijven_gevolgd",
            (
                Column("KLANT_ID", "organisation"),
                Column("OMZET", "turnover", _EURO),
                Column("OMZET_VJ", "turnover_before", _EURO),
                Column("FTE_ULTIMO", "fte"),
                Column("FTE_VJ", "fte_before"),
                Column("R_EN_D", "rd", _EURO),
                Column("CO2_TON", "co2_avoided"),
                Column("BRON_CODE", "basis", _BASES),
            ),
        ),
    ),
)
