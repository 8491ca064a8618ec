"""Organisations can be shared by agreement."""

from schakel.intake.carded import register_records
from schakel.sharing.models import Reach
from schakel.words import Words

register_records(
    "organisation",
    cards="register_cards",
    reaches=frozenset({Reach.ALL, Reach.THINGS}),
    help=Words(
        "Bekend: naam, en wie u kunt vragen. Samenvatting: ook KvK-nummer, plaats, land, website, soort en omvang.",
        "Known: the name, and whom to ask. Summary: KvK number, city, country, website, kind and size as well.",
    ),
    order=10,
)
