"""Saying something of a figure, and taking it back; who is mentioned hears of it.

Invariant: nobody says anything of a figure that they may not read, and what is shared says nothing of a cell that is
withheld from others.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from schakel.figures.asking import Audience, Question, QuestionError
from schakel.figures.catalogue import Indicator, catalogue
from schakel.figures.editions import Vintage
from schakel.figures.models import FigureComment
from schakel.figures.pages.addresses import page_url
from schakel.figures.process import ask
from schakel.figures.queries import audience_of
from schakel.figures.vintages import chosen_vintage
from schakel.inbox.actions import tell
from schakel.intake.mentions import mentioned_in
from schakel.network.models import Party
from schakel.network.queries import colleagues
from schakel.sharing.acting import acting
from schakel.trail.actions import note
from schakel.trail.actors import Actor
from schakel.words import Words

_LONGEST = 5000  # characters
_MENTIONS = Words("{who} noemt u bij het cijfer {figure}, {year}", "{who} mentions you at the figure {figure}, {year}")


class CommentRefused(ValueError):  # noqa: N818 - it is an answer to a person, not a fault
    """This cannot be said of a figure, or not here; the message says why and what to do."""


def comment(
    *,
    actor: Actor,
    indicator: str,
    period: int,
    text: str,
    cut: Mapping[str, str] | None = None,
    shared: bool = False,
    stand: str = "",
    mentioned: Collection[int] = (),
) -> FigureComment:
    """Say something of a figure, or of the cell that ``cut`` names ({"province": "NB"}).

    ``stand``: of which figures of the year, see ``editions.decide``. Colleagues in ``mentioned`` (ids), or named as
    "@name", are told. Raises CommentRefused; NotPublishedError for a year that the acting party does not read yet;
    CountingError where a shared comment on a cell cannot be checked.
    """
    said, place = text.strip(), dict(cut or {})
    if actor.person is None:
        raise ValueError("a comment is somebody's")
    with acting(actor):
        owner = Party.objects.get(pk=actor.owner)
        found = _must_be_sayable(owner, indicator, said, place)
        vintage = chosen_vintage(owner, period, stand)
        if shared:
            _must_be_shown_to_others(found, vintage, place)
        made = FigureComment.objects.create(
            owner=owner,
            indicator=indicator,
            period=period,
            cut=place,
            closing_id=vintage.closing,
            text=said,
            shared=shared,
            written_by_id=actor.person,
        )
        note(actor=actor, verb="commented", kind="figure", objects=[made.pk], indicator=indicator, period=period)
        _tell(actor, made, found, mentioned, stand)
    return made


def withdraw_comment(*, actor: Actor, comment: FigureComment) -> FigureComment:
    """Take a comment of the acting party's own back: by who wrote it. Raises CommentRefused."""
    with acting(actor):
        mine = FigureComment.objects.filter(pk=comment.pk, owner_id=actor.owner, written_by_id=actor.person or 0)
        if not mine.exists():
            raise CommentRefused(_("Only who wrote a comment takes it back."))
        if mine.filter(withdrawn_at__isnull=True).update(withdrawn_at=timezone.now()):
            note(actor=actor, verb="took back", kind="comment on a figure", objects=[comment.pk])
        return mine.get()


def _must_be_sayable(owner: Party, indicator: str, text: str, cut: Mapping[str, str]) -> Indicator:
    found = catalogue().get(indicator)
    if found is None:
        raise CommentRefused(_("There is no such indicator; choose one of the list."))
    if not text:
        raise CommentRefused(_("Write what you want to say first."))
    if len(text) > _LONGEST:
        raise CommentRefused(
            _("This is too long to read; say it in at most %(count)s characters.") % {"count": _LONGEST}
        )
    if not set(cut) <= set(found.breakdowns):
        raise CommentRefused(_("This figure is not split that way; choose another part of it."))
    if "agency" in cut and not audience_of(owner).sees(cut["agency"]):
        raise CommentRefused(_("You do not read this agency's own figure, so there is nothing to say of it here."))
    return found


def _must_be_shown_to_others(indicator: Indicator, vintage: Vintage, cut: Mapping[str, str]) -> None:
    """What is withheld from others is not told in words either."""
    by = tuple(sorted(set(cut) - {"agency"}))
    if "agency" in cut or not by:
        return
    anybody = Audience(maker=True)
    asked = Question("figures", (indicator.id,), by, {"year": [vintage.period]}, anybody, vintage.closing)
    try:
        cells = [cell for figure in ask(settings.COUNTING_SOCKET, asked)["figures"] for cell in figure["cells"]]
    except QuestionError as refused:
        raise CommentRefused(str(refused)) from refused
    place = [cut[dimension] for dimension in by]
    if any(cell["place"] == place and cell.get("suppressed") for cell in cells):
        raise CommentRefused(_("Others do not read this number, as it is of too few; keep the comment to yourselves."))


def _tell(actor: Actor, made: FigureComment, found: Indicator, mentioned: Collection[int], stand: str) -> None:
    people = {person.pk: person for person in colleagues(actor.owner)}
    named = (set(mentioned) & set(people)) | mentioned_in(made.text, people.values())
    who = people[made.written_by_id].name if made.written_by_id in people else "Schakel"
    figure = {"nl": found.names.nl, "en": found.names.en}
    for person in named - {actor.person}:
        tell(
            actor=actor,
            party=actor.owner,
            person=person,
            key=f"figures:comment:{made.pk}",
            title=Words(
                _MENTIONS.nl.format(who=who, figure=figure["nl"], year=made.period),
                _MENTIONS.en.format(who=who, figure=figure["en"], year=made.period),
            ),
            url=f"{page_url(found.id, made.period, stand=stand)}#opmerking-{made.pk}",
            room="figures",
        )
