"""Which findings a page was asked for, in its address: by check, sheet, severity, kind, whose task, waived or not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

from django.db import connection
from django.db.models import Q
from django.utils.http import urlencode

from schakel.intake.models import Delivery

STEWARD = "steward"
_TASKS = """
SELECT 'check', check_id, person_id FROM intake_handing WHERE delivery_id = %(delivery)s AND settled_at IS NULL
UNION ALL
SELECT 'kind', kind, person_id FROM intake_caretaker WHERE owner_id = %(owner)s
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """What stands in the address; an empty one asks for any. ``waived``: "no" (unless said otherwise), "yes", "all"."""

    check: str = ""
    sheet: str = ""
    severity: str = ""
    kind: str = ""
    task: str = ""  # id of a person, or STEWARD
    waived: str = "no"

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Asked:
        """What the query string of a request asks for."""
        said = {field.name: query.get(field.name, "")[:255] for field in fields(cls)}
        said["waived"] = said["waived"] if said["waived"] in {"yes", "all"} else "no"
        return cls(**said)

    def address(self, **changed: str) -> str:
        """The query string for this, with ``changed``; empty where all is asked."""
        other = replace(self, **changed)
        said = {field.name: getattr(other, field.name) for field in fields(other)}
        said = {name: value for name, value in said.items() if value and (name, value) != ("waived", "no")}
        return f"?{urlencode(said)}" if said else ""

    @property
    def narrowed(self) -> bool:
        """Whether anything but a check is asked."""
        return self != Asked(check=self.check)


@dataclass(frozen=True, slots=True)
class Tasks:
    """Whose task a finding is: who was handed its check, else who takes care of its kind, else the steward."""

    by_check: Mapping[str, int]
    by_kind: Mapping[str, int]

    def of(self, check_id: str, kind: str) -> int | None:
        """The id of the person, None for the steward."""
        return self.by_check.get(check_id) or self.by_kind.get(kind)

    def everybody(self) -> set[int]:
        """The ids of all who have a task."""
        return {*self.by_check.values(), *self.by_kind.values()}

    def condition(self, task: str) -> Q:
        """The findings that are the task of a person (by id) or of the steward."""
        if task == STEWARD:
            return ~Q(check_id__in=list(self.by_check)) & ~Q(kind__in=list(self.by_kind))
        person = int(task) if task.isdecimal() else 0
        handed = Q(check_id__in=[check for check, who in self.by_check.items() if who == person])
        cared = Q(kind__in=[kind for kind, who in self.by_kind.items() if who == person])
        return handed | (cared & ~Q(check_id__in=list(self.by_check)))


def tasks_of(delivery: Delivery) -> Tasks:
    """Whose task the findings of a delivery are."""
    with connection.cursor() as cursor:
        cursor.execute(_TASKS, {"delivery": delivery.pk, "owner": delivery.owner_id})
        given = cursor.fetchall()
    by_check = {name: person for by, name, person in given if by == "check"}
    return Tasks(by_check, {name: person for by, name, person in given if by == "kind"})
