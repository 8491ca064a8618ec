"""What became of companies can be shared by agreement."""

from schakel.intake.carded import register_records
from schakel.sharing.models import Reach
from schakel.words import Words

register_records(
    "outcome",
    cards="figures_outcome_cards",
    reaches=frozenset({Reach.ALL, Reach.ORGANISATIONS}),
    help=Words(
        "Bekend en samenvatting: van welk bedrijf. Volledig: omzet, banen, R&D en vermeden CO2.",
        "Known and summary: of which company. Full: turnover, jobs, R&D and CO2 avoided.",
    ),
    order=50,
)
