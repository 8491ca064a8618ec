"""Foreign cases and trade activities can be shared by agreement."""

from schakel.intake.carded import register_records
from schakel.sharing.models import Reach
from schakel.words import Words

_REACHES = frozenset({Reach.ALL, Reach.ORGANISATIONS, Reach.THINGS})

register_records(
    "foreign_case",
    cards="internationalise_case_cards",
    reaches=_REACHES,
    help=Words(
        "Bekend: welk bedrijf. Samenvatting: ook herkomst, soort en datum. Volledig: alles, ook banen en bedragen.",
        "Known: which company. Summary: origin, kind and date as well. Full: everything, also jobs and amounts.",
    ),
    order=40,
)
register_records(
    "trade_activity",
    cards="internationalise_activity_cards",
    reaches=_REACHES,
    help=Words(
        "Bekend: de titel. Samenvatting: ook land en datum. Volledig: alles, met wie eraan meedeed.",
        "Known: the title. Summary: country and dates as well. Full: everything, with who took part.",
    ),
    order=41,
)
