"""What the values of a dimension are called."""

from __future__ import annotations

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from schakel.intake.kinds import kinds
from schakel.network.places import PROVINCES


def theme_labels() -> dict[str, str]:
    """Codes of themes to their names, in the order they are declared."""
    language = get_language() or "nl"
    fields = (field for kind in kinds() for field in kind.fields if field.name == "themes")
    labels = {code.value: code.labels.in_(language).capitalize() for field in fields for code in field.codes}
    return labels | {"none": _("No theme")}


def province_labels() -> dict[str, str]:
    """Codes of provinces to their names, with what lies nowhere in the country at the end."""
    return PROVINCES | {"unknown": _("Unknown"), "abroad": _("Abroad")}
