"""Pages of what is shared: by others with the acting party, and by the acting party with others, as those see it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping

from django.core.paginator import Page, Paginator
from django.db.models import Count, Max
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from schakel.network.models import Party
from schakel.sharing.acting import seen_by
from schakel.sharing.agreement_pages import PARTIES
from schakel.sharing.look_tables import looks_table
from schakel.sharing.looking import saw
from schakel.sharing.models import Depth, Look, Signatory
from schakel.sharing.opened import Card, CardsOf, cards, counted, terms
from schakel.sharing.requests import PartyRequest, for_parties
from schakel.sharing.shareable import Shareable, shareable
from schakel.trail.actions import note
from schakel.web.formats import language
from schakel.web.tables import Column, Link, Table

_PAGE, _LOOKS = 50, 25


@for_parties(*PARTIES)
def received(request: PartyRequest) -> HttpResponseBase:
    """What others share with the acting party: by party and kind, how many."""
    found = counted()
    rows = [
        _counts(kind, depths)
        | {"party": giver.name, "url": f"{reverse('sharing:received-kind', args=[kind])}?van={giver.slug}"}
        for giver in Party.objects.filter(pk__in=found)
        for kind, depths in found[giver.pk].items()
    ]
    return render(request, "sharing/received.html", {"table": _counts_table(rows, _("What others share with us"))})


@for_parties(*PARTIES)
def received_kind(request: PartyRequest, kind: str) -> HttpResponseBase:
    """The things of a kind that one party shares with the acting party."""
    found, giver = _kind(kind), _party(request.GET.get("van", ""))
    page, table = _cards(request, found, giver, as_url=lambda card: _card_url(found, card))
    shown = [(card.owner, card.id) for card in page]
    saw(actor=request.actor, verb="listed", kind=kind, seen=shown)
    context = {"kind": found.words.in_(language()), "giver": giver, "table": table, "page": page}
    return render(request, "sharing/received_kind.html", context)


@for_parties(*PARTIES)
def card(request: PartyRequest, kind: str, record_id: int) -> HttpResponseBase:
    """What is told of one thing of another party, and whom to ask there."""
    found = _kind(kind)
    told = next(iter(cards(kind, ids=[record_id])), None)
    if told is None:
        raise Http404
    saw(actor=request.actor, verb="opened", kind=kind, seen=[(told.owner, record_id)])
    return render(request, "sharing/card.html", _card_context(found, told))


def _card_context(found: Shareable, told: Card) -> dict[str, object]:
    return {
        "card": told,
        "kind": found.words.in_(language()),
        "owner": Party.objects.get(pk=told.owner),
        "lines": found.told(told.said),
        "contacts": _contacts(told),
        "full_url": found.url(told.id) if told.depth == Depth.FULL else "",
    }


def _contacts(told: Card) -> list[str]:
    """Whom to ask at the owner, as it said when it signed."""
    under = {term.agreement for term in terms(told.kind) if term.giver == told.owner}
    named = Signatory.objects.filter(agreement_id__in=under, owner_id=told.owner).exclude(contact="")
    return sorted(set(named.values_list("contact", flat=True)))


@for_parties(*PARTIES)
def given(request: PartyRequest) -> HttpResponseBase:
    """What the acting party shares: by receiver and kind, how many, and when anything of it was last opened."""
    me = request.actor.owner
    seen = {
        line["viewer"]: line
        for line in Look.objects.filter(owner_id=me, agreement__isnull=False)
        .values("viewer")
        .annotate(last=Max("at"), times=Count("pk"))
    }
    rows = []
    for receiver in _receivers(me):
        with seen_by(receiver.pk):
            kinds = counted(giver=me).get(me, {})
        last: Mapping[str, object] = seen.get(receiver.pk, {})
        for kind, depths in kinds.items():
            url = reverse("sharing:given-kind", args=[receiver.slug, kind])
            rows.append(
                _counts(kind, depths)
                | {"party": receiver.name, "url": url, "last": last.get("last"), "times": last.get("times", 0)}
            )
    looks = Look.objects.filter(owner_id=me, agreement__isnull=False).select_related("viewer", "person")
    page = Paginator(looks, _LOOKS).get_page(request.GET.get("page"))
    context = {
        "table": _counts_table(rows, _("What we share"), looks=True),
        "looks": looks_table(page, empty=_("Nobody has looked at anything of yours under an agreement yet.")),
        "page": page,
    }
    return render(request, "sharing/given.html", context)


@for_parties(*PARTIES)
def given_kind(request: PartyRequest, slug: str, kind: str) -> HttpResponseBase:
    """What one other party sees of the acting party's things of a kind, exactly as it sees them."""
    found, receiver = _kind(kind), _party(slug)
    with seen_by(receiver.pk):
        page, table = _cards(
            request, found, request.role_held.party, as_url=lambda card: _preview_url(found, card, receiver)
        )
    note(actor=request.actor, verb="previewed", kind=kind, objects=[card.id for card in page], receiver=receiver.pk)
    context = {"kind": found.words.in_(language()), "receiver": receiver, "table": table, "page": page}
    return render(request, "sharing/given_kind.html", context)


@for_parties(*PARTIES)
def preview(request: PartyRequest, slug: str, kind: str, record_id: int) -> HttpResponseBase:
    """What one other party is told of one thing of the acting party, as it sees it."""
    found, receiver = _kind(kind), _party(slug)
    with seen_by(receiver.pk):
        told = next(iter(cards(kind, giver=request.actor.owner, ids=[record_id])), None)
        context = _card_context(found, told) if told is not None else {}
    if not context:
        raise Http404
    note(actor=request.actor, verb="previewed", kind=kind, objects=[record_id], receiver=receiver.pk)
    full = f"{found.url(record_id)}?als={receiver.slug}" if context["full_url"] else ""
    return render(request, "sharing/card.html", context | {"receiver": receiver, "full_url": full})


def _receivers(me: int) -> Iterable[Party]:
    """The parties that receive under an agreement to which the acting party is also one."""
    together = Signatory.objects.filter(owner_id=me, gives=True).values("agreement_id")
    found = Signatory.objects.filter(agreement_id__in=together, receives=True).exclude(owner_id=me)
    return Party.objects.filter(pk__in=found.values("owner_id"))


def _kind(kind: str) -> Shareable:
    try:
        found = shareable(kind)
    except KeyError:
        raise Http404 from None
    if not found.cards:
        raise Http404
    return found


def _party(slug: str) -> Party:
    return get_object_or_404(Party, slug=slug)


def _cards(
    request: PartyRequest, found: Shareable, giver: Party, *, as_url: Callable[[Card], str]
) -> tuple[Page[Card], Table]:
    """A page of the cards of a giver, for whoever acts, and as a table."""
    page = Paginator(CardsOf(found.kind, giver.pk), _PAGE).get_page(request.GET.get("page"))
    rows = [
        {"title": Link(card.title, as_url(card)), "period": str(card.period), "depth": card.depth.label}
        for card in page
    ]
    columns = [
        Column("title", found.words.in_(language()).capitalize(), heading=True),
        Column("period", _("Year")),
        Column("depth", _("How deep")),
    ]
    return page, Table(caption=giver.name, columns=columns, rows=rows, empty=_("Nothing is shared now."))


def _card_url(found: Shareable, card: Card) -> str:
    if card.depth == Depth.FULL:
        return found.url(card.id)
    return reverse("sharing:card", args=[found.kind, card.id])


def _preview_url(found: Shareable, card: Card, receiver: Party) -> str:
    return reverse("sharing:preview", args=[receiver.slug, found.kind, card.id])


def _counts(kind: str, depths: Counter[Depth]) -> dict[str, object]:
    return {
        "kind": shareable(kind).words.in_(language()).capitalize(),
        "known": depths[Depth.KNOWN],
        "summary": depths[Depth.SUMMARY],
        "full": depths[Depth.FULL],
    }


def _counts_table(rows: list[dict[str, object]], caption: str, *, looks: bool = False) -> Table:
    for row in rows:
        row["kind"] = Link(row["kind"], str(row["url"]))
    columns = [
        Column("party", _("Party")),
        Column("kind", _("What"), heading=True),
        Column("known", _("Known"), kind="number"),
        Column("summary", _("Summary"), kind="number"),
        Column("full", _("Full"), kind="number"),
    ]
    if looks:
        columns += [Column("times", _("Times looked"), kind="number"), Column("last", _("Last looked"), kind="moment")]
    return Table(
        caption=caption,
        columns=columns,
        rows=rows,
        empty=_("Nothing is shared now."),
        empty_how=_("Agreements that stand say what is."),
    )
