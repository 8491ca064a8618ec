"""Which records are one organisation: the one engine for bulk, for increments and while somebody types."""

from schakel.register.matching.engine import match
from schakel.register.matching.explaining import Field, explain, score_few
from schakel.register.matching.matched import REASONS, RULES, Matched
from schakel.register.matching.model import Model

__all__ = ["REASONS", "RULES", "Field", "Matched", "Model", "explain", "match", "score_few"]
