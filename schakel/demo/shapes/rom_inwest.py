"""ROM InWest: a workbook in English, thousands of euros, a first sheet with an explanation only."""

from schakel.demo.lists import Numbering
from schakel.demo.shapes.files import Workbook
from schakel.demo.shapes.shape import Shape
from schakel.demo.shapes.ways import Coded, Column, Country, Money, Plain, Sheet

_EURO = Money("EUR thousand")
_ROMS = Plain(", ")
_KINDS = Coded(
    {"company": "Business", "knowledge": "Research or education", "government": "Public body", "other": "Miscellaneous"}
)
_SIZES = Coded({"startup": "Early", "scaleup": "Scaling", "sme": "Established", "large": "Corporate"})
_THEMES = Coded(
    {
        "energy-transition": "Energy",
        "food-transition": "Food",
        "circular-transition": "Circular",
        "healthy-ageing": "Health",
        "security": "Safety",
        "key-technologies": "Deep tech",
        "digitalisation": "Digital",
    },
    "; ",
)
_STATUS = Coded({"running": "Ongoing", "completed": "Finished", "stopped": "Discontinued"})
_ROLES = Coded({"lead": "Applicant", "partner": "Co-applicant"})
_INSTRUMENTS = Coded(
    {
        "equity": "Shares",
        "convertible-loan": "Convertible",
        "subordinated-loan": "Junior debt",
        "loan": "Senior debt",
        "guarantee": "Surety",
    }
)
_TYPES = Coded({"first": "New name", "follow-on": "Add-on"})
_STAGES = Coded(
    {"seed": "Pre-seed/seed", "start-up": "Early stage", "later-stage": "Late stage", "growth": "Growth capital"}
)
_CASES = Coded({"new-site": "Arrival", "expansion": "Enlargement", "retention": "Kept"})
_TRADE = Coded(
    {
        "trade-mission": "Outbound mission",
        "trade-fair": "Exhibition",
        "incoming-mission": "Inbound delegation",
        "fact-finding": "Market scan",
        "workshop": "Seminar",
    }
)
_BASES = Coded({"accounts": "Annual accounts", "company": "Company survey", "estimate": "Own estimate"})

SHAPE = Shape(
    agency="rom-inwest",
    numbering=Numbering(
        "RI{n:05d}", "PRJ{yy}{n:03d}A", "VH{n:02d}", "TCK{yy}{n:03d}A", "LND{yy}{n:03d}A", "MSN{yy}{n:03d}A"
    ),
    writer=Workbook(
        "ROM InWest annual return.xlsx", cover=("Annual return to the network", "Amounts are in thousands of euros.")
    ),
    sheets=(
        Sheet(
            "organisation",
            "Relations",
            (
                Column("Relation no.", "number"),
                Column("Registered name", "name"),
                Column("Trade register no.", "kvk"),
                Column("Tax no.", "vat"),
                Column("Entity type", "legal_form"),
                Column("Street and no.", "address"),
                Column("Postal code", "postcode"),
                Column("Municipality", "city"),
                Column("Domicile", "country", Country("en")),
                Column("Web page", "website"),
                Column("Category", "kind", _KINDS),
                Column("Maturity", "size", _SIZES),
                Column("Desk", "", key="team"),
            ),
        ),
        Sheet(
            "project",
            "Innovation",
            (
                Column("Ref.", "number"),
                Column("Working title", "title"),
                Column("Abstract", "description"),
                Column("Commences", "start"),
                Column("Concludes", "end"),
                Column("Overall cost (x EUR 1,000)", "volume", _EURO),
                Column("Challenge", "themes", _THEMES),
                Column("Progress", "status", _STATUS),
                Column("Main applicant", "lead"),
                Column("Sister agencies", "together_with", _ROMS),
                Column("Brussels reference", "eu_number"),
            ),
        ),
        Sheet(
            "project_participant",
            "Applicants",
            (
                Column("Ref.", "project"),
                Column("Relation no.", "organisation"),
                Column("Part played", "role", _ROLES),
            ),
        ),
        Sheet(
            "fund",
            "Vehicles",
            (
                Column("Vehicle no.", "number"),
                Column("Vehicle", "name"),
                Column("Assets under management (x EUR 1,000)", "capital", _EURO),
                Column("Since", "vintage"),
            ),
        ),
        Sheet(
            "investment",
            "Tickets",
            (
                Column("Ticket no.", "number"),
                Column("Vehicle no.", "fund"),
                Column("Relation no.", "organisation"),
                Column("Signed on", "date"),
                Column("Ticket (x EUR 1,000)", "amount", _EURO),
                Column("Security", "instrument", _INSTRUMENTS),
                Column("New or add-on", "type", _TYPES),
                Column("Venture phase", "stage", _STAGES),
                Column("Raised in all (x EUR 1,000)", "round_size", _EURO),
                Column("Syndicate", "co_investors"),
            ),
        ),
        Sheet(
            "position",
            "Holdings",
            (
                Column("Vehicle no.", "fund"),
                Column("Relation no.", "organisation"),
                Column("As at", "date"),
                Column("Invested to date (x EUR 1,000)", "cost", _EURO),
                Column("Carrying amount (x EUR 1,000)", "value", _EURO),
            ),
        ),
        Sheet(
            "foreign_case",
            "Landings",
            (
                Column("Landing no.", "number"),
                Column("Relation no.", "organisation"),
                Column("Parent from", "origin", Country("en")),
                Column("Nature", "kind", _CASES),
                Column("Decided on", "date"),
                Column("Planned spend, 3 yrs (x EUR 1,000)", "capex", _EURO),
                Column("New jobs", "jobs_created"),
                Column("Jobs kept", "jobs_retained"),
                Column("Sister agencies", "together_with", _ROMS),
                Column("Letter of", "confirmed_on"),
            ),
        ),
        Sheet(
            "trade_activity",
            "Missions",
            (
                Column("Mission no.", "number"),
                Column("Mission", "title"),
                Column("Destination", "country", Country("en")),
                Column("Venue", "city"),
                Column("Format", "kind", _TRADE),
                Column("From", "start"),
                Column("Until", "end"),
                Column("Turnout", "participants"),
                Column("Sister agencies", "together_with", _ROMS),
            ),
        ),
        Sheet(
            "trade_participant",
            "Mission members",
            (
                Column("Mission no.", "activity"),
                Column("Relation no.", "organisation"),
            ),
        ),
        Sheet(
            "staff",
            "Workforce",
            (
                Column("Reporting year", "year"),
                Column("People employed", "heads"),
                Column("Full-time equivalents", "fte"),
            ),
        ),
        Sheet(
            "outcome",
            "Portfolio outcomes",
            (
                Column("Relation no.", "organisation"),
                Column("Turnover (x EUR 1,000)", "turnover", _EURO),
                Column("Turnover prior year (x EUR 1,000)", "turnover_before", _EURO),
                Column("Jobs (FTE)", "fte"),
                Column("Jobs prior year (FTE)", "fte_before"),
                Column("R&D spending (x EUR 1,000)", "rd", _EURO),
                Column("CO2 avoided (tonnes)", "co2_avoided"),
                Column("Evidence", "basis", _BASES),
            ),
        ),
    ),
)
