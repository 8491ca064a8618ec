"""Files of a trade register as frames of one shape: parquet or csv, whole registers of millions of rows in parts.

The headers are those of the record kind of register entries, its labels and synonyms, in any capitals and spacing.
"""

from __future__ import annotations

import hashlib
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import polars as pl
import pyarrow.parquet as pq

from schakel.register.kinds import REGISTER_ENTRY
from schakel.register.matching import normalising as n

LISTS = tuple(field.name for field in REGISTER_ENTRY.fields if field.several)
FACT: dict[str, pl.DataType | type[pl.DataType]] = {
    field.name: pl.List(pl.String) if field.several else pl.Date if field.type == "date" else pl.String
    for field in REGISTER_ENTRY.fields
}
"""The columns of what is read, as the register's record kind has them."""
PART = 100_000  # rows in memory at once
_SEPARATORS = ";,\t|"
_BETWEEN = r"[|;\n]"
_DAYS = ("%Y-%m-%d", "%d-%m-%Y", "%Y%m%d", "%d/%m/%Y")
_BLOCK = 1 << 20


class FileRefused(Exception):  # noqa: N818 - it is a refusal, and no fault
    """A file is no register that can be loaded; says what is wrong and what to do."""


@dataclass(frozen=True, slots=True)
class RegisterFile:
    """A file that can be read in parts. ``columns``: field to the header it was found under."""

    path: Path
    sha256: str
    rows: int
    columns: dict[str, str]
    left_out: tuple[str, ...]
    _parquet: Path

    def parts(self) -> Iterator[pl.DataFrame]:
        """The rows as frames of FACT with ``row`` (from 1), in the order of the file, `PART` at a time."""
        read = sorted(set(self.columns.values()))
        begun = 1
        for batch in pq.ParquetFile(self._parquet).iter_batches(batch_size=PART, columns=read):
            frame = pl.DataFrame(pl.from_arrow(batch))
            yield _normalised(frame, self.columns).with_row_index("row", begun)
            begun += frame.height

    def numbers(self) -> pl.Series:
        """The KvK number of each row, in the order of the file; null where there is none."""
        header = self.columns["kvk"]
        said = pl.read_parquet(self._parquet, columns=[header]).select(pl.col(header).cast(pl.String).alias("kvk"))
        return said.select(n.kvk(pl.col("kvk"))).to_series()


@contextmanager
def opened(path: Path) -> Iterator[RegisterFile]:
    """The register in the file at ``path``. Raises FileRefused, and OSError where it cannot be read at all."""
    digest = _digest(path)
    with tempfile.TemporaryDirectory(prefix="schakel-register-") as folder:
        parquet = path if path.suffix.lower() == ".parquet" else _as_parquet(path, Path(folder, "register.parquet"))
        try:
            told = pq.ParquetFile(parquet)
        except ValueError as error:
            raise FileRefused(
                f"{path.name} is not a parquet file that can be read ({error}); export it anew."
            ) from error
        headers = told.schema_arrow.names
        columns = found_columns(headers)
        missing = [name for name in ("kvk", "name") if name not in columns]
        if missing:
            labels = " and ".join(f"“{REGISTER_ENTRY.fields_by_name[name].labels.nl}”" for name in missing)
            raise FileRefused(f"{path.name}: no column {labels} among {', '.join(headers)}; name the column so.")
        left_out = tuple(header for header in headers if header not in columns.values())
        yield RegisterFile(path, digest, told.metadata.num_rows, columns, left_out, parquet)


def found_columns(headers: list[str]) -> dict[str, str]:
    """Field to the header that holds it: its label first, then its synonyms in order; each header serves once."""
    known = {_folded(header): header for header in reversed(headers)}
    found: dict[str, str] = {}
    for field in REGISTER_ENTRY.fields:
        for said in (field.name, field.labels.nl, field.labels.en, *field.synonyms):
            header = known.get(_folded(said))
            if header is not None and header not in found.values():
                found[field.name] = header
                break
    return found


def _folded(header: str) -> str:
    return re.sub(r"[^a-z0-9]", "", header.lower().replace("ë", "e"))


def _digest(path: Path) -> str:
    made = hashlib.sha256()
    with path.open("rb") as source:
        while block := source.read(_BLOCK):
            made.update(block)
    return made.hexdigest()


def _as_parquet(path: Path, into: Path) -> Path:
    if path.suffix.lower() not in (".csv", ".txt", ".tsv"):
        raise FileRefused(f"{path.name} is no .csv or .parquet file; export the register as one of these.")
    with path.open("rb") as source:
        head = source.readline().decode("utf-8-sig", errors="replace")
    separator = max(_SEPARATORS, key=head.count)
    try:
        pl.scan_csv(path, separator=separator, infer_schema=False, quote_char='"').sink_parquet(into)
    except pl.exceptions.PolarsError as error:
        reason = str(error).splitlines()[0]
        raise FileRefused(f"{path.name} cannot be read as csv ({reason}); export it as UTF-8 with a header.") from error
    return into


def _normalised(frame: pl.DataFrame, columns: dict[str, str]) -> pl.DataFrame:
    taken = frame.select(
        *(_as_read(frame, name, columns[name]) for name in FACT if name in columns),
        *(pl.lit(None, dtype).alias(name) for name, dtype in FACT.items() if name not in columns),
    )
    # The register's own RSIN is kept as published: that one fails its test is for who compares to know.
    cleaned = taken.with_columns(
        n.kvk(pl.col("kvk", "merged_into")),
        n.digits(pl.col("rsin"), 9),
        postcode=pl.coalesce(n.postcode(pl.col("postcode")), "postcode"),
    )
    return cleaned.with_columns(*(_list(name) for name in LISTS)).select(*FACT)


def _as_read(frame: pl.DataFrame, name: str, header: str) -> pl.Expr:
    given, wanted = frame.schema[header], FACT[name]
    read = pl.col(header)
    if isinstance(given, pl.List):
        return (read.cast(pl.List(pl.String)) if name in LISTS else read.list.first().cast(pl.String)).alias(name)
    if wanted == pl.Date:
        return (read.cast(pl.Date) if given.is_temporal() else _day(_text(read))).alias(name)
    text = _text(read)
    return (_pieces(text) if name in LISTS else text).alias(name)


def _text(read: pl.Expr) -> pl.Expr:
    """Trimmed; what is empty is nothing."""
    text = read.cast(pl.String).str.strip_chars()
    return pl.when(text != "").then(text)


def _pieces(text: pl.Expr) -> pl.Expr:
    return text.str.replace_all(_BETWEEN, "\n").str.split("\n")


def _day(text: pl.Expr) -> pl.Expr:
    return pl.coalesce(text.str.to_date(form, strict=False) for form in _DAYS)


def _list(name: str) -> pl.Expr:
    """Each value once, trimmed, in the order of the file; an empty list for none. Numbers as eight digits."""
    value = pl.element().str.strip_chars()
    if name == "former_numbers":
        value = pl.when(value.str.contains(r"^\d{6,8}$")).then(value.str.zfill(8))
    kept = pl.col(name).list.eval(value.filter((value != "").fill_null(False))).list.unique(maintain_order=True)
    return kept.fill_null([]).alias(name)
