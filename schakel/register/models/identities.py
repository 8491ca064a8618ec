"""The identity ledger: which records are one thing, since when, by whom decided, and why.

Invariants: an identity's number never changes meaning. A merge keeps the elder and redirects the younger for ever; a
split gives birth to one new number. The log is only appended to, and everything else here follows from it.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from schakel.network.models import Party
from schakel.register.models.facts import RegisterFact
from schakel.register.models.organisations import RegisterEntry


class Identity(models.Model):
    """One thing: an organisation, a project, a case, an activity, a round. Its number is for ever.

    ``thing``: which sort of thing ("organisation", "project", ...). ``redirects_to``: the elder it was
    merged into; where a merge was undone the number stands for two, and `Redirect` says since when.
    """

    thing = models.CharField(max_length=40)
    redirects_to = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    born_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name_plural = "identities"

    def __str__(self) -> str:
        return f"{self.thing} {self.pk}"


class Redirect(models.Model):
    """That an old number leads to another since a moment; to a second one too after a merge was undone.

    ``line``: of the log, that says so.
    """

    old = models.ForeignKey(Identity, on_delete=models.PROTECT, related_name="redirects")
    to = models.ForeignKey(Identity, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()
    line = models.BigIntegerField(default=0, db_default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["old", "to"], name="redirects_once"),)

    def __str__(self) -> str:
        return f"{self.old_id} leads to {self.to_id} since {self.since}"


class IdentityMember(models.Model):
    """That a record is (of) an identity, as things stand; the decision log says since when and why.

    ``if_one`` and ``if_apart``: labels under which the record counts if every doubtful pair is one thing, and if none
    is; they mean nothing but that records of one label are one. Null where nothing is doubtful: the identity itself.
    ``block``: the number under which rules and models put the record, whatever people said since; null where that is
    the identity it is held under. ``seat``: the line of the log that put it there.
    """

    owner = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    thing = models.CharField(max_length=40)
    record_kind = models.CharField(max_length=40)
    record_id = models.BigIntegerField()
    identity = models.ForeignKey(Identity, on_delete=models.PROTECT, related_name="members")
    leading = models.BooleanField(default=True)
    rule = models.CharField(max_length=60)
    evidence = models.TextField(blank=True)
    if_one = models.BigIntegerField(null=True)
    if_apart = models.BigIntegerField(null=True)
    block = models.BigIntegerField(null=True)
    seat = models.BigIntegerField(default=0, db_default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["thing", "record_kind", "record_id"], name="record_is_one_identity"),
        )
        # Of what is doubtful there is little, and every fact asks for it.
        indexes = (
            models.Index(fields=["identity"]),
            models.Index(
                fields=["record_id"], include=["if_one"], condition=Q(if_one__isnull=False), name="members_if_one"
            ),
            models.Index(
                fields=["record_id"], include=["if_apart"], condition=Q(if_apart__isnull=False), name="members_if_apart"
            ),
        )

    def __str__(self) -> str:
        return f"{self.record_kind} {self.record_id} is {self.identity_id}"


class Decision(models.Model):
    """One line of the identity log.

    ``verb``: born (``identity``), linked (a record to ``identity``), merged (``other``, the younger, into
    ``identity``), split (``other`` is born out of ``identity``), moved (a record from ``other`` to ``identity``),
    redirected (the old number ``other`` leads to ``identity`` too), anchored and let go (``identity`` to and from the
    register entry ``record``). ``by``: rule, model or person; ``version``: of the rules or the model.
    """

    at = models.DateTimeField(auto_now_add=True)
    thing = models.CharField(max_length=40)
    verb = models.CharField(max_length=20)
    identity_id = models.BigIntegerField()
    other_id = models.BigIntegerField(null=True)
    owner_id = models.BigIntegerField(null=True)  # of the record, where there is one
    record_kind = models.CharField(max_length=40, blank=True)
    record_id = models.BigIntegerField(null=True)
    by = models.CharField(max_length=10, default="rule")
    version = models.CharField(max_length=40, blank=True)
    rule = models.CharField(max_length=60, blank=True)
    evidence = models.TextField(blank=True)
    score = models.IntegerField(null=True)  # thousandths of a bit, where a model scored
    judgement_id = models.BigIntegerField(null=True)  # what a person said, where a person decided
    proposal_id = models.BigIntegerField(null=True)  # what was proposed, where a person or a rule agreed to it

    def __str__(self) -> str:
        return f"{self.verb} {self.thing} {self.identity_id}"


class Anchor(models.Model):
    """Which entry of the trade register an identity is, as things stand: a delivered ``entry`` or a loaded ``fact``."""

    identity = models.OneToOneField(Identity, on_delete=models.PROTECT, related_name="anchor")
    entry = models.ForeignKey(RegisterEntry, on_delete=models.PROTECT, null=True, related_name="+")
    fact = models.ForeignKey(RegisterFact, on_delete=models.PROTECT, null=True, related_name="+")
    by = models.CharField(max_length=10)
    rule = models.CharField(max_length=60)
    evidence = models.TextField(blank=True)
    score = models.IntegerField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(entry__isnull=True) ^ Q(fact__isnull=True), name="anchored_to_one"),
        )

    def __str__(self) -> str:
        said = f"entry {self.entry_id}" if self.fact_id is None else f"fact {self.fact_id}"
        return f"{self.identity_id} is register {said}"


class FamilyTie(models.Model):
    """That two things belong to one corporate family: two records of one owner, or two published entries.

    A relation and no identity: never counted as one. ``owner`` is null between entries, which are published facts.
    """

    owner = models.ForeignKey(Party, on_delete=models.PROTECT, null=True, related_name="+")
    record_kind = models.CharField(max_length=40)
    one_id = models.BigIntegerField()
    other_id = models.BigIntegerField()
    reason = models.CharField(max_length=60)
    evidence = models.TextField(blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["record_kind", "one_id", "other_id"], name="tied_once"),
            models.CheckConstraint(condition=Q(one_id__lt=models.F("other_id")), name="tied_in_order"),
        )

    def __str__(self) -> str:
        return f"{self.record_kind} {self.one_id} and {self.other_id}: {self.reason}"


class LinkingModel(models.Model):
    """A version of the weights that the model decides with, and what they were learnt from."""

    version = models.CharField(max_length=40, unique=True)
    made_at = models.DateTimeField(auto_now_add=True)
    weights = models.JSONField()
    learnt_from = models.JSONField(default=dict)  # numbers of pairs, records and judgements; no names

    def __str__(self) -> str:
        return self.version


class ModelChoice(models.Model):
    """Which weights rounds go by from the next one on; the last line holds.

    No model: those that the lists teach each time.
    """

    at = models.DateTimeField(auto_now_add=True)
    model = models.ForeignKey(LinkingModel, on_delete=models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return str(self.model or "what the lists teach")
