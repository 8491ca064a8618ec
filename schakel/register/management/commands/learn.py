"""Learn weights from what people decided, and choose by which weights rounds go."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from schakel.register.actions.teaching import LearningRefused, Taught, choose, learn
from schakel.register.jobs import queue_linking
from schakel.register.matching.explaining import FIELDS, LEVELS
from schakel.register.matching.frequencies import BIT
from schakel.register.matching.teaching import Moved, Tally, TooFewError
from schakel.register.models import LinkingModel
from schakel.register.versions import chosen_version
from schakel.sharing.roles import LINKER, database_role

_TOLD = 10  # weights that moved furthest


class Command(BaseCommand):
    """``schakel learn``: what people's decisions teach, held against decisions that were not learned from."""

    help = "Learn the weights of joining from what people decided; nothing is used until it is chosen with --use."
    group = "counting"

    def add_arguments(self, parser: CommandParser) -> None:
        """What to do but learn."""
        one = parser.add_mutually_exclusive_group()
        one.add_argument("--use", metavar="VERSION", help="join by this version from the next round on")
        one.add_argument("--anew", action="store_true", help="learn from the lists each round again")
        one.add_argument("--list", action="store_true", help="the versions that are kept")

    def handle(self, *args: Any, **options: Any) -> None:
        """Learn, choose, or tell what is kept."""
        try:
            with database_role(LINKER):
                if options["list"]:
                    self._list()
                elif options["use"] or options["anew"]:
                    self._choose(options["use"])
                else:
                    self._tell(learn())
        except (LearningRefused, TooFewError) as refused:
            raise CommandError(str(refused), returncode=1 if isinstance(refused, TooFewError) else 2) from refused

    def _choose(self, version: str | None) -> None:
        choose(version)
        queue_linking()
        said = f"rounds go by {version}" if version else "rounds learn from the lists each time"
        self.stdout.write(f"From the next round on {said}.")

    def _list(self) -> None:
        chosen = chosen_version()
        for kept in LinkingModel.objects.order_by("pk"):
            of = kept.learnt_from
            by = f"{of['same'] + of['different']} decisions, from {of['began']}" if of else "the lists"
            used = "  in use" if chosen is not None and kept.pk == chosen.pk else ""
            self.stdout.write(f"{kept.version}  {kept.made_at:%Y-%m-%d %H:%M}  {by}{used}")
        if chosen is None:
            self.stdout.write("Rounds learn from the lists each time.")

    def _tell(self, taught: Taught) -> None:
        for line in _lines(taught):
            self.stdout.write(line)
        if not taught.version:
            self.stdout.write("It does not help, so nothing is kept. More decisions may teach more.")
            sys.exit(1)
        self.stdout.write(f"Kept as {taught.version}. Join by it: schakel learn --use {taught.version}")


def _lines(taught: Taught) -> Iterator[str]:
    lesson = taught.lesson
    yield f"Began from {taught.began}. {lesson.same} pairs decided the same, {lesson.different} not the same."
    yield "Decisions that were not learned from:"
    yield f"  before: {_said(lesson.before)}"
    yield f"  after:  {_said(lesson.after)}"
    for moved in lesson.moved[:_TOLD]:
        yield f"  {_worded(moved)}"
    if len(lesson.moved) > _TOLD:
        yield f"  and {len(lesson.moved) - _TOLD} weights more"


def _said(tally: Tally) -> str:
    return f"{tally.surprise:.3f} bits of surprise each, {tally.wrong} the other way"


def _worded(moved: Moved) -> str:
    level, _slash, beside = moved.level.partition("/")
    words = LEVELS[moved.field][level].en
    names = {"sister": ", names of sisters", "other": ", names not alike"}.get(beside, "")
    was, now = moved.before / BIT, moved.after / BIT
    field = FIELDS[moved.field].en
    return f"{field}, {words}{names}: {was:+.1f} to {now:+.1f} bits, {moved.decisions} decisions"
