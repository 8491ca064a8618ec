"""NOM: one JSON document with a list a table; dates as Dutch text, KvK numbers as numbers."""

from schakel.demo.lists import Numbering
from schakel.demo.shapes.files import Document
from schakel.demo.shapes.shape import Shape
from schakel.demo.shapes.ways import AsNumber, Coded, Column, Country, Day, Plain, Sheet

_DAY = Day("dd-mm-yyyy")
_ROMS = Plain("; ")
_KINDS = Coded(
    {
        "company": "ondernemer",
        "knowledge": "kennis en onderwijs",
        "government": "overheidsorgaan",
        "other": "anderszins",
    }
)
_SIZES = Coded({"startup": "starter", "scaleup": "doorgroeier", "sme": "mkb-bedrijf", "large": "concern"})
_THEMES = Coded(
    {
        "energy-transition": "energie",
        "food-transition": "agrifood",
        "circular-transition": "circulair",
        "healthy-ageing": "gezond leven",
        "security": "veilig leven",
        "key-technologies": "hightech",
        "digitalisation": "digitale samenleving",
    },
    "; ",
)
_STATUS = Coded({"running": "onderhanden", "completed": "voltooid", "stopped": "vroegtijdig gestaakt"})
_ROLES = Coded({"lead": "trekker", "partner": "deelgenoot"})
_INSTRUMENTS = Coded(
    {
        "equity": "aandelenbelang",
        "convertible-loan": "converteerbare geldlening",
        "subordinated-loan": "achtergestelde geldlening",
        "loan": "geldlening",
        "guarantee": "borgstelling",
    }
)
_TYPES = Coded({"first": "instap", "follow-on": "vervolgstap"})
_STAGES = Coded({"seed": "zaaifase", "start-up": "opstartfase", "later-stage": "latere fase", "growth": "groeifase"})
_CASES = Coded({"new-site": "nieuwe vestiger", "expansion": "uitbreider", "retention": "blijver"})
_TRADE = Coded(
    {
        "trade-mission": "handelsreis",
        "trade-fair": "beursgang",
        "incoming-mission": "bezoek uit het buitenland",
        "fact-finding": "verkenningsreis",
        "workshop": "kennisbijeenkomst",
    }
)
_BASES = Coded({"accounts": "jaarstukken", "company": "eigen opgave", "estimate": "raming"})

SHAPE = Shape(
    agency="nom",
    numbering=Numbering(
        "N{n:05d}", "N-IT-{yy}-{n:03d}", "NF-{n:02d}", "N-FI-{yy}-{n:03d}", "N-VP-{yy}-{n:03d}", "N-EX-{yy}-{n:03d}"
    ),
    writer=Document("nom_export.json"),
    sheets=(
        Sheet(
            "organisation",
            "ondernemersbestand",
            (
                Column("bestandscode", "number"),
                Column("handelend_als", "name"),
                Column("handelsregisternr", "kvk", AsNumber()),
                Column("fiscaal_nr", "vat"),
                Column("ondernemingsvorm", "legal_form"),
                Column("straat_en_nr", "address"),
                Column("pc6", "postcode"),
                Column("vestigingsplaats", "city"),
                Column("vestigingsland", "country", Country()),
                Column("webadres", "website"),
                Column("categorie", "kind", _KINDS),
                Column("groeiklasse", "size", _SIZES),
                Column("behandelteam", "", key="team"),
            ),
        ),
        Sheet(
            "project",
            "innovatietrajecten",
            (
                Column("trajectcode", "number"),
                Column("benaming", "title"),
                Column("toelichting", "description"),
                Column("aanvang", "start", _DAY),
                Column("afronding", "end", _DAY),
                Column("begroting_totaal", "volume"),
                Column("maatschappelijk_doel", "themes", _THEMES),
                Column("voortgang", "status", _STATUS),
                Column("trekker", "lead"),
                Column("mede_roms", "together_with", _ROMS),
                Column("kenmerk_brussel", "eu_number"),
            ),
        ),
        Sheet(
            "project_participant",
            "trajectdeelname",
            (
                Column("trajectcode", "project"),
                Column("bestandscode", "organisation"),
                Column("hoedanigheid", "role", _ROLES),
            ),
        ),
        Sheet(
            "fund",
            "investeringsfondsen",
            (
                Column("fondscode", "number"),
                Column("fondsbenaming", "name"),
                Column("omvang_fonds", "capital"),
                Column("opgericht_in", "vintage"),
            ),
        ),
        Sheet(
            "investment",
            "financieringen",
            (
                Column("financieringscode", "number"),
                Column("uit_fonds", "fund"),
                Column("bestandscode", "organisation"),
                Column("valutadatum", "date", _DAY),
                Column("verstrekt", "amount"),
                Column("vorm", "instrument", _INSTRUMENTS),
                Column("soort_ronde", "type", _TYPES),
                Column("levensfase", "stage", _STAGES),
                Column("totale_ronde", "round_size"),
                Column("medefinanciers", "co_investors"),
            ),
        ),
        Sheet(
            "position",
            "deelnemingen",
            (
                Column("uit_fonds", "fund"),
                Column("bestandscode", "organisation"),
                Column("peildatum", "date", _DAY),
                Column("verkrijgingsprijs", "cost"),
                Column("boekwaarde", "value"),
            ),
        ),
        Sheet(
            "foreign_case",
            "vestigingsprojecten",
            (
                Column("vestigingscode", "number"),
                Column("bestandscode", "organisation"),
                Column("moederland", "origin", Country()),
                Column("aard", "kind", _CASES),
                Column("besluitdatum", "date", _DAY),
                Column("capex_drie_jaar", "capex"),
                Column("banen_nieuw", "jobs_created"),
                Column("banen_behouden", "jobs_retained"),
                Column("mede_roms", "together_with", _ROMS),
                Column("brief_ontvangen", "confirmed_on", _DAY),
            ),
        ),
        Sheet(
            "trade_activity",
            "exportactiviteiten",
            (
                Column("exportcode", "number"),
                Column("benaming", "title"),
                Column("bestemming", "country", Country()),
                Column("stad", "city"),
                Column("vorm", "kind", _TRADE),
                Column("begin", "start", _DAY),
                Column("einde", "end", _DAY),
                Column("opkomst", "participants"),
                Column("mede_roms", "together_with", _ROMS),
            ),
        ),
        Sheet(
            "trade_participant",
            "exportdeelname",
            (
                Column("exportcode", "activity"),
                Column("bestandscode", "organisation"),
            ),
        ),
        Sheet(
            "staff",
            "formatie",
            (
                Column("kalenderjaar", "year"),
                Column("koppen", "heads"),
                Column("voltijdsequivalenten", "fte"),
            ),
        ),
        Sheet(
            "outcome",
            "bedrijfsontwikkeling",
            (
                Column("bestandscode", "organisation"),
                Column("omzet", "turnover"),
                Column("omzet_vorig_jaar", "turnover_before"),
                Column("werkzame_fte", "fte"),
                Column("werkzame_fte_vorig_jaar", "fte_before"),
                Column("uitgaven_rd", "rd"),
                Column("co2_vermeden_ton", "co2_avoided"),
                Column("bron", "basis", _BASES),
            ),
        ),
    ),
)
