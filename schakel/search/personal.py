"""What the index holds of people: what records say, made anew when a record changes."""

from schakel.privacy.declaring import Holding, holding
from schakel.privacy.specials import afterwards
from schakel.search.actions import index
from schakel.trail.actors import Actor


def index_anew(actor: Actor) -> None:
    """Bring the index of the acting party up to date, with its words."""
    index(actor=Actor(party=actor.owner, person=actor.person, process=actor.process or "worker"))


holding(
    Holding(
        "search_searchentry",
        "deliveries",
        free=("title", "title_en", "subtitle", "subtitle_en", "sort_key", "thing"),
        none=("kind", "object_id"),
    )
)
afterwards(index_anew)
