"""JSON: one object of lists of records, a list of records, or a record a line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from schakel.intake.reading.encodings import decode
from schakel.intake.reading.grid import BOOLEAN, ERROR, NUMBER, TEXT, Budget, Grid
from schakel.intake.reading.refusals import RefusedError, Remark
from schakel.intake.reading.values import decimal_text

Record = dict[str, Any]
Json = Any  # whatever a JSON document may hold


class _Number(str):
    """A number as written, so that none of its digits is lost."""

    __slots__ = ()


class _NotNumber(str):
    """NaN or Infinity, which JSON does not have."""

    __slots__ = ()


class _Decoder:
    """Reads JSON and remembers the first key that one record has twice."""

    def __init__(self) -> None:
        self.twice = ""
        self._decoder = json.JSONDecoder(
            parse_int=_Number, parse_float=_Number, parse_constant=_NotNumber, object_pairs_hook=self._record
        )

    def read(self, text: str) -> Json:
        try:
            return self._decoder.decode(text)
        except RecursionError as error:
            raise RefusedError("json.too-deep") from error
        except json.JSONDecodeError as error:
            broken = error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated")
            check = "file.truncated" if broken else "json.invalid"
            raise RefusedError(check, line=error.lineno, column=error.colno, detail=error.msg) from error

    def _record(self, pairs: list[tuple[str, Any]]) -> Record:
        record = dict(pairs)
        if len(record) != len(pairs) and not self.twice:
            keys = [key for key, _ in pairs]
            self.twice = next(key for key in keys if keys.count(key) > 1)
        return record


def read_document(name: str, raw: bytes, budget: Budget, *, lines: bool) -> Iterator[Grid]:
    """The lists of a JSON document, or with ``lines`` the one list of an ndjson file.

    Records count from 1; their keys, in order of first sight, stand in row 0. Raises RefusedError.
    """
    text, encoding, _ = decode(raw)
    decoder = _Decoder()
    if lines:
        lists: dict[str, list[Any]] = {name: list(_lines(decoder, text))}
        ignored: list[str] = []
    else:
        lists, ignored = _lists(name, decoder.read(text.lstrip("\ufeff")))
    for title, records in lists.items():
        grid = _table(title, records, budget)
        grid.notes["encoding"] = encoding
        _remark(grid, decoder, ignored)
        ignored = []
        yield grid


def is_lines(text: str) -> bool:
    """Whether ``text`` (the beginning of a file) has one record on each line."""
    first, found, rest = text.lstrip().partition("\n")
    return bool(found) and first.startswith("{") and first.rstrip().endswith("}") and rest.lstrip()[:1] in ("{", "")


def _lines(decoder: _Decoder, text: str) -> Iterator[Any]:
    for number, line in enumerate(text.split("\n"), start=1):
        if line and not line.isspace():
            try:
                yield decoder.read(line.strip("\ufeff\r "))
            except RefusedError as refused:
                places = {**refused.remark.places, "line": str(number)}
                raise RefusedError(refused.remark.check, **places) from refused


def _lists(name: str, document: Json) -> tuple[dict[str, list[Any]], list[str]]:
    """The lists of records in ``document`` by name, and the keys that hold something else."""
    if isinstance(document, list):
        return {name: document}, []
    if not isinstance(document, dict):
        raise RefusedError("json.shape")
    lists = {key: value for key, value in document.items() if _is_list(value)}
    ignored = [key for key in document if key not in lists]
    for key in list(ignored):
        inner = document[key]
        if isinstance(inner, dict) and any(map(_is_list, inner.values())):
            lists |= {f"{key}/{deeper}": value for deeper, value in inner.items() if _is_list(value)}
            ignored.remove(key)
    if not lists:
        raise RefusedError("json.shape")
    return lists, ignored


def _is_list(value: Json) -> bool:
    return isinstance(value, list) and all(isinstance(item, dict) for item in value)


def _table(title: str, records: list[Any], budget: Budget) -> Grid:
    grid = Grid(title, budget, form="json")
    places: dict[str, int] = {}
    for row, record in enumerate(records, start=1):
        if not isinstance(record, dict):
            raise RefusedError("json.shape")
        for key, value in record.items():
            place = places.get(key)
            if place is None:
                place = places[key] = len(places) + 1
                grid.put(0, place, key or "(leeg)", TEXT)
            if value is not None:
                grid.put(row, place, *_cell(value))
    return grid


def _cell(value: Json) -> tuple[str, str]:
    if isinstance(value, _Number):
        return decimal_text(value), NUMBER
    if isinstance(value, _NotNumber):
        return str(value), ERROR
    if isinstance(value, bool):
        return ("true" if value else "false"), BOOLEAN
    if isinstance(value, str):
        return value, TEXT
    return (_compact(value) if value else ""), TEXT  # [] and {} hold nothing


def _compact(value: Json) -> str:
    """A nested value as compact JSON, numbers as they were written; nothing for an empty one."""
    if isinstance(value, dict):
        return "{" + ",".join(f"{json.dumps(k, ensure_ascii=False)}:{_compact(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(_compact, value)) + "]"
    if isinstance(value, _Number | _NotNumber):
        return str(value)
    return json.dumps(value, ensure_ascii=False)


def _remark(grid: Grid, decoder: _Decoder, ignored: list[str]) -> None:
    if decoder.twice:
        grid.remarks.append(Remark("json.key-twice", {"key": decoder.twice}, table=grid.name))
        decoder.twice = ""
    if ignored:
        grid.remarks.append(Remark("json.ignored", {"keys": ", ".join(ignored)[:200]}, table=grid.name))
