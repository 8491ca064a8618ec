"""InnovationQuarter: one file of JSON lines a table in English, as an interface gives it; nothing for what is empty."""

from schakel.demo.lists import Numbering
from schakel.demo.shapes.files import Lines
from schakel.demo.shapes.shape import Shape
from schakel.demo.shapes.ways import Coded, Column, Country, Plain, Sheet

_ROMS = Plain("|")
_KINDS = Coded({"company": "BUSINESS", "knowledge": "ACADEMIA", "government": "PUBLIC", "other": "MISC"})
_SIZES = Coded({"startup": "EARLY", "scaleup": "FAST_GROWING", "sme": "SMALL_MEDIUM", "large": "CORPORATE"})
_THEMES = Coded(
    {
        "energy-transition": "ENERGY",
        "food-transition": "FOOD",
        "circular-transition": "CIRCULARITY",
        "healthy-ageing": "HEALTH",
        "security": "SAFETY",
        "key-technologies": "ENABLING_TECH",
        "digitalisation": "DIGITAL",
    },
    "|",
)
_STATUS = Coded({"running": "ONGOING", "completed": "DONE", "stopped": "ABANDONED"})
_ROLES = Coded({"lead": "COORDINATOR", "partner": "MEMBER"})
_INSTRUMENTS = Coded(
    {
        "equity": "SHARES",
        "convertible-loan": "CLA",
        "subordinated-loan": "MEZZANINE",
        "loan": "SENIOR_DEBT",
        "guarantee": "SURETY",
    }
)
_TYPES = Coded({"first": "INITIAL_TICKET", "follow-on": "SUBSEQUENT_TICKET"})
_STAGES = Coded({"seed": "PRE_PRODUCT", "start-up": "EARLY_MARKET", "later-stage": "OPERATING", "growth": "MATURE"})
_CASES = Coded({"new-site": "GREENFIELD", "expansion": "ENLARGEMENT", "retention": "STAYED"})
_TRADE = Coded(
    {
        "trade-mission": "OUTBOUND",
        "trade-fair": "EXHIBITION",
        "incoming-mission": "INBOUND",
        "fact-finding": "SCOUTING",
        "workshop": "SEMINAR",
    }
)
_BASES = Coded({"accounts": "FILED", "company": "SELF_REPORTED", "estimate": "ESTIMATED"})

SHAPE = Shape(
    agency="innovationquarter",
    numbering=Numbering(
        "pty-{n:06d}", "inn-{yy}-{n:04d}", "veh-{n:02d}", "tkt-{yy}-{n:04d}", "lnd-{yy}-{n:04d}", "evt-{yy}-{n:04d}"
    ),
    writer=Lines(),
    sheets=(
        Sheet(
            "organisation",
            "parties",
            (
                Column("partyRef", "number"),
                Column("registeredAs", "name"),
                Column("chamberRegistration", "kvk"),
                Column("taxIdentifier", "vat"),
                Column("incorporation", "legal_form"),
                Column("streetLine", "address"),
                Column("postalCode", "postcode"),
                Column("town", "city"),
                Column("countryCode", "country", Country("code")),
                Column("homepage", "website"),
                Column("partyClass", "kind", _KINDS),
                Column("maturity", "size", _SIZES),
                Column("ownerTeam", "", key="team"),
            ),
        ),
        Sheet(
            "project",
            "innovation",
            (
                Column("innovationRef", "number"),
                Column("headline", "title"),
                Column("synopsis", "description"),
                Column("kickOff", "start"),
                Column("wrapUp", "end"),
                Column("overallCost", "volume"),
                Column("missionArea", "themes", _THEMES),
                Column("progress", "status", _STATUS),
                Column("coordinatorRef", "lead"),
                Column("sisterAgencies", "together_with", _ROMS),
                Column("cordisRef", "eu_number"),
            ),
        ),
        Sheet(
            "project_participant",
            "innovationMembers",
            (
                Column("innovationRef", "project"),
                Column("partyRef", "organisation"),
                Column("capacity", "role", _ROLES),
            ),
        ),
        Sheet(
            "fund",
            "vehicles",
            (
                Column("vehicleRef", "number"),
                Column("vehicleName", "name"),
                Column("committedCapital", "capital"),
                Column("firstClosing", "vintage"),
            ),
        ),
        Sheet(
            "investment",
            "tickets",
            (
                Column("ticketRef", "number"),
                Column("vehicleRef", "fund"),
                Column("partyRef", "organisation"),
                Column("closedOn", "date"),
                Column("ticketSize", "amount"),
                Column("security", "instrument", _INSTRUMENTS),
                Column("sequence", "type", _TYPES),
                Column("ventureStage", "stage", _STAGES),
                Column("roundTotal", "round_size"),
                Column("syndicate", "co_investors", Plain("|")),
            ),
        ),
        Sheet(
            "position",
            "holdings",
            (
                Column("vehicleRef", "fund"),
                Column("partyRef", "organisation"),
                Column("asAt", "date"),
                Column("investedToDate", "cost"),
                Column("markedAt", "value"),
            ),
        ),
        Sheet(
            "foreign_case",
            "landings",
            (
                Column("landingRef", "number"),
                Column("partyRef", "organisation"),
                Column("parentCountry", "origin", Country("code")),
                Column("nature", "kind", _CASES),
                Column("decidedOn", "date"),
                Column("plannedSpendThreeYears", "capex"),
                Column("newJobs", "jobs_created"),
                Column("securedJobs", "jobs_retained"),
                Column("sisterAgencies", "together_with", _ROMS),
                Column("letterDated", "confirmed_on"),
            ),
        ),
        Sheet(
            "trade_activity",
            "tradeProgramme",
            (
                Column("tripRef", "number"),
                Column("tripName", "title"),
                Column("destination", "country", Country("en")),
                Column("venueCity", "city"),
                Column("format", "kind", _TRADE),
                Column("firstDay", "start"),
                Column("lastDay", "end"),
                Column("turnout", "participants"),
                Column("sisterAgencies", "together_with", _ROMS),
            ),
        ),
        Sheet(
            "trade_participant",
            "tradeTurnout",
            (
                Column("tripRef", "activity"),
                Column("partyRef", "organisation"),
            ),
        ),
        Sheet(
            "staff",
            "workforce",
            (
                Column("reportingYear", "year"),
                Column("peopleEmployed", "heads"),
                Column("fullTimeEquivalents", "fte"),
            ),
        ),
        Sheet(
            "outcome",
            "impactSurvey",
            (
                Column("partyRef", "organisation"),
                Column("revenue", "turnover"),
                Column("revenuePriorYear", "turnover_before"),
                Column("jobsYearEnd", "fte"),
                Column("jobsPriorYearEnd", "fte_before"),
                Column("researchSpend", "rd"),
                Column("carbonAvoidedTonnes", "co2_avoided"),
                Column("evidenceClass", "basis", _BASES),
            ),
        ),
    ),
)
