"""Reading facts from the records: SQL with the counter's rights, to a frame of a fact's columns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl
from django.db.backends.base.base import BaseDatabaseWrapper

from schakel.figures.facts import SUPPOSED, of, supposing
from schakel.network.places import UNKNOWN, provinces_of

_PLACE = {"at_postcode": "postcode", "at_city": "city", "at_country": "country"}


def identity(thing: str, kind: str, record: str) -> str:
    """SQL for the identity of ``record`` (an SQL expression); a record not joined yet is a thing by itself.

    ``thing`` and ``kind`` are words of the code, never a user's. The subquery's own names begin with an
    underscore, so that none hides a name that ``record`` means.
    """
    return (
        "coalesce((SELECT coalesce(_i.redirects_to_id, _i.id) FROM register_identitymember _m"
        " JOIN register_identity _i ON _i.id = _m.identity_id"
        f" WHERE _m.thing = '{thing}' AND _m.record_kind = '{kind}' AND _m.record_id = {record}), -({record}))"
    )


def identified(thing: str, kind: str, record: str, name: str) -> str:
    """SQL for the identity of ``record`` called ``name``, for that record, and for what it counts under while in doubt.

    ``<name>_if_one`` and ``<name>_if_apart``: its labels if every doubtful pair is one thing, and if none is; null
    where nothing is doubtful. Few are, and those stand in an index of their own.
    """

    def label(column: str) -> str:
        return (
            f"(SELECT _m.{column} FROM register_identitymember _m WHERE _m.thing = '{thing}'"
            f" AND _m.record_kind = '{kind}' AND _m.record_id = {record} AND _m.{column} IS NOT NULL)"
        )

    labels = (f"{label(supposed)} AS {name}_{supposed}" for supposed in SUPPOSED)
    return ", ".join((f"{identity(thing, kind, record)} AS {name}", f"{record} AS {of(name)}", *labels))


def leading(thing: str, kind: str, record: str) -> str:
    """SQL for whether ``record`` is the one whose statements count for the network."""
    return (
        "coalesce((SELECT _m.leading FROM register_identitymember _m"
        f" WHERE _m.thing = '{thing}' AND _m.record_kind = '{kind}' AND _m.record_id = {record}), true)"
    )


def frame(
    database: BaseDatabaseWrapper, sql: str, schema: dict[str, Any], values: Mapping[str, list[str]] | None = None
) -> pl.DataFrame:
    """The rows of ``sql`` as a frame with the columns of ``schema``; ``values``: those it has places for.

    Where the query gives ``at_postcode``, ``at_city`` and ``at_country`` in place of ``province``, the province is
    found from them; where that is unknown, from ``home`` if the query gives it. Lists and dates that the
    query leaves out are empty. Behind all stand the records whose identities there are (`identified`), and labels of
    doubtful identities where there are any.
    """
    with database.cursor() as cursor:
        cursor.execute(sql, values)
        names = [column.name for column in cursor.description]
        rows = cursor.fetchall()
    labels = dict.fromkeys((supposing(column, each) for column in schema for each in SUPPOSED), pl.Int64)
    records = dict.fromkeys((of(column) for column in schema), pl.Int64)
    given = dict.fromkeys((*_PLACE, "home"), pl.String) | labels | records | schema
    found = pl.DataFrame(rows, schema={name: given[name] for name in names}, orient="row")
    if "province" not in names:
        province = provinces_of(found.select(list(_PLACE)).rename(_PLACE))
        if "home" in names:
            home = found["home"].fill_null(UNKNOWN)
            province = pl.select(
                pl.when(~province.is_in([UNKNOWN, "abroad"])).then(province).otherwise(home)
            ).to_series()
        found = found.with_columns(province=province)
    missing = [
        pl.lit([] if name == "themes" else True if name == "leading" else None, dtype=dtype).alias(name)
        for name, dtype in schema.items()
        if name not in found.columns
    ]
    beside = [name for name in names if name in records]
    beside += [name for name in names if name in labels and found[name].null_count() < found.height]
    return found.with_columns(missing).select(*(pl.col(name).cast(dtype) for name, dtype in schema.items()), *beside)


# An agency's own province, where it works in one: for what has no place but its agency.
HOME = "CASE WHEN cardinality(a.provinces) = 1 THEN a.provinces[1] END"
