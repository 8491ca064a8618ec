"""The demonstration's agreements: a theme community, a joint programme, one that waits for a signature."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from schakel.network.models import PartyKind
from schakel.network.queries import party
from schakel.sharing.acting import acting
from schakel.sharing.agreements import Opened, Said, draft, named, propose, sign
from schakel.sharing.models import Agreement, Depth, Reach, Standing
from schakel.sharing.roles import WORKER, database_role
from schakel.trail.actors import Actor

_HOLDS = dt.timedelta(days=2 * 365)
_GROUND = "Taak van algemeen belang: artikel 6, eerste lid, onder e, AVG"


def make_agreements() -> list[str]:
    """Have parties draft, propose and sign what was not made before; returns the titles of what was."""
    with database_role(WORKER):
        made = [
            _made(
                "Themagemeenschap energietransitie",
                Standing.COMMUNITY,
                "Weten wie met welke bedrijven werkt aan de energietransitie, en wie te vragen.",
                ("bom", "oost-nl", "innovationquarter", "nom", "impuls-zeeland"),
                Opened("organisation", Depth.KNOWN),
                Opened("project", Depth.SUMMARY, Reach.THEMES, ("energy-transition",)),
            ),
            _made(
                "Gezamenlijk programma gezond ouder worden",
                Standing.PROGRAMME,
                "Samen projecten begeleiden over de grens van de regio heen.",
                ("oost-nl", "liof"),
                Opened("project", Depth.FULL, Reach.THEMES, ("healthy-ageing",)),
            ),
            _made(
                "Deelnemingen voor de aandeelhouder",
                Standing.OTHER,
                "De provincie volgt als aandeelhouder waarin is geïnvesteerd en wat dat waard is.",
                ("rom-utrecht-region", "provincie-utrecht-aandeelhouder"),
                Opened("investment", Depth.FULL),
                Opened("position", Depth.FULL),
                Opened("valuation", Depth.FULL),
            ),
            _made(
                "Intentieverklaring met de provincie",
                Standing.MEMORANDUM,
                "De provincie weet welke bedrijven de ontwikkelingsmaatschappij kent.",
                ("rom-utrecht-region", "provincie-utrecht"),
                Opened("organisation", Depth.KNOWN),
                signed_by=("rom-utrecht-region",),
            ),
        ]
    return [title for title in made if title]


def _made(
    title: str,
    standing: Standing,
    purpose: str,
    parties: tuple[str, ...],
    *opened: Opened,
    signed_by: tuple[str, ...] | None = None,
) -> str:
    leads, *others = (party(slug) for slug in parties)
    actor, now = _of(leads.pk), timezone.now()
    with acting(actor):
        if Agreement.objects.filter(owner=leads, title=title).exists():
            return ""
    mutual = all(other.kind == PartyKind.AGENCY for other in others)
    said = Said(
        standing=standing,
        title=title,
        purpose=purpose,
        legal_ground=_GROUND,
        since=now,
        until=now + _HOLDS,
        named=named([other.pk for other in others], mutual=mutual, giver=leads.pk),
        opened=opened,
    )
    made = draft(actor=actor, said=said)
    propose(actor=actor, agreement_id=made.pk)
    for slug in parties if signed_by is None else signed_by:
        desk = f"samenwerking@{slug}.example"
        sign(actor=_of(party(slug).pk), agreement_id=made.pk, signed_as="directeur", contact=desk)
    return title


def _of(party_id: int) -> Actor:
    return Actor(party=party_id, process="demonstration")
