"""The two sides of a doubt as a page shows them beside each other."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from schakel.register.differing import Agreement, Piece, compare
from schakel.register.explaining import explained
from schakel.register.models import Doubt, Judgement
from schakel.register.sides import FIELDS, Side, label_of
from schakel.web import formats
from schakel.web.tables import Column, Table

_AGREEMENTS: dict[Agreement, tuple[str, str | Promise]] = {
    "same": ("=", _("the same")),
    "alike": ("≈", _("alike, differences marked")),
    "differs": ("≠", _("different")),
    "one-sided": ("·", _("only one says it")),
    "empty": ("", ""),
}


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the comparison: what is compared, how it agrees (a sign and words), and both values."""

    key: str
    label: str
    agreement: Agreement
    sign: str
    words: str
    one: SafeString
    other: SafeString


def rows_of(one: Side, other: Side) -> list[Row]:
    """What either side says, line by line; what differs letter by letter is marked."""
    said = dict.fromkeys([*one.says, *other.says])
    ordered = [*(key for key in FIELDS if key in said), *(key for key in said if key not in FIELDS)]
    return [_row(one, other, key) for key in ordered]


def _row(one: Side, other: Side, key: str) -> Row:
    agreement, left, right = compare(one.says.get(key, ""), other.says.get(key, ""))
    sign, words = _AGREEMENTS[agreement]
    label = label_of(one.key[0] if key in one.says else other.key[0], key).in_(formats.language())
    return Row(key, label, agreement, sign, str(words), _marked(left), _marked(right))


def _marked(pieces: list[Piece]) -> SafeString:
    if not pieces:
        return format_html('<span class="quiet">{}</span>', formats.NOTHING)
    return format_html_join(
        "",
        "{}",
        (
            (piece.text if piece.same else format_html('<mark class="compare__letters">{}</mark>', piece.text),)
            for piece in pieces
        ),
    )


def score_words(judgement: Judgement) -> str:
    """What the model had made of it, for who has judged; empty where it made nothing of it."""
    if judgement.score is None:
        return ""
    bits = formats.number(abs(judgement.score) / 1000, 1)
    said = _("%(bits)s bits for the same") if judgement.score >= 0 else _("%(bits)s bits against it")
    return str(said) % {"bits": bits}


def weights(doubt: Doubt, one: Side, other: Side) -> Table | None:
    """What each field weighed for the model; None where it does not say."""
    found = explained(doubt.thing, one.says, other.says)
    if not found:
        return None
    language = formats.language()
    return Table(
        caption=_("What each field weighed for the model, in bits"),
        columns=[
            Column("field", _("Field"), heading=True),
            Column("agreement", _("How it agrees")),
            Column("one", _("First")),
            Column("other", _("Second")),
            Column("weight", _("Weight"), kind="decimal"),
        ],
        rows=[
            {
                "field": each.field.in_(language),
                "agreement": each.agreement.in_(language),
                "one": each.one,
                "other": each.other,
                "weight": each.weight / 1000,
            }
            for each in found
        ],
    )
