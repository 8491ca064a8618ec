"""What can be delivered to invest: funds, investments, and positions at the end of the year."""

from schakel.intake.kinds import Code, Field, RecordKind, register_kind
from schakel.words import Words

STAGES = (  # Invest Europe's stages
    Code("seed", Words("seed", "seed")),
    Code("start-up", Words("start-up", "start-up"), ("startup",)),
    Code("later-stage", Words("later-stage", "later stage"), ("later stage venture",)),
    Code("growth", Words("groei", "growth")),
)

FUND = register_kind(
    RecordKind(
        name="fund",
        room="invest",
        labels=Words("fonds", "fund"),
        plural=Words("fondsen", "funds"),
        key=("number",),
        numbering="permanent",
        synonyms=("Fondsen", "Funds"),
        fields=(
            Field("number", "text", Words("Fondsnummer", "Fund number"), required=True),
            Field("name", "text", Words("Naam", "Name"), required=True),
            Field("capital", "money", Words("Fondsvermogen", "Fund capital"), required=True),
            Field("vintage", "year", Words("Startjaar", "Vintage")),
        ),
    )
)

INVESTMENT = register_kind(
    RecordKind(
        name="investment",
        room="invest",
        labels=Words("investering", "investment"),
        plural=Words("investeringen", "investments"),
        key=("number",),
        numbering="yearly",
        synonyms=("Investeringen", "Deals", "Investments"),
        fields=(
            Field("number", "text", Words("Investeringsnummer", "Investment number"), required=True),
            Field("fund", "reference", Words("Fondsnummer", "Fund number"), refers_to="fund"),
            Field(
                "organisation",
                "reference",
                Words("Relatienummer", "Organisation number"),
                required=True,
                refers_to="organisation",
            ),
            Field("date", "date", Words("Datum", "Date"), required=True),
            Field("amount", "money", Words("Bedrag", "Amount"), required=True),
            Field(
                "instrument",
                "code",
                Words("Instrument", "Instrument"),
                codes=(
                    Code("equity", Words("aandelen", "equity")),
                    Code("convertible-loan", Words("converteerbare lening", "convertible loan")),
                    Code("subordinated-loan", Words("achtergestelde lening", "subordinated loan")),
                    Code("loan", Words("lening", "loan")),
                    Code("guarantee", Words("garantie", "guarantee")),
                ),
            ),
            Field(
                "type",
                "code",
                Words("Type", "Type"),
                codes=(
                    Code("first", Words("initieel", "initial"), ("eerste", "first")),
                    Code("follow-on", Words("vervolg", "follow-on"), ("vervolginvestering",)),
                ),
            ),
            Field("stage", "code", Words("Fase", "Stage"), codes=STAGES),
            Field("round_size", "money", Words("Omvang ronde", "Round size")),
            Field("co_investors", "text", Words("Co-investeerders", "Co-investors"), several=True),
        ),
    )
)

POSITION = register_kind(
    RecordKind(
        name="position",
        room="invest",
        labels=Words("participatie", "position"),
        plural=Words("participaties", "positions"),
        key=("fund", "organisation"),
        numbering="none",
        synonyms=("Portefeuille", "Portfolio", "Participaties"),
        fields=(
            Field("fund", "reference", Words("Fondsnummer", "Fund number"), required=True, refers_to="fund"),
            Field(
                "organisation",
                "reference",
                Words("Relatienummer", "Organisation number"),
                required=True,
                refers_to="organisation",
            ),
            Field("date", "date", Words("Datum", "Date")),
            Field("cost", "money", Words("Kostprijs", "Cost")),
            Field("value", "money", Words("Waarde ultimo", "Fair value")),
        ),
    )
)
