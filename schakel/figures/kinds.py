"""The lists that only counting needs: staff, the market of young capital, and what became of companies."""

from schakel.intake.kinds import Code, Field, RecordKind, register_kind
from schakel.words import Words

STAFF = register_kind(
    RecordKind(
        name="staff",
        room="figures",
        labels=Words("personeelsopgave", "staff figure"),
        plural=Words("personeelsopgaven", "staff figures"),
        key=("year",),
        numbering="permanent",
        synonyms=("Medewerkers", "Staff", "Personeel", "Formatie", "Bezetting", "Headcount"),
        fields=(
            Field(
                "year",
                "year",
                Words("Jaar", "Year"),
                required=True,
                synonyms=("Boekjaar", "Verslagjaar", "Peiljaar", "Financial year"),
            ),
            Field(
                "heads",
                "integer",
                Words("Aantal medewerkers", "Headcount"),
                required=True,
                synonyms=("Koppen", "Aantal personen", "Aantal werknemers", "Personen", "Employees", "Heads"),
            ),
            Field(
                "fte",
                "number",
                Words("Fte", "FTE"),
                synonyms=("Formatie", "Formatieplaatsen", "Voltijdsequivalenten", "Full-time equivalents"),
            ),
        ),
    )
)

MARKET_ROUND = register_kind(
    RecordKind(
        name="market_round",
        room="figures",
        labels=Words("marktronde", "market round"),
        plural=Words("kapitaalmarkt", "capital market"),
        key=("company", "kvk", "date"),
        numbering="yearly",
        delivered_by="network",
        synonyms=("market", "kapitaalmarkt"),
        fields=(
            Field("company", "text", Words("Bedrijf", "Company"), required=True),
            Field("kvk", "kvk", Words("KvK-nummer", "Chamber of Commerce number")),
            Field("city", "text", Words("Plaats", "City")),
            Field(
                "stage",
                "code",
                Words("Fase", "Stage"),
                required=True,
                codes=(
                    Code("start-up", Words("start-up", "start-up")),
                    Code("later-stage", Words("later-stage", "later stage")),
                ),
            ),
            Field("date", "date", Words("Datum", "Date"), required=True),
            Field("amount", "money", Words("Bedrag", "Amount")),
        ),
    )
)

OUTCOME = register_kind(
    RecordKind(
        name="outcome",
        room="figures",
        labels=Words("bedrijfsontwikkeling", "company outcome"),
        plural=Words("bedrijfsontwikkelingen", "company outcomes"),
        key=("organisation",),
        numbering="none",
        optional=True,  # by the agencies that ask their companies each year how they fare
        synonyms=(
            "Bedrijfsontwikkeling",
            "Opvolging",
            "Effectmeting",
            "Impactmeting",
            "Jaarlijkse uitvraag",
            "Outcomes",
            "Follow-up survey",
            "Impact survey",
        ),
        fields=(
            Field(
                "organisation",
                "reference",
                Words("Relatienummer", "Organisation number"),
                required=True,
                refers_to="organisation",
            ),
            Field(
                "turnover",
                "money",
                Words("Omzet", "Turnover"),
                synonyms=("Netto-omzet", "Jaaromzet", "Omzet verslagjaar", "Omzet dit jaar", "Revenue", "Net turnover"),
                help=Words("Omzet in het jaar van de aanlevering.", "Turnover in the year of the delivery."),
            ),
            Field(
                "turnover_before",
                "money",
                Words("Omzet vorig jaar", "Turnover the year before"),
                synonyms=(
                    "Omzet voorgaand jaar",
                    "Omzet jaar ervoor",
                    "Omzet t-1",
                    "Turnover previous year",
                    "Turnover last year",
                    "Revenue previous year",
                ),
                help=Words(
                    "Van hetzelfde bedrijf: alleen wie beide jaren opgeeft, telt mee in de groei.",
                    "Of the same company: only who states both years counts in the growth.",
                ),
            ),
            Field(
                "fte",
                "number",
                Words("Werkzame personen (fte)", "Jobs (FTE)"),
                synonyms=(
                    "Werkzame personen",
                    "Fte op 31 december",
                    "Fte",
                    "Arbeidsplaatsen (fte)",
                    "Banen (fte)",
                    "Jobs at 31 December",
                    "Employment (FTE)",
                ),
                help=Words("In voltijdsequivalenten op 31 december.", "In full-time equivalents at 31 December."),
            ),
            Field(
                "fte_before",
                "number",
                Words("Werkzame personen vorig jaar (fte)", "Jobs the year before (FTE)"),
                synonyms=(
                    "Werkzame personen vorig jaar",
                    "Fte vorig jaar",
                    "Fte een jaar eerder",
                    "Fte t-1",
                    "Jobs previous year",
                    "FTE previous year",
                    "FTE last year",
                ),
                help=Words("Een jaar eerder, op 31 december.", "A year before, at 31 December."),
            ),
            Field(
                "rd",
                "money",
                Words("R&D-uitgaven", "R&D spending"),
                synonyms=(
                    "Uitgaven aan R&D",
                    "R&D",
                    "R&D-kosten",
                    "Uitgaven onderzoek en ontwikkeling",
                    "R&D expenditure",
                    "R&D expenses",
                ),
                help=Words(
                    "Eigen en uitbesteed onderzoek en ontwikkeling in het jaar.",
                    "Own and outsourced research and development in the year.",
                ),
            ),
            Field(
                "co2_avoided",
                "number",
                Words("Vermeden CO2 (ton)", "CO2 avoided (tonnes)"),
                synonyms=(
                    "Vermeden CO2",
                    "CO2-reductie (ton)",
                    "CO2-besparing",
                    "Vermeden uitstoot (ton)",
                    "CO2 avoided",
                    "CO2 reduction (tonnes)",
                    "Avoided emissions",
                ),
                help=Words(
                    "In het jaar, door wat het bedrijf verkoopt of doet.",
                    "In the year, through what the company sells or does.",
                ),
            ),
            Field(
                "basis",
                "code",
                Words("Bron", "Source"),
                codes=(
                    Code(
                        "accounts",
                        Words("jaarrekening", "annual accounts"),
                        ("jaarcijfers", "jaarstukken", "gedeponeerde jaarrekening", "accounts", "filed accounts"),
                    ),
                    Code(
                        "company",
                        Words("opgave van het bedrijf", "stated by the company"),
                        ("opgave", "opgave bedrijf", "bedrijf", "enquête", "uitvraag", "company", "survey"),
                    ),
                    Code(
                        "estimate",
                        Words("schatting van de ROM", "estimated by the agency"),
                        ("schatting", "geschat", "raming", "estimate", "estimated"),
                    ),
                ),
                synonyms=("Bron van de cijfers", "Herkomst cijfers", "Basis", "Source of the figures", "Based on"),
            ),
        ),
    )
)
