"""Numbers that the state gives: Chamber of Commerce, VAT, RSIN, postcode; and web addresses.

Rules: a KvK number has eight digits (a branch number of four may follow); a VAT number of a legal
person is "NL" + RSIN + "B" + two digits; an RSIN passes the eleven-proof (weights 9..2, -1).
"""

from __future__ import annotations

import polars as pl

from schakel.intake.interpreting.cells import Cells, Values, first_fault, frame, values

KVK_DIGITS, BRANCH_DIGITS, RSIN_DIGITS = 8, 12, 9

_FOREIGN_VAT = (
    r"^(?:AT|BE|BG|CH|CHE|CY|CZ|DE|DK|EE|EL|ES|FI|FR|GB|HR|HU|IE|IT|LT|LU|LV|MT|PL|PT|RO|SE|SI|SK|XI)[0-9A-Z]{2,13}$"
)


def kvk(cells: Cells) -> Values:
    """Eight digits. Zeros that a number cell lost come back; of a branch the first eight digits."""
    digits = pl.col("text").str.replace(r"\.0+$", "").str.replace_all(r"(?i)[\s.\-]|^kvk:?", "")
    done = frame(cells).with_columns(digits=digits).with_columns(n=pl.col("digits").str.len_chars())
    right = pl.col("digits").str.contains(r"^\d+$") & pl.col("n").is_in([5, 6, 7, KVK_DIGITS, BRANCH_DIGITS])
    right = right & ~pl.col("digits").str.contains(r"^0+$")
    value = pl.col("digits").str.pad_start(KVK_DIGITS, "0").str.slice(0, KVK_DIGITS)
    fault = first_fault(
        (pl.col("text").is_not_null() & ~right, "kvk.unreadable"),
        (pl.col("n") == BRANCH_DIGITS, "kvk.branch"),
        (pl.col("n") < KVK_DIGITS, "kvk.padded"),
    )
    return values(done, pl.when(right).then(value), fault)


def vat(cells: Cells) -> Values:
    """ "NL" + nine digits + "B" + two digits."""
    bare = pl.col("text").str.to_uppercase().str.replace_all(r"[^0-9A-Z]", "").str.replace(r"^(\d{9}B\d{2})$", "NL$1")
    done = frame(cells).with_columns(bare=bare)
    right = pl.col("bare").str.contains(r"^NL\d{9}B\d{2}$")
    foreign = pl.col("bare").str.contains(_FOREIGN_VAT)
    fault = first_fault((foreign, "vat.foreign"), (pl.col("text").is_not_null() & ~right, "vat.unreadable"))
    return values(done, pl.when(right).then("bare"), fault)


def rsin(cells: Cells) -> Values:
    """Nine digits; also taken from a VAT number."""
    bare = pl.col("text").str.replace(r"\.0+$", "").str.to_uppercase().str.replace_all(r"[^0-9A-Z]", "")
    bare = bare.str.replace(r"^NL(\d{9})B\d{2}$", "$1")
    right = pl.col("bare").str.contains(r"^\d{7,9}$")
    fault = pl.when(pl.col("text").is_not_null() & ~right).then(pl.lit("rsin.unreadable"))
    done = frame(cells).with_columns(bare=bare)
    return values(done, pl.when(right).then(pl.col("bare").str.pad_start(RSIN_DIGITS, "0")), fault)


def rsin_of(vat_number: pl.Expr) -> pl.Expr:
    """The RSIN that a canonical VAT number holds."""
    return vat_number.str.slice(2, RSIN_DIGITS)


def passes_eleven_proof(rsin_number: pl.Expr) -> pl.Expr:
    """Whether nine digits can be an RSIN or BSN: 9a+8b+...+2h-i is a multiple of eleven."""
    digit = [rsin_number.str.slice(i, 1).cast(pl.Int32, strict=False) for i in range(RSIN_DIGITS)]
    weighted = [d * w for d, w in zip(digit, (9, 8, 7, 6, 5, 4, 3, 2, -1), strict=True)]
    return pl.sum_horizontal(weighted) % 11 == 0


def postcode(cells: Cells) -> Values:
    """1234AB, or 1234 where the letters are missing."""
    bare = pl.col("text").str.replace(r"\.0+$", "").str.to_uppercase().str.replace_all(r"[\s.\-]", "")
    done = frame(cells).with_columns(bare=bare.str.replace(r"^NL(\d{4})", "$1"))
    full = pl.col("bare").str.contains(r"^[1-9]\d{3}[A-Z]{2}$")
    digits = pl.col("bare").str.contains(r"^[1-9]\d{3}$")
    foreign = pl.col("bare").str.contains(r"^[A-Z0-9]*\d[A-Z0-9]*$") & pl.col("bare").str.len_chars().is_between(3, 10)
    fault = first_fault(
        (digits, "postcode.digits-only"),
        (~full & foreign, "postcode.foreign"),
        (pl.col("text").is_not_null() & ~full, "postcode.unreadable"),
    )
    return values(done, pl.when(full | digits).then("bare"), fault)


def url(cells: Cells) -> Values:
    """A web address as written; something with a dot and no spaces."""
    right = pl.col("text").str.contains(r"(?i)^(?:https?://)?[^\s/@]+\.[^\s/@]{2,}(?:[/?#]\S*)?$")
    fault = pl.when(pl.col("text").is_not_null() & ~right).then(pl.lit("url.unreadable"))
    return values(frame(cells), pl.when(right).then("text"), fault)


_CONTROL = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]"
_GARBLED = "\ufffd|Ã[\u0080-\u00bf]|â€|Â[\u0080-\u00bf]"


def text(cells: Cells) -> Values:
    """Text as written; control characters go, garbled letters are said."""
    given = frame(cells)
    odd = given["text"].str.contains(f"{_CONTROL}|{_GARBLED}").any()
    whole = pl.col("text")
    if (given["type"] == "number").any():
        whole = pl.when(pl.col("type") == "number").then(whole.str.replace(r"\.0+$", "")).otherwise(whole)
    if not odd:
        return values(given, whole)
    kept = whole.str.replace_all(_CONTROL, "").str.strip_chars()
    fault = first_fault(
        (pl.col("text").str.contains(_GARBLED), "text.wrong-encoding"),
        (pl.col("text").str.contains(_CONTROL), "text.control-characters"),
    )
    return values(given, pl.when(kept != "").then(kept), fault)
