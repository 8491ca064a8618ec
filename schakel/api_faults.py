"""What is wrong with a request to the API, in the language that is asked for."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

# By the types of pydantic's errors, docs.pydantic.dev/latest/errors/validation_errors; {name} is of their context.
_FAULTS = {
    "missing": gettext_lazy("this is missing"),
    "extra_forbidden": gettext_lazy("this is not known here"),
    "int_parsing": gettext_lazy("this must be a whole number"),
    "int_type": gettext_lazy("this must be a whole number"),
    "int_from_float": gettext_lazy("this must be a whole number"),
    "int_parsing_size": gettext_lazy("this number is too large"),
    "string_type": gettext_lazy("this must be a text"),
    "bool_type": gettext_lazy("this must be true or false"),
    "bool_parsing": gettext_lazy("this must be true or false"),
    "list_type": gettext_lazy("this must be a list"),
    "dict_type": gettext_lazy("this must be an object"),
    "model_attributes_type": gettext_lazy("this must be an object"),
    "greater_than_equal": gettext_lazy("this must be {ge} or more"),
    "greater_than": gettext_lazy("this must be more than {gt}"),
    "less_than_equal": gettext_lazy("this must be {le} or less"),
    "less_than": gettext_lazy("this must be less than {lt}"),
    "too_long": gettext_lazy("this may hold {max_length} at most"),
    "too_short": gettext_lazy("this must hold {min_length} at least"),
    "literal_error": gettext_lazy("this must be {expected}"),
    "enum": gettext_lazy("this must be {expected}"),
}


def fault_told(fault: dict[str, Any]) -> str:
    """Where a request is wrong and what is wrong there; ``fault`` as pydantic tells it."""
    said = _FAULTS.get(fault["type"])
    what = (
        str(said).format(**fault.get("ctx", {}))
        if said
        else _("this cannot be read (%(code)s)") % {"code": fault["type"]}
    )
    place = ".".join(str(part) for part in fault["loc"][1:])
    return f"{place}: {what}" if place else what
