"""Who is to hear of which publication: looked at often, after the hour of one has come.

A publication opens at its hour without anybody doing anything; so the worker looks what is open, and tells who asked
before it opened and was not told yet. It may look twice, or with others at once: see ``actions.alerts``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from itertools import groupby

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import get_language

from schakel.figures.actions.alerts import News, tell_of_publication
from schakel.figures.catalogue import catalogue
from schakel.figures.editions import Edition
from schakel.figures.lenses import PROVINCE
from schakel.figures.models import Alert, AlertTold
from schakel.figures.pages.addresses import overview_url, page_url
from schakel.figures.vintages import editions
from schakel.network.models import Party, RoleHeld
from schakel.network.places import PROVINCES
from schakel.sharing.acting import acting
from schakel.trail.actors import Actor
from schakel.words import Words

_PUBLISHED = Words("De cijfers van {year} zijn gepubliceerd", "The figures of {year} are published")
_REVISED = Words("De cijfers van {year} zijn herzien", "The figures of {year} are revised")
_ASKED = Words("U vroeg hierom: {what}.", "You asked for this: {what}.")
_ANY = Words("alle cijfers", "all figures")


def tell_all(*, now: dt.datetime | None = None) -> int:
    """Tell everybody who asked of what is open by ``now`` and was not told of it; returns how many people were."""
    moment = now or timezone.now()
    opened = [each for each in editions() if each.is_open(moment)]
    if not opened:
        return 0
    return sum(_tell_party(party, opened) for party in Party.objects.values_list("pk", flat=True))


def of_person(person: int) -> Iterable[Alert]:
    """What somebody asked to hear of, for the party that they act for."""
    return Alert.objects.filter(person_id=person).order_by("indicator", "province", "pk")


def what_words(alert: Alert) -> str:
    """What somebody asked to hear of, in the reader's language."""
    return _what(alert).in_(get_language() or "nl")


def _tell_party(party: int, opened: list[Edition]) -> int:
    actor = Actor(party=party, process="figures")
    with acting(actor):
        still_here = RoleHeld.objects.filter(person=OuterRef("person"), party_id=party, person__is_active=True)
        asked = list(Alert.objects.filter(Exists(still_here), owner_id=party).order_by("person_id", "pk"))
        told = set(AlertTold.objects.filter(alert__in=asked).values_list("alert_id", "publication_id"))
    return sum(_tell_of(actor, edition, asked, told) for edition in opened) if asked else 0


def _tell_of(actor: Actor, edition: Edition, asked: list[Alert], told: set[tuple[int, int]]) -> int:
    """Tell of one publication who asked before it opened; returns how many people heard."""
    publication, since = edition.publication, edition.opens_at()
    if publication is None or since is None:
        return 0
    waiting = [alert for alert in asked if alert.since < since and (alert.pk, publication) not in told]
    by_person = ((person, list(part)) for person, part in groupby(waiting, key=lambda alert: alert.person_id))
    return sum(
        tell_of_publication(
            actor=actor, publication=publication, person=person, alerts=alerts, news=_news(edition, alerts)
        )
        for person, alerts in by_person
    )


def _news(edition: Edition, alerts: list[Alert]) -> News:
    """What is told: no number, as titles go out by mail."""
    title = _PUBLISHED if edition.version == 1 else _REVISED
    what = [_what(alert) for alert in alerts]
    body = Words(
        _ASKED.nl.format(what="; ".join(words.nl for words in what)),
        _ASKED.en.format(what="; ".join(words.en for words in what)),
    )
    return title.format(year=edition.period), body, _page(edition, alerts)


def _what(alert: Alert) -> Words:
    found, place = catalogue().get(alert.indicator), PROVINCES.get(alert.province, "")
    if found is None:
        return Words(place, place) if place else _ANY
    return Words(f"{found.names.nl}, {place}", f"{found.names.en}, {place}") if place else found.names


def _page(edition: Edition, alerts: list[Alert]) -> str:
    """Where it is read: on the indicator's page, or in the view of the province, where one was asked for."""
    first = alerts[0]
    if len(alerts) == 1 and first.indicator in catalogue():
        return page_url(first.indicator, edition.period)
    provinces = {alert.province for alert in alerts if not alert.indicator}
    if len(provinces) == 1 and (province := provinces.pop()):
        return overview_url(year=edition.period, voor=f"{PROVINCE}{province.lower()}")
    return overview_url(year=edition.period)
