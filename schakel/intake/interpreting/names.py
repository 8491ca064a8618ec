"""References by name turned into references by number, where the name says which record it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import polars as pl

from schakel.intake.findings import Finding
from schakel.intake.interpreting.interpretation import KindRows, Source
from schakel.intake.interpreting.locating import normal
from schakel.intake.interpreting.saying import cell_findings
from schakel.intake.kinds import Field

# name as compared > numbers of the records called so
Names = Mapping[str, frozenset[str]]


def resolve(kinds: Mapping[str, KindRows]) -> tuple[dict[str, KindRows], list[Finding]]:
    """Replace names by numbers wherever a mapping says ``refer_by = "name"``.

    A value that is itself a number of the kind stays. A name of several records stays, with a finding.
    """
    done: dict[str, KindRows] = {}
    findings: list[Finding] = []
    for rows in kinds.values():
        frame = rows.frame
        for field in rows.declared.fields:
            named = [i for i, source in enumerate(rows.sources) if _by_name(source, field)]
            target = kinds.get(field.refers_to or "")
            if named and target is not None:
                frame, told = _resolve_field(rows, frame, field, named, target)
                findings += told
        done[rows.kind] = KindRows(rows.kind, frame, rows.raw, rows.sources)
    return done, findings


def _by_name(source: Source, field: Field) -> bool:
    return field.type == "reference" and field.name in source.columns and _said(source, field) == "name"


def _said(source: Source, field: Field) -> str:
    return source.field_source(field.name).refer_by


def _resolve_field(
    rows: KindRows, frame: pl.DataFrame, field: Field, named: list[int], target: KindRows
) -> tuple[pl.DataFrame, list[Finding]]:
    concerned = pl.col("_source").is_in(named) & pl.col(field.name).is_not_null()
    written = frame.filter(concerned)[field.name].unique()
    names, numbers = _names(target), set(target.frame[target.declared.key[0]].drop_nulls())
    called = {text: names.get(normal(text), frozenset()) for text in written if text not in numbers}
    one = {text: next(iter(found)) for text, found in called.items() if len(found) == 1}
    several = {text: ", ".join(sorted(found)) for text, found in called.items() if len(found) > 1}
    findings = _ambiguous(rows, frame.filter(concerned), field, several)
    replaced = pl.col(field.name).replace(list(one), list(one.values())) if one else pl.col(field.name)
    return frame.with_columns(pl.when(concerned).then(replaced).otherwise(field.name).alias(field.name)), findings


def _names(target: KindRows) -> Names:
    field = next((f for f in ("name", "title") if f in target.declared.fields_by_name), None)
    if field is None or len(target.declared.key) != 1:
        return {}
    found: dict[str, set[str]] = {}
    pairs: Iterable[tuple[str | None, str | None]] = target.frame.select(field, target.declared.key[0]).iter_rows()
    for name, number in pairs:
        if name and number:
            found.setdefault(normal(name), set()).add(number)
    return {name: frozenset(numbers) for name, numbers in found.items()}


def _ambiguous(rows: KindRows, frame: pl.DataFrame, field: Field, several: dict[str, str]) -> list[Finding]:
    failing = frame.filter(pl.col(field.name).is_in(list(several))).select(
        "_source",
        "_row",
        text=pl.col(field.name),
        value=pl.col(field.name).replace(several),
        fault=pl.lit("reference.ambiguous"),
    )
    found: list[Finding] = []
    for (at,), part in failing.group_by("_source", maintain_order=True):
        found += cell_findings(rows.sources[int(str(at))], field, part)
    return found
