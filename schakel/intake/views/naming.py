"""What states, severities and checks are called on pages."""

from __future__ import annotations

from django.utils.translation import get_language, gettext_lazy

from schakel.intake.checks import check

STATES = {
    "accepted": "ok",
    "checked": "info",
    "accepting": "info",
    "received": "neutral",
    "uploading": "neutral",
    "discarded": "neutral",
    "failed": "error",
}
SEVERITIES = {"error": gettext_lazy("error"), "warning": gettext_lazy("warning"), "notice": gettext_lazy("notice")}


def check_title(check_id: str) -> str:
    """What a check is called in the reader's language; its id where a later version no longer has it."""
    try:
        return check(check_id).title.in_(get_language() or "nl")
    except KeyError:
        return check_id


def check_explained(check_id: str) -> tuple[str, str]:
    """What a check is called and why it is there, in the reader's language; its id where there is none any more."""
    try:
        known = check(check_id)
    except KeyError:
        return check_id, ""
    language = get_language() or "nl"
    return known.title.in_(language), known.explanation.in_(language)
