"""What rounds of joining and proposals do to figures: where records move, and what was counted of that.

Invariants: where records move is for the counting process alone, as it tells what everybody has. What was counted is
its owner's: an agency's own figures, the network's for the secretariat; nobody but the worker writes it.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from schakel.network.models import Party
from schakel.register.models.proposing import Proposal


class ProposalMoves(models.Model):
    """Under what records would count if a proposal were carried out, all that follows from it as well.

    ``moves``: as of `register.moves.kept`. ``as_of``: the line of the trail of the round after which it was foreseen.
    """

    proposal = models.OneToOneField(Proposal, on_delete=models.CASCADE, related_name="foreseen")
    moves = models.JSONField()
    as_of = models.BigIntegerField()
    at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"proposal {self.proposal_id} as of {self.as_of}"


class JoiningRound(models.Model):
    """A round of joining that followed a delivery or changed something, with under what its records counted before.

    ``moves``: as of `register.moves.kept`; null once it is forgotten.
    """

    at = models.DateTimeField(auto_now_add=True)
    moves = models.JSONField(null=True)

    def __str__(self) -> str:
        return f"round of {self.at}"


class RoundTold(models.Model):
    """What a round of joining was to one party: an agency of whose records some were new, or the secretariat.

    ``deliveries``: of the party's own that were accepted since the round before. ``things``: sort of thing to how many:
    of an agency its own records that were linked; of the network also what was born, merged and split.
    """

    owner = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    round = models.ForeignKey(JoiningRound, on_delete=models.CASCADE, related_name="told")
    at = models.DateTimeField(auto_now_add=True)
    deliveries = ArrayField(models.BigIntegerField(), default=list)
    things = models.JSONField(default=dict)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["owner", "round"], name="a_round_told_once"),)

    def __str__(self) -> str:
        return f"round {self.round_id} to {self.owner_id}"


class FigureEffect(models.Model):
    """What a proposal would do to the owner's figures, or what a round did to them.

    ``figures``: those that change, each {id, nl, en, unit, year, before, after}; values as text, or null where there is
    nothing to divide by.
    """

    owner = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, null=True, related_name="effects")
    told = models.ForeignKey(RoundTold, on_delete=models.CASCADE, null=True, related_name="effects")
    figures = models.JSONField()
    at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["owner", "proposal"], name="an_effect_of_a_proposal"),
            models.UniqueConstraint(fields=["owner", "told"], name="an_effect_of_a_round"),
            models.CheckConstraint(
                condition=Q(proposal__isnull=False, told__isnull=True) | Q(proposal__isnull=True, told__isnull=False),
                name="of_a_proposal_or_a_round",
            ),
        )

    def __str__(self) -> str:
        return f"{len(self.figures)} figures of {self.owner_id}"
