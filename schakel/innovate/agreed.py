"""Projects can be shared by agreement."""

from schakel.intake.carded import register_records
from schakel.sharing.models import Reach
from schakel.words import Words

register_records(
    "project",
    cards="innovate_cards",
    reaches=frozenset(Reach),
    help=Words(
        "Bekend: de titel. Samenvatting: ook looptijd, thema's, status en met wie. Volledig: alles, met de deelnemers.",
        "Known: the title. Summary: dates, themes, status, with whom as well. Full: everything, and who takes part.",
    ),
    order=20,
)
