"""What the model's weights say of two organisations, for who has judged them.

The weights are those of the last round, kept by their version; what is compared is what the reviewer saw.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from schakel.register.explaining import FieldWeight, register_explainer
from schakel.register.matching import Model, explain
from schakel.register.models import LinkingModel
from schakel.register.versions import standing_version
from schakel.words import Words

THING = "organisation"
_NOT_STATED = Words("niet bij beide vermeld", "not stated of both")
_POSTCODE = re.compile(r"\b[1-9][0-9]{3} ?[A-Z]{2}\b")
_DIGITS = {"kvk": re.compile(r"\b[0-9]{8}\b"), "rsin": re.compile(r"\b[0-9]{9}\b")}


def keep_model(model: Model, learnt_from: Mapping[str, Any] | None = None) -> str:
    """Keep ``model`` under its version, with the linker's rights; gives the version, which follows from its weights.

    ``learnt_from``: what people decided that it was learned from; nothing where the lists alone taught it.
    """
    text = model.to_json()
    version = f"{model.version}-{hashlib.sha256(text.encode()).hexdigest()[:10]}"
    if not LinkingModel.objects.filter(version=version).exists():
        LinkingModel.objects.create(version=version, weights=json.loads(text), learnt_from=learnt_from or {})
    return version


def newest_model() -> Model:
    """The model of the last round, or what was chosen since; general knowledge where there was none yet."""
    kept = standing_version()
    return Model() if kept is None else model_of(kept)


def model_of(kept: LinkingModel) -> Model:
    """The weights of a version."""
    return _model(kept.version, json.dumps(kept.weights, sort_keys=True))


@lru_cache(maxsize=4)
def _model(_version: str, text: str) -> Model:
    return Model.from_json(text)


def explained(one: Mapping[str, str], other: Mapping[str, str]) -> Sequence[FieldWeight]:
    """What each field of two organisations weighed; keys of ``sides.FIELDS`` to text."""
    return [
        FieldWeight(field.label, field.said or _NOT_STATED, field.one, field.other, field.weight)
        for field in explain(_stated(one), _stated(other), model=newest_model())
        if field.one or field.other
    ]


def _stated(says: Mapping[str, str]) -> dict[str, Any]:
    """What a side says as the engine reads it; a card may say its numbers, and its address and place, in one."""
    said: dict[str, Any] = {
        key: says.get(key) for key in ("name", "kvk", "rsin", "legal_form", "address", "postcode", "city", "website")
    }
    said["other_names"] = [name.strip() for name in says.get("other_names", "").split(",") if name.strip()]
    for key, digits in _DIGITS.items():
        if not said[key] and (found := digits.search(says.get("numbers", ""))):
            said[key] = found[0]
    if place := says.get("place", ""):
        street, *rest = _POSTCODE.split(place, maxsplit=1)
        found = _POSTCODE.search(place)
        said["postcode"] = found[0] if found else None
        said["city"] = rest[0].strip() if rest else None
        said["address"] = street.strip() or None
    return said


register_explainer(THING, explained)
