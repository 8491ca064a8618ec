"""Which version of the weights rounds go by, of those that are kept."""

from __future__ import annotations

from schakel.register.models import LinkingModel, ModelChoice


def chosen_version() -> LinkingModel | None:
    """What was chosen last; None where rounds learn from the lists each time."""
    last = ModelChoice.objects.select_related("model").order_by("-pk").first()
    return None if last is None else last.model


def standing_version() -> LinkingModel | None:
    """What was chosen; else what the lists taught in the last round. None before there was any.

    What people taught and nobody chose is beside these.
    """
    return chosen_version() or taught_by_lists()


def taught_by_lists() -> LinkingModel | None:
    """What the lists taught in the last round that learned from them; None before there was any."""
    return LinkingModel.objects.filter(learnt_from={}).order_by("-made_at", "-pk").first()
