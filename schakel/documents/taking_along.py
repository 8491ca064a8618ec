"""All that a party has here, in an open form: a package that any statistics tool, database or spreadsheet reads.

A zip with one csv file a table (RFC 4180, UTF-8), the files as they were delivered, and ``datapackage.json``, which
says of every table what it holds and of every column its type, in the form of Frictionless Data Packages
(https://specs.frictionlessdata.io/data-package/, version 1).

What is a party's own is said once, by the policy ``own`` of each table: the package asks that policy, so that a table
that is new tomorrow is in tomorrow's package. Nothing is asked in another's name: the walls stand while it is made.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from django.apps import apps
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from schakel.documents.models import Package, StoredFile
from schakel.documents.queries import chunks
from schakel.network.models import Party
from schakel.sharing.acting import acting
from schakel.trail.actors import Actor

# Behind a wall without an owner of its own, or nobody's: what of it is with the party's own rows (SQL).
_BESIDE = {
    "network_party": "true",
    "network_roleheld": "party_id = NULLIF(current_setting('schakel.party', true), '')::bigint",
    "sharing_clause": "true",
}
# In the package as files, or of no use to anybody but this installation.
_LEFT_OUT = {"documents_filepart", "documents_package"}
_SECRET = {("sharing_token", "digest"), ("sharing_invitation", "digest")}
# How a column of each type of PostgreSQL is written, and what the package calls that type.
_PLAIN, _JSON, _MOMENT = "{}", "to_json({})", "to_json({}) #>> '{{}}'"
_TYPES = {
    "int2": ("integer", _PLAIN),
    "int4": ("integer", _PLAIN),
    "int8": ("integer", _PLAIN),
    "float8": ("number", _PLAIN),
    "numeric": ("number", _PLAIN),
    "bool": ("boolean", "{}::text"),
    "date": ("date", _PLAIN),
    "timestamptz": ("datetime", _MOMENT),
    "json": ("any", _PLAIN),
    "jsonb": ("any", _PLAIN),
    "bytea": ("string", "encode({}, 'hex')"),
    "uuid": ("string", _PLAIN),
}
_TABLES = """
SELECT c.relname::text, coalesce((SELECT pg_get_expr(p.polqual, p.polrelid) FROM pg_policy p
                                  WHERE p.polrelid = c.oid AND p.polname = 'own'), '')
FROM pg_class c WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace ORDER BY c.relname
"""
_COLUMNS = """
SELECT a.attname::text, t.typname::text, t.typcategory = 'A', NOT a.attnotnull,
       coalesce((SELECT f.confrelid::regclass::text FROM pg_constraint f
                 WHERE f.conrelid = a.attrelid AND f.contype = 'f' AND f.conkey = ARRAY[a.attnum]), ''),
       EXISTS (SELECT FROM pg_constraint k
               WHERE k.conrelid = a.attrelid AND k.contype = 'p' AND a.attnum = ANY (k.conkey))
FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
WHERE a.attrelid = %s::regclass AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum
"""
_README = """\
NEDERLANDS
Dit is alles wat {name} in Schakel heeft, gemaakt op {moment}. In de map data staat één csv-bestand per tabel (UTF-8,
komma's, punten in getallen), in de map files staan de bestanden zoals ze zijn aangeleverd. Het bestand
datapackage.json zegt wat er in elke tabel en kolom staat. Waarden staan er zoals ze zijn aangeleverd: laat een
rekenblad ze als tekst lezen, zodat niets als formule wordt uitgevoerd.

ENGLISH
This is all that {name} has in Schakel, made on {moment}. The folder data has one csv file a table (UTF-8, commas,
points in numbers), the folder files the files as they were delivered. The file datapackage.json says what is in each
table and column. Values stand as they were delivered: have a spreadsheet read them as text, so that nothing is run as a
formula.
"""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: how it is written (SQL), what the package calls its type, and to which table it points."""

    name: str
    written: str
    kind: str
    may_be_empty: bool
    refers_to: str
    is_key: bool


@dataclass(frozen=True, slots=True)
class Taken:
    """A table of the package. ``where`` (SQL): which of its rows are the party's own."""

    name: str
    holds: str
    where: str
    columns: tuple[Column, ...]


def tables() -> list[Taken]:
    """Every table with rows of a party's own, and the few without which those cannot be read; by name."""
    holds = {model._meta.db_table: (model.__doc__ or "").partition("\n")[0] for model in apps.get_models()}
    with connection.cursor() as cursor:
        cursor.execute(_TABLES)
        found = {name: own or _BESIDE.get(name, "") for name, own in cursor.fetchall() if name not in _LEFT_OUT}
        return [
            Taken(name, holds.get(name, ""), where, tuple(_columns(cursor, name)))
            for name, where in found.items()
            if where
        ]


def write(party: Party, path: Path, *, actor: Actor, moment: str) -> None:
    """Write the package of all that ``party`` has to ``path``, as it stands at one moment. Raises OSError.

    ``actor`` acts for that party; ``moment`` is what the package says of when it was made.
    """
    with ZipFile(path, "w", ZIP_DEFLATED) as package, _one_moment(actor):
        found = tables()
        named = {table.name for table in found}
        resources = [_table(package, table, named) for table in found]
        described = {
            "profile": "tabular-data-package",
            "name": f"schakel-{party.slug}",
            "title": f"{party.name}: {moment}",
            "created": moment,
            "resources": [resource for resource in resources if resource is not None],
            "files": [_file(package, file) for file in _files()],
        }
        package.writestr("README.txt", _README.format(name=party.name, moment=moment))
        package.writestr("datapackage.json", json.dumps(described, ensure_ascii=False, indent=1))


@contextmanager
def _one_moment(actor: Actor) -> Iterator[None]:
    """One view of the database, whatever others write meanwhile; within another transaction, that one's."""
    begins = not connection.in_atomic_block
    with transaction.atomic():
        if begins:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        with acting(actor):
            yield


def _columns(cursor: CursorWrapper, table: str) -> Iterator[Column]:
    cursor.execute(_COLUMNS, [table])
    for name, typed, is_array, may_be_empty, refers_to, is_key in cursor.fetchall():
        if (table, name) in _SECRET or typed == "tsvector":
            continue
        kind, written = ("array", _JSON) if is_array else _TYPES.get(typed, ("string", _PLAIN))
        yield Column(name, written.format(f'"{name}"'), kind, may_be_empty, refers_to, is_key)


def _table(package: ZipFile, table: Taken, named: Iterable[str]) -> dict[str, object] | None:
    """Write the rows of a table; what the package says of it, None for one without rows."""
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT EXISTS (SELECT FROM "{table.name}" WHERE {table.where})')  # noqa: S608 - of the catalogue
        if not cursor.fetchone()[0]:
            return None
        listed = ", ".join(f'{column.written} AS "{column.name}"' for column in table.columns)
        keys = ", ".join(f'"{column.name}"' for column in table.columns if column.is_key) or "1"
        asked = f'SELECT {listed} FROM "{table.name}" WHERE {table.where} ORDER BY {keys}'  # noqa: S608 - of the catalogue
        path = f"data/{table.name}.csv"
        with cursor.copy(f"COPY ({asked}) TO STDOUT (FORMAT csv, HEADER)") as rows:
            written = _written(package, path, (bytes(part) for part in rows))
    return {
        "name": table.name.replace("_", "-"),
        "path": path,
        "title": table.holds,
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        **written,
        "schema": {
            "fields": [_field(column) for column in table.columns],
            "primaryKey": [column.name for column in table.columns if column.is_key],
            "missingValues": [""],
            "refersTo": {column.name: column.refers_to for column in table.columns if column.refers_to in named},
        },
    }


def _field(column: Column) -> dict[str, object]:
    said: dict[str, object] = {"name": column.name, "type": column.kind}
    if column.may_be_empty or column.kind in {"string", "any"}:  # an empty text and none are written alike
        return said
    return said | {"constraints": {"required": True}}


def _files() -> Iterator[StoredFile]:
    """The party's files that are whole, but for packages themselves."""
    made = Package.objects.exclude(file=None).values("file")
    yield from StoredFile.objects.exclude(kept_at=None).exclude(pk__in=made).order_by("pk")


def _file(package: ZipFile, file: StoredFile) -> dict[str, object]:
    path = f"files/{file.pk}/{file.name}"
    return {"file": file.pk, "name": file.name, "path": path, **_written(package, path, chunks(file))}


def _written(package: ZipFile, path: str, parts: Iterable[bytes]) -> dict[str, object]:
    """Write a file of the package part by part; how many bytes it has and its digest."""
    size, digest = 0, hashlib.sha256()
    with package.open(path, "w", force_zip64=True) as opened:
        for part in parts:
            opened.write(part)
            digest.update(part)
            size += len(part)
    return {"bytes": size, "hash": f"sha256:{digest.hexdigest()}"}
