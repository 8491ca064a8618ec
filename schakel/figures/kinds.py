"""The lists that only counting needs: staff, and the market of start-up and later-stage capital."""

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
