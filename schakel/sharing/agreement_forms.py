"""Forms with which an agreement is drafted, signed and ended."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from schakel.network.models import Party, PartyKind
from schakel.network.themes import HUB, schemes
from schakel.sharing.agreements import GIVES, Named, Opened, Said
from schakel.sharing.mandate_forms import SigningForm, moment
from schakel.sharing.models import Agreement, Depth, Reach, Standing
from schakel.sharing.shareable import shareables
from schakel.web.formats import language
from schakel.web.forms import choose

_NOTHING = ""
_MUTUAL, _WE, _THEY = "mutual", "we", "they"
_DIRECTIONS = [
    (_WE, gettext_lazy("We share, the others receive")),
    (_MUTUAL, gettext_lazy("All of us share and receive")),
    (_THEY, gettext_lazy("One other shares, we receive")),
]
# What a standing kind of agreement begins with: depth by kind of record, reach, direction, and for how many days.
TEMPLATES: dict[Standing, dict[str, Any]] = {
    Standing.COUNT: {"direction": _MUTUAL, "days": 1461},
    Standing.COMMUNITY: {
        "depth": {"organisation": Depth.KNOWN, "project": Depth.SUMMARY},
        "reach": Reach.ALL,
        "direction": _MUTUAL,
        "days": 730,
    },
    Standing.PROGRAMME: {
        "depth": {"project": Depth.FULL},
        "reach": Reach.THEMES,
        "direction": _MUTUAL,
        "days": 1461,
    },
    Standing.MEMORANDUM: {
        "depth": {"organisation": Depth.KNOWN, "project": Depth.SUMMARY},
        "reach": Reach.ALL,
        "direction": _WE,
        "days": 1096,
    },
    Standing.HANDING_OVER: {
        "depth": {"foreign_case": Depth.FULL},
        "reach": Reach.THINGS,
        "direction": _WE,
        "days": 365,
    },
    Standing.OTHER: {"reach": Reach.ALL, "direction": _WE, "days": 365},
}
_LISTED = 200  # numbers at most


def _contact() -> forms.CharField:
    return forms.CharField(
        label=gettext_lazy("Whom to ask at your organisation"),
        help_text=gettext_lazy("A desk or address that others see where only that something is known is shared."),
        max_length=160,
        required=False,
    )


class AgreementForm(forms.Form):
    """Who shares what with whom, how deep, what for, on what ground, from when until when."""

    use_required_attribute = False

    title = forms.CharField(label=gettext_lazy("What it is called"), max_length=160)
    purpose = forms.CharField(
        label=gettext_lazy("What it is for"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=2000,
    )
    legal_ground = forms.CharField(
        label=gettext_lazy("Legal ground"),
        help_text=gettext_lazy("For instance: task of general interest (GDPR article 6(1)(e)), or consent."),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=2000,
    )
    parties = forms.TypedMultipleChoiceField(
        label=gettext_lazy("With whom"), coerce=int, widget=forms.CheckboxSelectMultiple
    )
    direction = forms.ChoiceField(label=gettext_lazy("Who shares"), choices=_DIRECTIONS, widget=forms.RadioSelect)
    reach = forms.ChoiceField(
        label=gettext_lazy("Of which things"), choices=Reach.choices, widget=forms.RadioSelect, initial=Reach.ALL
    )
    themes = forms.MultipleChoiceField(
        label=gettext_lazy("Themes"),
        help_text=gettext_lazy("Where it is of certain themes."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    numbers = forms.CharField(
        label=gettext_lazy("Numbers"),
        help_text=gettext_lazy(
            "Where it is of certain organisations or things: their numbers at who shares, one a line. Of what is "
            "numbered anew each year with the year before it, such as 2023/P-14."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )
    since = moment(label=gettext_lazy("From"))
    until = moment(
        label=gettext_lazy("Until"),
        help_text=gettext_lazy("At this hour, in Dutch time, it opens nothing any more."),
    )
    contact = _contact()

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        party: Party,
        standing: Standing,
        now: dt.datetime,
        drafted: Mapping[str, Any] | None = None,
    ) -> None:
        """``drafted``: what an earlier draft says; else the form begins as its standing kind does."""
        template = TEMPLATES[standing]
        until = (now + dt.timedelta(days=template["days"])).replace(hour=18, minute=0)
        begun = {"since": now, "until": until, "direction": template["direction"], "reach": template.get("reach")}
        deep = {f"depth_{kind}": depth for kind, depth in template.get("depth", {}).items()}
        super().__init__(data, initial=begun | deep | dict(drafted or {}))
        self.party, self.standing = party, standing
        others = Party.objects.exclude(kind=PartyKind.AUDITOR).exclude(pk=party.pk)
        choose(self, "parties", [(other.pk, other.name) for other in others])
        spoken = language()
        choose(self, "themes", [(one.code, one.labels.in_(spoken)) for one in schemes()[HUB].concepts])
        if party.kind not in GIVES:
            choose(self, "direction", [choice for choice in _DIRECTIONS if choice[0] == _THEY])
            self.fields["direction"].initial = self.initial["direction"] = _THEY
        if standing == Standing.COUNT:
            for name in ("reach", "themes", "numbers"):
                del self.fields[name]
        else:
            self._ask_depths(spoken)

    def _ask_depths(self, spoken: str) -> None:
        depths = [(_NOTHING, _("not shared")), *((str(depth.value), depth.label) for depth in Depth)]
        for kind in shareables():
            only = [depths[0], depths[-1]]
            self.fields[f"depth_{kind.kind}"] = forms.ChoiceField(
                label=kind.words.in_(spoken).capitalize(),
                help_text=kind.help.in_(spoken),
                choices=depths if kind.cards else only,
                required=False,
            )
        asked = [name for name in self.fields if name.startswith("depth_")]
        first = [*list(self.fields)[: list(self.fields).index("reach")]]
        rest = [name for name in self.fields if name not in {*first, *asked}]
        self.order_fields([*first, *asked, *rest])

    def clean(self) -> dict[str, Any]:
        """Where it is of certain ones, that they are named."""
        cleaned: dict[str, Any] = super().clean() or {}
        reach = cleaned.get("reach")
        if reach == Reach.THEMES and not cleaned.get("themes"):
            self.add_error("themes", _("Choose at least one theme."))
        if reach in (Reach.ORGANISATIONS, Reach.THINGS):
            numbers = self._numbers()
            if not numbers:
                self.add_error("numbers", _("Name at least one number."))
            if len(numbers) > _LISTED:
                self.add_error(
                    "numbers", ngettext_lazy("One number at most.", "%d numbers at most.", _LISTED) % _LISTED
                )
        if cleaned.get("direction") == _THEY and len(cleaned.get("parties", ())) != 1:
            self.add_error("parties", _("Name the one party that shares with you."))
        return cleaned

    def _numbers(self) -> tuple[str, ...]:
        lines = self.cleaned_data.get("numbers", "").replace(",", "\n").splitlines()
        return tuple(dict.fromkeys(filter(None, (line.strip() for line in lines))))

    def said(self) -> Said:
        """What the agreement says; of a form that is valid."""
        asked = self.cleaned_data
        return Said(
            standing=self.standing,
            title=asked["title"],
            purpose=asked["purpose"],
            legal_ground=asked["legal_ground"],
            since=asked["since"],
            until=asked["until"],
            named=tuple(self._named(asked["direction"], asked["parties"])),
            opened=tuple(self._opened()),
        )

    def _named(self, direction: str, others: Iterable[int]) -> Iterable[Named]:
        yield Named(
            self.party.pk,
            gives=direction != _THEY,
            receives=direction != _WE,
            contact=self.cleaned_data["contact"],
        )
        kinds = dict(Party.objects.filter(pk__in=others).values_list("pk", "kind"))
        for other in others:
            gives = direction == _THEY or (direction == _MUTUAL and kinds.get(other) in GIVES)
            yield Named(other, gives=gives, receives=direction != _THEY)

    def _opened(self) -> Iterable[Opened]:
        reach = Reach(self.cleaned_data.get("reach") or Reach.ALL)
        things = tuple(self.cleaned_data.get("themes", ())) if reach == Reach.THEMES else ()
        things = self._numbers() if reach in (Reach.ORGANISATIONS, Reach.THINGS) else things
        for kind in shareables():
            if depth := self.cleaned_data.get(f"depth_{kind.kind}"):
                yield Opened(kind.kind, Depth(int(depth)), reach, things)


def as_drafted(agreement: Agreement, party: Party) -> dict[str, Any]:
    """What a draft says, as the form asks it."""
    signatories, clauses = list(agreement.signatories.all()), list(agreement.clauses.all())
    mine = next(one for one in signatories if one.owner_id == party.pk)
    reach = Reach(clauses[0].reach) if clauses else Reach.ALL
    things = clauses[0].things if clauses else []
    return {
        "title": agreement.title,
        "purpose": agreement.purpose,
        "legal_ground": agreement.legal_ground,
        "since": agreement.since,
        "until": agreement.until,
        "parties": [one.owner_id for one in signatories if one.owner_id != party.pk],
        "direction": _THEY if not mine.gives else _MUTUAL if mine.receives else _WE,
        "contact": mine.contact,
        "reach": reach,
        "themes": things if reach == Reach.THEMES else [],
        "numbers": "\n".join(things) if reach in (Reach.ORGANISATIONS, Reach.THINGS) else "",
        **{f"depth_{kind.kind}": _NOTHING for kind in shareables()},
        **{f"depth_{clause.kind}": clause.depth for clause in clauses},
    }


class AgreeingForm(SigningForm):
    """In what capacity somebody signs, and whom to ask there."""

    contact = _contact()


class EndingForm(forms.Form):
    """Why a party ends its part."""

    use_required_attribute = False

    reason = forms.CharField(
        label=gettext_lazy("Why your organisation ends it"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=1000,
    )
