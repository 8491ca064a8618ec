"""What a round of joining would change of identities that stand, and what people decided about it.

Invariants: a proposal changes nothing by itself. What people decide of it is never altered, only followed by another
line; the linker alone says in which state a proposal is.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from schakel.network.models import Party, Person


class ProposalState(models.TextChoices):
    """What became of a proposal."""

    OPEN = "open", _("open")
    APPLIED = "applied", _("carried out")
    DECLINED = "declined", _("declined")
    UNDONE = "undone", _("undone")
    LAPSED = "lapsed", _("lapsed")


class Proposal(models.Model):
    """That two identities would be merged, or one be split, over two records that speak for it.

    ``identity_id`` and ``other_id``: the elder and the younger where they would merge; the one that would be split, and
    null. ``owners``: whose records stand on either side; who is the only one sees it, and the secretariat sees all.
    ``sides``: the records of both sides as [[kind, id], ...], for the effect on figures. ``by``: a rule that may do so
    at once, or a person. It carries no name; what it stands on is in `ProposalGround`.
    """

    thing = models.CharField(max_length=40)
    verb = models.CharField(max_length=10, choices=(("merge", _("merge")), ("split", _("split"))))
    identity_id = models.BigIntegerField()
    other_id = models.BigIntegerField(null=True)
    kind_a = models.CharField(max_length=40)
    record_a = models.BigIntegerField()
    kind_b = models.CharField(max_length=40)
    record_b = models.BigIntegerField()
    owners = ArrayField(models.BigIntegerField())
    sides = models.JSONField()
    rule = models.CharField(max_length=60)
    score = models.IntegerField(null=True)
    state = models.CharField(max_length=10, choices=ProposalState.choices, default=ProposalState.OPEN)
    since = models.DateTimeField(auto_now_add=True)
    by = models.CharField(max_length=10, blank=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["thing", "verb", "kind_a", "record_a", "kind_b", "record_b"], name="proposed_once"
            ),
        )
        indexes = (models.Index(fields=["state"]),)

    def __str__(self) -> str:
        return f"{self.verb} {self.thing} {self.identity_id} / {self.other_id or ''}: {self.state}"


class ProposalGround(models.Model):
    """On what a proposal stands: names and numbers of both sides. ``owners``: as of the proposal.

    ``cards``: of the two records that speak for it, each {"owner": party id, "says": {name, place, ...}}.
    """

    proposal = models.OneToOneField(Proposal, on_delete=models.CASCADE, related_name="ground")
    owners = ArrayField(models.BigIntegerField())
    cards = models.JSONField(default=list)
    evidence = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.evidence


class Ruling(models.Model):
    """What somebody decided of a proposal for their party; a line of a log. The last one of a proposal holds.

    ``as_steward``: by the secretariat, for the network.
    """

    owner = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="rulings")
    accepts = models.BooleanField()
    as_steward = models.BooleanField(default=False)
    why = models.TextField(blank=True)

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(accepts=True) | ~Q(why=""), name="declined_with_a_reason"),)

    def __str__(self) -> str:
        return f"{'accepts' if self.accepts else 'declines'} {self.proposal_id}"
