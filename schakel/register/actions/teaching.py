"""Learning from what people decided, and choosing by which weights rounds go; both are an administrator's acts.

Invariants: a version that was kept is never altered, and none is used that nobody chose. What holds of people's words
is what the ledger holds of them: each pair once, nothing that is disputed, taken back or waits for a second person.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from django.conf import settings
from django.db import transaction

from schakel.register.actions.linking import LINKER
from schakel.register.hearing import hear
from schakel.register.identities import stated
from schakel.register.ledger.clusters import Clusters
from schakel.register.ledger.lines import ENTRY, Record
from schakel.register.matching.teaching import Decided, Lesson, decided, teach
from schakel.register.models import IdentityMember, Judgement, LinkingModel, ModelChoice
from schakel.register.versions import taught_by_lists
from schakel.register.weighing import THING, keep_model, model_of
from schakel.trail.actions import note


class LearningRefused(Exception):  # noqa: N818 - what happened, as users would say it
    """Nothing can be learned or chosen; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Taught:
    """What was learned, on what, and the version that it is kept as; none where it does not help."""

    lesson: Lesson
    began: str
    version: str = ""


@transaction.atomic
def learn() -> Taught:
    """Learn from all that people decided of organisations, with the linker's rights; keeps what helps, uses nothing.

    It begins each time from what the lists taught, so that no decision counts twice. Raises LearningRefused before the
    first round, TooFewError.
    """
    began = taught_by_lists()
    if began is None:
        raise LearningRefused("there are no weights yet to begin from: join once, with `schakel link`")
    model = model_of(began)
    lesson = teach(model, list(_decided()))
    if not lesson.helps:
        return Taught(lesson, began.version)
    version = keep_model(replace(lesson.model, version="taught-1"), _from(began, lesson))
    note(actor=LINKER, verb="learned", kind="model", version=version, decisions=lesson.same + lesson.different)
    return Taught(lesson, began.version, version)


@transaction.atomic
def choose(version: str | None) -> None:
    """Have rounds go by ``version`` from the next one on; by what the lists teach each time, where that is None.

    With the linker's rights. Raises LearningRefused for a version that is not kept.
    """
    kept = None if version is None else LinkingModel.objects.filter(version=version).first()
    if version is not None and kept is None:
        raise LearningRefused(f"no version {version!r} is kept; `schakel learn --list` names those that are")
    ModelChoice.objects.create(model=kept)
    note(actor=LINKER, verb="chose model", kind="model", version=version or "")


def _from(began: LinkingModel, lesson: Lesson) -> Mapping[str, Any]:
    said = {"began": began.version, "same": lesson.same, "different": lesson.different}
    return said | {"before": asdict(lesson.before), "after": asdict(lesson.after)}


def _decided() -> Iterator[Decided]:
    """The pairs of records that people hold for one, and for two, as the model saw them; with the linker's rights.

    Of a pair that was judged its score is kept, and by which version; without those it teaches nothing.
    """
    members = IdentityMember.objects.filter(thing=THING).values_list("record_kind", "record_id", "owner_id")
    owners: dict[Record, int] = {(kind, record): owner for kind, record, owner in members}
    said = hear(THING, owners, four_eyes=getattr(settings, "FOUR_EYES", False)).said
    answers = [
        (two, cause.judgement, same)
        for held, same in ((said.must, True), (said.cannot, False))
        for two, cause in held.items()
        if two[1][0] != ENTRY and cause.judgement
    ]
    judged = Judgement.objects.filter(score__isnull=False).in_bulk([number for _two, number, _same in answers])
    models = {kept.version: model_of(kept) for kept in LinkingModel.objects.all()}
    together = Clusters()
    for (one, other), _number, _same in answers:
        together.join(one, other)
    places = {root: at for at, root in enumerate(sorted({together.find(two[0]) for two, _number, _same in answers}))}
    known = stated({record for two, _number, _same in answers for record in two})
    for (one, other), number, same in sorted(answers):
        line = judged.get(number)
        if line is None or line.score is None or line.version not in models or not {one, other} <= known.keys():
            continue
        model, group = models[line.version], places[together.find(one)]
        pair = decided(known[one], known[other], score=line.score, same=same, model=model, group=group)
        if pair is not None:
            yield pair
