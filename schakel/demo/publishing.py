"""The demonstration's closed years: frozen, approved by every supervisory board, and published."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from django.utils import timezone
from django.utils.translation import override

from schakel.figures.actions.bodies import add_body
from schakel.figures.actions.closing import begin_closing, closing_made
from schakel.figures.actions.publishing import prepare_publication, record_approval, set_hour
from schakel.figures.closing.making import close_year
from schakel.figures.models import ApprovingBody, BodyKind, Closing, ClosingState, Publication
from schakel.figures.vintages import all_certified
from schakel.network.models import Party
from schakel.network.queries import agencies, secretariat
from schakel.register.actions import link_if_needed
from schakel.sharing.acting import acting
from schakel.sharing.roles import COUNTER, LINKER, WORKER, database_role
from schakel.trail.actors import Actor

_BOARD = "Raad van commissarissen"


def publish(years: Sequence[int], tell: Callable[[str], None]) -> None:
    """Have each of ``years`` that all certified closed, approved and published now; what is done is left as it is."""
    with override("nl"):
        with database_role(WORKER):
            boards = list(_boards(min(years)))
        for year in sorted(years):
            if not _signed(year):
                continue
            closing = _closed(year)
            with database_role(WORKER):
                if _published(closing, boards):
                    tell(f"{year}: closed, approved by {len(boards)} supervisory boards and published")


def _boards(first: int) -> Iterator[ApprovingBody]:
    """The supervisory board of each agency."""
    actor = _actor(secretariat())
    for agency in agencies():
        known = ApprovingBody.objects.filter(owner=agency).first()
        kind = BodyKind.SUPERVISORY_BOARD
        yield known or add_body(actor=actor, owner=agency, name=_BOARD, kind=kind, first_period=first)


def _signed(year: int) -> bool:
    with database_role(WORKER), acting(_actor(secretariat())):
        return all_certified(year)


def _closed(year: int) -> Closing:
    """The first closing of ``year``, made where it is not there; one that was broken off is made after all."""
    actor = _actor(secretariat())
    with database_role(WORKER):
        closing = Closing.objects.filter(period=year, version=1).first()
        if closing is None or closing.state == ClosingState.FAILED:
            closing = begin_closing(actor=actor, period=year)
    if closing.state != ClosingState.MADE:
        with database_role(LINKER):
            link_if_needed()
        with database_role(COUNTER):
            made = close_year(closing.pk)
        with database_role(WORKER):
            return closing_made(actor=actor, closing_id=closing.pk, digest=made.digest, manifest=made.manifest)
    return closing


def _published(closing: Closing, boards: Sequence[ApprovingBody]) -> bool:
    """Publish ``closing`` with the approval of ``boards``; whether that was needed."""
    actor, held = _actor(secretariat()), Publication.objects.filter(closing=closing).first()
    if held is not None and held.publish_at is not None:
        return False
    held = held or prepare_publication(actor=actor, closing=closing)
    spoken = set(held.approvals.values_list("body_id", flat=True))
    for board in boards:
        if board.pk not in spoken:
            _approve(held, board)
    set_hour(actor=actor, publication=held, at=timezone.now())
    return True


def _approve(publication: Publication, board: ApprovingBody) -> None:
    record_approval(
        actor=_actor(board.owner),
        publication=publication,
        body=board,
        approved=True,
        decided_on=timezone.localdate(),
        reference=f"notulen van {timezone.localdate():%d-%m-%Y}, agendapunt 4",
    )


def _actor(party: Party) -> Actor:
    return Actor(party=party.pk, process="demonstration")
