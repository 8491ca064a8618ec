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
        synonyms=(
            "Innovatieprojecten",
            "Projecten",
            "Projects",
            "Trajecten",
            "Samenwerkingsprojecten",
            "Innovation projects",
        ),
        fields=(
            Field(
                "number",
                "text",
                Words("Projectnummer", "Project number"),
                required=True,
                synonyms=(
                    "Projectnr",
                    "Projectcode",
                    "Project-ID",
                    "Projectkenmerk",
                    "Projectreferentie",
                    "Project ID",
                ),
            ),
            Field(
                "title",
                "text",
                Words("Titel", "Title"),
                required=True,
                synonyms=("Naam", "Projectnaam", "Projecttitel", "Name", "Project name", "Onderwerp"),
            ),
            Field(
                "description",
                "text",
                Words("Omschrijving", "Description"),
                synonyms=("Beschrijving", "Samenvatting", "Toelichting", "Summary", "Abstract"),
            ),
            Field(
                "start",
                "date",
                Words("Startdatum", "Start date"),
                required=True,
                synonyms=("Begindatum", "Aanvangsdatum", "Startmoment", "Ingangsdatum", "Looptijd van", "Start"),
            ),
            Field(
                "end",
                "date",
                Words("Einddatum", "End date"),
                synonyms=("Eind", "Slotdatum", "Looptijd tot", "Looptijd t/m", "Gereed", "End"),
            ),
            Field(
                "volume",
                "money",
                Words("Projectomvang", "Project volume"),
                help=Words(
                    "Totale projectkosten, van alle deelnemers samen.", "Total project cost, all participants together."
                ),
                synonyms=(
                    "Totale projectkosten",
                    "Projectbudget",
                    "Begroting",
                    "Omvang",
                    "Projectsom",
                    "Total budget",
                    "Total project cost",
                ),
            ),
            Field(
                "themes",
                "code",
                Words("Thema", "Theme"),
                several=True,
                codes=(
                    Code(
                        "energy-transition",
                        Words("energietransitie", "energy transition"),
                        ("energie", "energy", "klimaat en energie", "climate and energy"),
                    ),
                    Code(
                        "food-transition",
                        Words("voedseltransitie", "food transition"),
                        ("voedsel", "landbouw en voedsel", "agrifood", "food"),
                    ),
                    Code(
                        "circular-transition",
                        Words("grondstoffentransitie", "circular economy"),
                        (
                            "circulair",
                            "circulaire economie",
                            "circulaire transitie",
                            "circular",
                            "raw materials transition",
                        ),
                    ),
                    Code(
                        "healthy-ageing",
                        Words("gezond ouder worden", "healthy ageing"),
                        ("gezondheid", "gezondheid en zorg", "health", "health and care"),
                    ),
                    Code(
                        "security",
                        Words("veiligheid", "security"),
                        ("weerbaarheid", "defensie en veiligheid", "safety and security"),
                    ),
                    Code(
                        "key-technologies",
                        Words("sleuteltechnologieën", "key technologies"),
                        ("sleuteltechnologie", "key enabling technologies"),
                    ),
                    Code(
                        "digitalisation",
                        Words("digitalisering", "digitalisation"),
                        ("digitaal", "digitale transitie", "digitalization", "digital transition"),
                    ),
                ),
                synonyms=("Opgave", "Transitie", "Maatschappelijke opgave", "Speerpunt", "Missie", "Domein", "Topic"),
            ),
            Field(
                "status",
                "code",
                Words("Status", "Status"),
                codes=(
                    Code(
                        "running", Words("lopend", "running"), ("in uitvoering", "actief", "ongoing", "active", "loopt")
                    ),
                    Code(
                        "completed",
                        Words("afgerond", "completed"),
                        ("gereed", "voltooid", "afgesloten", "finished", "done", "closed"),
                    ),
                    Code(
                        "stopped",
                        Words("gestopt", "stopped"),
                        ("beëindigd", "gestaakt", "geannuleerd", "cancelled", "terminated"),
                    ),
                ),
                synonyms=("Stand van zaken", "Voortgang", "Projectfase"),
            ),
            Field(
                "lead",
                "reference",
                Words("Penvoerder", "Lead partner"),
                refers_to="organisation",
                synonyms=("Trekker", "Hoofdaanvrager", "Coördinator", "Aanvrager", "Coordinator", "Lead applicant"),
            ),
            Field(
                "together_with",
                "agencies",
                Words("Samen met", "Together with"),
                several=True,
                synonyms=("ROM-partners", "Andere ROM's", "Collega-ROM", "Mede-ROM's", "Joint with", "Other agencies"),
            ),
            Field(
                "eu_number",
                "text",
                Words("EU-projectnummer", "EU project number"),
                synonyms=("Grant agreement", "Subsidienummer", "Europees projectnummer", "Grant number"),
            ),
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
        synonyms=(
            "Projectpartners",
            "Consortium",
            "Partners",
            "Consortia",
            "Consortiumleden",
            "Projectdeelnemers",
            "Project members",
        ),
        fields=(
            Field("project", "reference", Words("Projectnummer", "Project number"), required=True, refers_to="project"),
            Field(
                "organisation",
                "reference",
                Words("Relatienummer", "Organisation number"),
                required=True,
                refers_to="organisation",
                synonyms=("Deelnemer", "Partner", "Consortiumpartner", "Participant"),
            ),
            Field(
                "role",
                "code",
                Words("Rol", "Role"),
                codes=(
                    Code(
                        "lead",
                        Words("penvoerder", "lead"),
                        ("trekker", "hoofdaanvrager", "coördinator", "lead partner", "coordinator"),
                    ),
                    Code(
                        "partner",
                        Words("partner", "partner"),
                        ("deelnemer", "medeaanvrager", "projectpartner", "participant", "member"),
                    ),
                ),
                synonyms=("Hoedanigheid", "Functie in project", "Type deelname", "Capacity"),
            ),
        ),
    )
)
