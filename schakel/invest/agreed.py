"""Investments and positions can be shared by agreement; what positions are worth is a kind of its own."""

from schakel.intake.carded import register_records
from schakel.sharing.models import Reach
from schakel.sharing.shareable import Shareable, register
from schakel.words import Words

_REACHES = frozenset({Reach.ALL, Reach.ORGANISATIONS, Reach.THINGS})

register_records(
    "investment",
    cards="invest_investment_cards",
    reaches=_REACHES,
    help=Words(
        "Bekend: in welk bedrijf. Samenvatting: ook datum, soort en fase, geen bedrag. Volledig: alles, en het fonds.",
        "Known: in which company. Summary: date, type and stage as well, no amounts. Full: everything, with the fund.",
    ),
    order=30,
)
register_records(
    "position",
    cards="invest_position_cards",
    reaches=_REACHES,
    help=Words(
        "Bekend: in welk bedrijf. Samenvatting: ook de datum. Volledig: alles met het fonds, behalve wat zij waard is.",
        "Known: in which company. Summary: the date as well. Full: everything with the fund, but for what it is worth.",
    ),
    order=31,
)
register(
    Shareable(
        kind="valuation",
        words=Words("waarderingen", "valuations"),
        reaches=frozenset({Reach.ALL}),
        cards="",
        told=lambda _said: [],
        url=lambda _pk: "",
        help=Words(
            "Wat posities waard zijn, van de posities die volledig gedeeld worden; alleen volledig te delen.",
            "What positions are worth, of those positions that are shared in full; can be shared in full only.",
        ),
        order=32,
    )
)
