"""The views that somebody may open: one's own, and those that others share with the network."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from schakel.figures.exploring.asked import read_text
from schakel.figures.models import SavedView
from schakel.network.models import Person
from schakel.trail.actors import Actor
from schakel.web.tables import Badge, Column, Link, Table


def own_views(actor: Actor) -> QuerySet[SavedView]:
    """The views that the acting person keeps, by name."""
    return SavedView.objects.filter(owner_id=actor.owner, person_id=actor.person or 0).order_by("name")


def shared_views(actor: Actor) -> QuerySet[SavedView]:
    """The views that others share, by organisation and name."""
    own = Q(owner_id=actor.owner, person_id=actor.person or 0)
    others = SavedView.objects.filter(shared=True).exclude(own)
    return others.select_related("owner").order_by("owner__order", "name")


def opened(view: SavedView) -> str:
    """The address that asks a kept view anew, for whoever opens it."""
    return f"{reverse('figures:explore')}?{read_text(view.query).query()}"


def own_table(views: Sequence[SavedView]) -> Table:
    """One's own views, each with where it is changed."""
    rows = [
        {
            "name": Link(view.name, opened(view)),
            "shared": Badge("info", _("with the network")) if view.shared else _("only you"),
            "saved": view.saved_at,
            "change": Link(_("Change or remove"), reverse("figures:explore_view", args=[view.pk])),
        }
        for view in views
    ]
    columns = [
        Column("name", _("View"), heading=True),
        Column("shared", _("Shared")),
        Column("saved", _("Last changed"), kind="moment"),
        Column("change", ""),
    ]
    return Table(
        caption=_("Your views"),
        columns=columns,
        rows=rows,
        empty=_("You keep no views yet."),
        empty_how=_("Ask something in the explorer, and keep it under a name at the bottom of that page."),
    )


def shared_table(views: Sequence[SavedView]) -> Table:
    """Views that others share."""
    people = Person.objects.in_bulk([view.person_id for view in views])
    rows = [
        {
            "name": Link(view.name, opened(view)),
            "owner": view.owner.name,
            "person": people[view.person_id].name if view.person_id in people else "",
            "saved": view.saved_at,
        }
        for view in views
    ]
    columns = [
        Column("name", _("View"), heading=True),
        Column("owner", _("Of")),
        Column("person", _("Made by")),
        Column("saved", _("Last changed"), kind="moment"),
    ]
    return Table(
        caption=_("Shared with the network"),
        columns=columns,
        rows=rows,
        note=_("A view is a question: you see the figures that are for you."),
        empty=_("Nobody shares a view yet."),
        empty_how=_("Who keeps a view can share it with everybody in the network."),
    )
