"""What can be delivered to internationalise: foreign cases, trade activities and their participants."""

from schakel.intake.kinds import Code, Field, RecordKind, register_kind
from schakel.words import Words

FOREIGN_CASE = register_kind(
    RecordKind(
        name="foreign_case",
        room="internationalise",
        labels=Words("acquisitieproject", "foreign case"),
        plural=Words("acquisitieprojecten", "foreign cases"),
        key=("number",),
        numbering="yearly",
        synonyms=("Buitenlandse bedrijven", "FDI", "Acquisitie", "Foreign cases"),
        fields=(
            Field("number", "text", Words("Dossiernummer", "Case number"), required=True),
            Field(
                "organisation",
                "reference",
                Words("Relatienummer", "Organisation number"),
                required=True,
                refers_to="organisation",
            ),
            Field("origin", "country", Words("Land van herkomst", "Country of origin")),
            Field(
                "kind",
                "code",
                Words("Type", "Kind"),
                codes=(
                    Code("new-site", Words("nieuwe vestiging", "new site"), ("new establishment",)),
                    Code("expansion", Words("uitbreiding", "expansion")),
                    Code("retention", Words("behoud", "retention")),
                ),
            ),
            Field("date", "date", Words("Datum besluit", "Date of decision"), required=True),
            Field("capex", "money", Words("Investering komende 3 jaar", "Capex over three years")),
            Field("jobs_created", "integer", Words("Nieuwe arbeidsplaatsen", "Jobs created")),
            Field("jobs_retained", "integer", Words("Behouden arbeidsplaatsen", "Jobs retained")),
            Field("together_with", "agencies", Words("Samen met", "Together with"), several=True),
            Field("confirmed_on", "date", Words("Bevestigingsbrief", "Confirmation letter")),
        ),
    )
)

TRADE_ACTIVITY = register_kind(
    RecordKind(
        name="trade_activity",
        room="internationalise",
        labels=Words("handelsactiviteit", "trade activity"),
        plural=Words("handelsactiviteiten", "trade activities"),
        key=("number",),
        numbering="yearly",
        synonyms=("Handelsactiviteiten", "Trade events", "Trade activities"),
        fields=(
            Field("number", "text", Words("Activiteitnummer", "Activity number"), required=True),
            Field("title", "text", Words("Titel", "Title"), required=True),
            Field("country", "country", Words("Land", "Country")),
            Field("city", "text", Words("Plaats", "City")),
            Field(
                "kind",
                "code",
                Words("Type", "Kind"),
                codes=(
                    Code("trade-mission", Words("handelsmissie", "trade mission")),
                    Code("trade-fair", Words("beurs", "trade fair")),
                    Code("incoming-mission", Words("inkomende missie", "incoming mission")),
                    Code("fact-finding", Words("factfinding", "fact finding")),
                    Code("workshop", Words("workshop", "workshop")),
                ),
            ),
            Field("start", "date", Words("Startdatum", "Start date"), required=True),
            Field("end", "date", Words("Einddatum", "End date")),
            Field("participants", "integer", Words("Aantal deelnemers", "Participants")),
            Field("together_with", "agencies", Words("Samen met", "Together with"), several=True),
        ),
    )
)

TRADE_PARTICIPANT = register_kind(
    RecordKind(
        name="trade_participant",
        room="internationalise",
        labels=Words("deelnemer", "trade participant"),
        plural=Words("deelnemers", "trade participants"),
        key=("activity", "organisation"),
        numbering="none",
        synonyms=("Deelnemers", "Attendees", "Participants"),
        fields=(
            Field(
                "activity",
                "reference",
                Words("Activiteitnummer", "Activity number"),
                required=True,
                refers_to="trade_activity",
            ),
            Field(
                "organisation",
                "reference",
                Words("Relatienummer", "Organisation number"),
                required=True,
                refers_to="organisation",
            ),
        ),
    )
)
