"""Organisations as each agency knows them, the trade register's facts, and which records are one thing."""

from schakel.register.models.effects import FigureEffect, JoiningRound, ProposalMoves, RoundTold
from schakel.register.models.facts import KnownKeys, RegisterFact, RegisterLoad
from schakel.register.models.identities import (
    Anchor,
    Decision,
    FamilyTie,
    Identity,
    IdentityMember,
    LinkingModel,
    ModelChoice,
    Redirect,
)
from schakel.register.models.judging import Card, Doubt, Judgement, Lease, Verdict
from schakel.register.models.keyed import KeyedEntry, KeyedRecord, KeyedRound
from schakel.register.models.organisations import Organisation, RegisterEntry
from schakel.register.models.proposing import Proposal, ProposalGround, ProposalState, Ruling

__all__ = [
    "Anchor",
    "Card",
    "Decision",
    "Doubt",
    "FamilyTie",
    "FigureEffect",
    "Identity",
    "IdentityMember",
    "JoiningRound",
    "Judgement",
    "KeyedEntry",
    "KeyedRecord",
    "KeyedRound",
    "KnownKeys",
    "Lease",
    "LinkingModel",
    "ModelChoice",
    "Organisation",
    "Proposal",
    "ProposalGround",
    "ProposalMoves",
    "ProposalState",
    "Redirect",
    "RegisterEntry",
    "RegisterFact",
    "RegisterLoad",
    "RoundTold",
    "Ruling",
    "Verdict",
]
