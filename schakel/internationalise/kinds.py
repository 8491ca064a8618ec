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
        synonyms=(
            "Buitenlandse bedrijven",
            "FDI",
            "Acquisitie",
            "Foreign cases",
            "Acquisities",
            "Buitenlandse vestigingen",
            "Vestigers",
            "Foreign direct investment",
        ),
        fields=(
            Field(
                "number",
                "text",
                Words("Dossiernummer", "Case number"),
                required=True,
                synonyms=("Dossier", "Dossiernr", "Zaaknummer", "Casusnummer", "Projectnummer", "Case", "Case ID"),
            ),
            Field(
                "organisation",
                "reference",
                Words("Relatienummer", "Organisation number"),
                required=True,
                refers_to="organisation",
                synonyms=("Investeerder", "Vestiger", "Investor"),
            ),
            Field(
                "origin",
                "country",
                Words("Land van herkomst", "Country of origin"),
                synonyms=(
                    "Herkomst",
                    "Herkomstland",
                    "Moederland",
                    "Land hoofdkantoor",
                    "Land",
                    "HQ country",
                    "Origin",
                ),
            ),
            Field(
                "kind",
                "code",
                Words("Type", "Kind"),
                codes=(
                    Code(
                        "new-site",
                        Words("nieuwe vestiging", "new site"),
                        ("new establishment", "nieuw", "vestiging", "greenfield", "new"),
                    ),
                    Code("expansion", Words("uitbreiding", "expansion"), ("groei", "expansie", "extension")),
                    Code("retention", Words("behoud", "retention"), ("behouden", "retained")),
                    Code(
                        "move",
                        Words("verhuizing binnen Nederland", "move within the Netherlands"),
                        ("verhuizing", "verhuisd", "move", "moved"),
                    ),
                ),
                synonyms=("Soort", "Soort vestiging", "Categorie", "Type"),
            ),
            Field(
                "date",
                "date",
                Words("Datum besluit", "Date of decision"),
                required=True,
                synonyms=("Datum", "Besluitdatum", "Datum vestigingsbesluit", "Landingsdatum", "Date", "Decision date"),
            ),
            Field(
                "capex",
                "money",
                Words("Investering komende 3 jaar", "Capex over three years"),
                synonyms=(
                    "Investering",
                    "Investeringsbedrag",
                    "Investeringsomvang",
                    "Verwachte investering",
                    "Capex",
                    "Planned investment",
                ),
            ),
            Field(
                "jobs_created",
                "integer",
                Words("Nieuwe arbeidsplaatsen", "Jobs created"),
                synonyms=("Nieuwe banen", "Te creëren banen", "Gecreëerde arbeidsplaatsen", "New jobs"),
            ),
            Field(
                "jobs_retained",
                "integer",
                Words("Behouden arbeidsplaatsen", "Jobs retained"),
                synonyms=("Behouden banen", "Bestaande arbeidsplaatsen", "Jobs saved", "Jobs safeguarded"),
            ),
            Field(
                "together_with",
                "agencies",
                Words("Samen met", "Together with"),
                several=True,
                synonyms=("ROM-partners", "Andere ROM's", "Collega-ROM", "Mede-ROM's", "Joint with", "Other agencies"),
            ),
            Field(
                "confirmed_on",
                "date",
                Words("Bevestigingsbrief", "Confirmation letter"),
                synonyms=("Datum bevestiging", "Bevestigd op", "Confirmed on"),
            ),
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
        synonyms=(
            "Handelsactiviteiten",
            "Trade events",
            "Trade activities",
            "Missies",
            "Handelsmissies",
            "Evenementen",
            "Trade missions",
        ),
        fields=(
            Field(
                "number",
                "text",
                Words("Activiteitnummer", "Activity number"),
                required=True,
                synonyms=("Activiteit", "Activiteitcode", "Evenementnummer", "Missienummer", "Event ID"),
            ),
            Field(
                "title",
                "text",
                Words("Titel", "Title"),
                required=True,
                synonyms=("Naam", "Naam activiteit", "Omschrijving", "Evenement", "Name", "Event name"),
            ),
            Field(
                "country",
                "country",
                Words("Land", "Country"),
                synonyms=("Bestemming", "Bestemmingsland", "Doelland", "Destination country"),
            ),
            Field("city", "text", Words("Plaats", "City"), synonyms=("Stad", "Locatie", "Bestemming", "Venue", "Town")),
            Field(
                "kind",
                "code",
                Words("Type", "Kind"),
                codes=(
                    Code(
                        "trade-mission",
                        Words("handelsmissie", "trade mission"),
                        ("uitgaande missie", "economische missie", "outgoing mission", "missie"),
                    ),
                    Code(
                        "trade-fair", Words("beurs", "trade fair"), ("beursdeelname", "vakbeurs", "fair", "exhibition")
                    ),
                    Code(
                        "incoming-mission",
                        Words("inkomende missie", "incoming mission"),
                        ("inkomend bezoek", "inkomende delegatie", "inbound mission", "incoming delegation"),
                    ),
                    Code(
                        "fact-finding",
                        Words("factfinding", "fact finding"),
                        ("oriëntatiereis", "verkenning", "marktverkenning", "scouting"),
                    ),
                    Code("workshop", Words("workshop", "workshop"), ("seminar", "training", "masterclass")),
                ),
                synonyms=("Soort", "Soort activiteit", "Categorie", "Type of event"),
            ),
            Field(
                "start",
                "date",
                Words("Startdatum", "Start date"),
                required=True,
                synonyms=("Begindatum", "Aanvang", "Vertrek", "Van", "Start", "From"),
            ),
            Field(
                "end",
                "date",
                Words("Einddatum", "End date"),
                synonyms=("Eind", "Terugkomst", "Tot en met", "Tot", "End", "Until"),
            ),
            Field(
                "participants",
                "integer",
                Words("Aantal deelnemers", "Participants"),
                synonyms=(
                    "Deelnemers",
                    "Aantal aanwezigen",
                    "Aantal bedrijven",
                    "Opkomst",
                    "Attendees",
                    "Number of participants",
                ),
            ),
            Field(
                "together_with",
                "agencies",
                Words("Samen met", "Together with"),
                several=True,
                synonyms=("ROM-partners", "Andere ROM's", "Collega-ROM", "Mede-ROM's", "Joint with", "Other agencies"),
            ),
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
        synonyms=(
            "Deelnemers",
            "Attendees",
            "Participants",
            "Aanmeldingen",
            "Deelnemerslijst",
            "Deelnames",
            "Registrations",
        ),
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
                synonyms=("Deelnemer", "Participant", "Attendee"),
            ),
        ),
    )
)
