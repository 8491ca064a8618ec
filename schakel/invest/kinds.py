"""What can be delivered to invest: funds, investments, and positions at the end of the year."""

from schakel.intake.kinds import Code, Field, RecordKind, register_kind
from schakel.words import Words

STAGES = (  # Invest Europe's stages
    Code("seed", Words("seed", "seed"), ("zaaifase", "pre-seed", "zaaikapitaal")),
    Code("start-up", Words("start-up", "start-up"), ("startup", "startfase", "early stage", "vroege fase")),
    Code("later-stage", Words("later-stage", "later stage"), ("later stage venture", "latere fase", "scale-up")),
    Code("growth", Words("groei", "growth"), ("groeifase", "growth capital", "groeikapitaal")),
)

FUND = register_kind(
    RecordKind(
        name="fund",
        room="invest",
        labels=Words("fonds", "fund"),
        plural=Words("fondsen", "funds"),
        key=("number",),
        numbering="permanent",
        synonyms=("Fondsen", "Funds", "Fondsenoverzicht", "Vehikels", "Fund list"),
        fields=(
            Field(
                "number",
                "text",
                Words("Fondsnummer", "Fund number"),
                required=True,
                synonyms=("Fondsnr", "Fondscode", "Fund ID", "Fund code"),
            ),
            Field(
                "name",
                "text",
                Words("Naam", "Name"),
                required=True,
                synonyms=("Fondsnaam", "Fund name"),
            ),
            Field(
                "capital",
                "money",
                Words("Fondsvermogen", "Fund capital"),
                required=True,
                synonyms=(
                    "Fondsomvang",
                    "Vermogen",
                    "Kapitaal",
                    "Commitment",
                    "Toegezegd kapitaal",
                    "Fund size",
                    "Committed capital",
                ),
            ),
            Field(
                "vintage",
                "year",
                Words("Startjaar", "Vintage"),
                synonyms=(
                    "Oprichtingsjaar",
                    "Jaar van oprichting",
                    "Startdatum fonds",
                    "Sinds",
                    "Jaar",
                    "Vintage year",
                    "Inception",
                ),
            ),
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
        synonyms=(
            "Investeringen",
            "Deals",
            "Investments",
            "Transacties",
            "Financieringen",
            "Uitzettingen",
            "Transactions",
        ),
        fields=(
            Field(
                "number",
                "text",
                Words("Investeringsnummer", "Investment number"),
                required=True,
                synonyms=("Investeringsnr", "Dealnummer", "Transactienummer", "Deal ID", "Transaction number"),
            ),
            Field("fund", "reference", Words("Fondsnummer", "Fund number"), refers_to="fund"),
            Field(
                "organisation",
                "reference",
                Words("Relatienummer", "Organisation number"),
                required=True,
                refers_to="organisation",
            ),
            Field(
                "date",
                "date",
                Words("Datum", "Date"),
                required=True,
                synonyms=(
                    "Transactiedatum",
                    "Investeringsdatum",
                    "Datum besluit",
                    "Datum closing",
                    "Closing",
                    "Uitzettingsdatum",
                    "Deal date",
                ),
            ),
            Field(
                "amount",
                "money",
                Words("Bedrag", "Amount"),
                required=True,
                synonyms=(
                    "Ticket",
                    "Inleg",
                    "Hoofdsom",
                    "Investeringsbedrag",
                    "Toegezegd bedrag",
                    "Verstrekt bedrag",
                    "Geïnvesteerd bedrag",
                    "Eigen aandeel",
                    "Ticket size",
                ),
            ),
            Field(
                "instrument",
                "code",
                Words("Instrument", "Instrument"),
                codes=(
                    Code(
                        "equity",
                        Words("aandelen", "equity"),
                        ("aandelenkapitaal", "eigen vermogen", "risicokapitaal", "shares", "share capital"),
                    ),
                    Code(
                        "convertible-loan",
                        Words("converteerbare lening", "convertible loan"),
                        ("converteerbaar", "cla", "convertible", "convertible note"),
                    ),
                    Code(
                        "subordinated-loan",
                        Words("achtergestelde lening", "subordinated loan"),
                        ("achtergesteld", "subordinated", "subordinated debt", "mezzanine"),
                    ),
                    Code("loan", Words("lening", "loan"), ("geldlening", "krediet", "debt", "vreemd vermogen")),
                    Code("guarantee", Words("garantie", "guarantee"), ("borgstelling", "borg")),
                ),
                synonyms=(
                    "Financieringsvorm",
                    "Financieringsinstrument",
                    "Type financiering",
                    "Product",
                    "Financial instrument",
                ),
            ),
            Field(
                "type",
                "code",
                Words("Type", "Type"),
                codes=(
                    Code(
                        "first",
                        Words("initieel", "initial"),
                        ("eerste", "first", "nieuw", "new", "initiële investering", "eerste investering"),
                    ),
                    Code(
                        "follow-on",
                        Words("vervolg", "follow-on"),
                        ("vervolginvestering", "follow up", "herinvestering"),
                    ),
                    Code(  # no money moves: a loan of before becomes shares
                        "conversion",
                        Words("omzetting van een lening", "conversion of a loan"),
                        ("conversie", "omzetting", "geconverteerd", "omgezet", "converted", "converted loan"),
                    ),
                ),
                synonyms=(
                    "Soort",
                    "Initieel of vervolg",
                    "Eerste of vervolg",
                    "Nieuw of vervolg",
                    "Kind",
                    "New or follow-on",
                ),
            ),
            Field(
                "stage",
                "code",
                Words("Fase", "Stage"),
                codes=STAGES,
                synonyms=("Groeifase", "Ontwikkelingsfase", "Investeringsfase", "Financieringsfase", "Growth stage"),
            ),
            Field(
                "round_size",
                "money",
                Words("Omvang ronde", "Round size"),
                synonyms=("Totale ronde", "Rondeomvang", "Financieringsronde", "Dealomvang", "Total round"),
            ),
            Field(
                "co_investors",
                "text",
                Words("Co-investeerders", "Co-investors"),
                several=True,
                synonyms=(
                    "Mede-investeerders",
                    "Medefinanciers",
                    "Andere investeerders",
                    "Syndicaat",
                    "Other investors",
                    "Syndicate",
                ),
            ),
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
        synonyms=("Portefeuille", "Portfolio", "Participaties", "Deelnemingen", "Standen ultimo", "Holdings"),
        fields=(
            Field("fund", "reference", Words("Fondsnummer", "Fund number"), required=True, refers_to="fund"),
            Field(
                "organisation",
                "reference",
                Words("Relatienummer", "Organisation number"),
                required=True,
                refers_to="organisation",
                synonyms=("Deelneming", "Participatie", "Portefeuillebedrijf", "Portfolio company"),
            ),
            Field(
                "date",
                "date",
                Words("Datum", "Date"),
                synonyms=("Peildatum", "Waarderingsdatum", "Stand per", "Ultimo", "Per", "Reporting date", "As of"),
            ),
            Field(
                "cost",
                "money",
                Words("Kostprijs", "Cost"),
                synonyms=(
                    "Aanschafwaarde",
                    "Verkrijgingsprijs",
                    "Historische kosten",
                    "Inleg",
                    "Acquisition cost",
                    "Cost price",
                ),
            ),
            Field(
                "value",
                "money",
                Words("Waarde ultimo", "Fair value"),
                synonyms=(
                    "Reële waarde",
                    "Waarde",
                    "Boekwaarde",
                    "Marktwaarde",
                    "Waardering",
                    "Net asset value",
                    "Valuation",
                ),
            ),
        ),
    )
)
