"""What a person can say of two records, in words."""

from __future__ import annotations

from schakel.register.models import Verdict
from schakel.words import Words

VERDICTS: dict[str, Words] = {
    Verdict.SAME: Words("hetzelfde", "the same"),
    Verdict.DIFFERENT: Words("niet hetzelfde", "not the same"),
    Verdict.UNSURE: Words("weet niet", "cannot say"),
}
