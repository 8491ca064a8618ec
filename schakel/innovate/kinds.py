"""What can be delivered to innovate: innovation projects and who takes part in them."""

from schakel.intake.kinds import Code, Field, RecordKind, register_kind
from schakel.words import Words

PROJECT = register_kind(
    RecordKind(
        name="project",
        room="innovate",
        labels=Words("innovatieproject", "innovation project"),
        plural=Words("innovatieprojecten", "innovation projects"),
        key=("number",),
        numbering="yearly",
        synonyms=("Innovatieprojecten", "Projecten", "Projects"),
        fields=(
            Field("number", "text", Words("Projectnummer", "Project number"), required=True),
            Field("title", "text", Words("Titel", "Title"), required=True),
            Field("description", "text", Words("Omschrijving", "Description")),
            Field("start", "date", Words("Startdatum", "Start date"), required=True),
            Field("end", "date", Words("Einddatum", "End date")),
            Field(
                "volume",
                "money",
                Words("Projectomvang", "Project volume"),
                help=Words(
                    "Totale projectkosten, van alle deelnemers samen.", "Total project cost, all participants together."
                ),
            ),
            Field(
                "themes",
                "code",
                Words("Thema", "Theme"),
                several=True,
                codes=(
                    Code("energy-transition", Words("energietransitie", "energy transition")),
                    Code("food-transition", Words("voedseltransitie", "food transition")),
                    Code("circular-transition", Words("grondstoffentransitie", "circular economy")),
                    Code("healthy-ageing", Words("gezond ouder worden", "healthy ageing")),
                    Code("security", Words("veiligheid", "security")),
                    Code("key-technologies", Words("sleuteltechnologieën", "key technologies")),
                    Code("digitalisation", Words("digitalisering", "digitalisation")),
                ),
            ),
            Field(
                "status",
                "code",
                Words("Status", "Status"),
                codes=(
                    Code("running", Words("lopend", "running")),
                    Code("completed", Words("afgerond", "completed")),
                    Code("stopped", Words("gestopt", "stopped")),
                ),
            ),
            Field("lead", "reference", Words("Penvoerder", "Lead partner"), refers_to="organisation"),
            Field("together_with", "agencies", Words("Samen met", "Together with"), several=True),
            Field("eu_number", "text", Words("EU-projectnummer", "EU project number")),
        ),
    )
)

PROJECT_PARTICIPANT = register_kind(
    RecordKind(
        name="project_participant",
        room="innovate",
        labels=Words("projectdeelnemer", "project participant"),
        plural=Words("projectdeelnemers", "project participants"),
        key=("project", "organisation"),
        numbering="none",
        synonyms=("Projectpartners", "Consortium", "Partners"),
        fields=(
            Field("project", "reference", Words("Projectnummer", "Project number"), required=True, refers_to="project"),
            Field(
                "organisation",
                "reference",
                Words("Relatienummer", "Organisation number"),
                required=True,
                refers_to="organisation",
            ),
            Field(
                "role",
                "code",
                Words("Rol", "Role"),
                codes=(
                    Code("lead", Words("penvoerder", "lead")),
                    Code("partner", Words("partner", "partner")),
                ),
            ),
        ),
    )
)
