"""One spelling for what organisations are said to be: numbers, names, places, sites.

Both sides of every comparison pass through here, records of agencies and entries of the trade
register; so does what an agency encodes with a key. Invariant: normalising what is already
normalised changes nothing, and a value that cannot be what its column says is no value (null).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache

import polars as pl

from schakel.register.matching import vocabulary as known

RSIN_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)  # the eleven test of the tax service
SITE_LETTERS = 22  # a domain label at least this long may be the beginning of a longer name


def plain(text: pl.Expr) -> pl.Expr:
    """``text`` in lower case letters and digits, words parted by one space.

    Diacritics fall away, "&" and "+" become "en", initials and apostrophes close up ("b.v." is
    "bv", "'s" is "s"), any other mark parts words.
    """
    lower = rarely(text.str.to_lowercase(), r"[^\x00-\x7f]", _without_marks)
    joined = lower.str.replace_many(["'", "`", "&", "+", "ß", "ø", "æ"], ["", "", " en ", " en ", "ss", "o", "ae"])
    closed = rarely(joined, r"\.", _without_dots)
    # Marks to spaces, and then several to one: most spaces stay as they are.
    return closed.str.replace_all(r"[^a-z0-9 ]+", " ").str.replace_all(r" {2,}", " ").str.strip_chars(" ")


def _without_marks(text: pl.Expr) -> pl.Expr:
    return text.str.normalize("NFKD").str.replace_all(r"[\p{M}'’`´]", "")


def _without_dots(text: pl.Expr) -> pl.Expr:
    return text.str.replace_all(r"\b([a-z])\.+", "$1")


def kvk(number: pl.Expr) -> pl.Expr:
    """A KvK number as eight digits, lost leading zeros mended; null where it cannot be one."""
    return digits(number, 8)


def rsin(number: pl.Expr) -> pl.Expr:
    """An RSIN, or that in a Dutch VAT number, as nine digits that pass the eleven test; else null."""
    return number.map_batches(_rsin, return_dtype=pl.String)


def _rsin(numbers: pl.Series) -> pl.Series:
    if numbers.null_count() == len(numbers):
        return numbers.cast(pl.String)
    bare = pl.col("said").str.to_uppercase().str.replace_all(r"[\s.\-]", "").str.replace(r"^NL(\d{9})B\d\d$", "$1")
    found = numbers.to_frame("said").select(digits(bare, 9).alias("nine"))
    weighed = (pl.col("nine").str.slice(i, 1).cast(pl.Int32) * weight for i, weight in enumerate(RSIN_WEIGHTS))
    total: pl.Expr = sum(weighed, pl.lit(0))
    return found.select(pl.when(total % 11 == 0).then("nine"))["nine"]


def digits(number: pl.Expr, length: int) -> pl.Expr:
    """``number`` as so many digits, up to two lost leading zeros mended; null where it cannot be one."""
    bare = number.str.replace_all(r"[\s.\-]", "")
    fits = bare.str.contains(rf"^\d{{{length - 2},{length}}}$") & ~bare.str.contains(r"^0*$")
    return pl.when(fits).then(bare.str.zfill(length))


def postcode(text: pl.Expr) -> pl.Expr:
    """A Dutch postcode as "1234AB"; null where it is not whole."""
    tight = text.str.to_uppercase().str.replace_all(r"[^0-9A-Z]", "")
    return pl.when(tight.str.contains(r"^[1-9]\d{3}[A-Z]{2}$")).then(tight)


def district(text: pl.Expr) -> pl.Expr:
    """The four digits of a postcode; null where there are none."""
    return text.str.extract(r"^\s*([1-9]\d{3})(?:\D|$)", 1)


def city(text: pl.Expr) -> pl.Expr:
    """A place in plain letters under its official name; null where there is none."""
    bare = plain(text).replace(known.SAME_PLACE)
    return pl.when(bare != "").then(bare)


def placed(postcode_in: pl.Expr, city_in: pl.Expr, country_in: pl.Expr) -> list[pl.Expr]:
    """Expressions "postcode", "district" and "city". Abroad there is only the city, with its country."""
    abroad = country_in.fill_null("NL").str.to_uppercase().is_in(["NL", "", "NEDERLAND"]).not_()
    here = each(city_in, city)
    return [
        pl.when(~abroad).then(postcode(postcode_in)).alias("postcode"),
        pl.when(~abroad).then(district(postcode_in)).alias("district"),
        pl.when(abroad).then(here + " " + country_in.str.to_lowercase()).otherwise(here).alias("city"),
    ]


def each(column: pl.Expr, into: Callable[[pl.Expr], pl.Expr]) -> pl.Expr:
    """``into`` applied once to each different value of ``column``; for columns of few values."""
    return column.map_batches(lambda values: _spelled(values, into), return_dtype=pl.String)


FEW = 256  # values; so few are spelled sooner than it is found which are the same
_VALUE = pl.col("value")


@cache
def _of_value(into: Callable[[pl.Expr], pl.Expr]) -> pl.Expr:
    """``into`` of a column "value", thought out once."""
    return into(_VALUE)


@cache
def _of_odd_value(hint: str, into: Callable[[pl.Expr], pl.Expr]) -> pl.Expr:
    """``into`` of a column "value", where ``hint`` is found in it."""
    return pl.when(_VALUE.str.contains(hint)).then(_of_value(into)).otherwise(_VALUE)


def _spelled(values: pl.Series, into: Callable[[pl.Expr], pl.Expr]) -> pl.Series:
    if values.null_count() == len(values):
        return values.cast(pl.String)
    if len(values) <= FEW:
        return values.to_frame("value").select(_of_value(into)).to_series()
    different = pl.DataFrame({"value": values.drop_nulls().unique()}, schema={"value": pl.String})
    spelled = different.select("value", _of_value(into).alias("spelled"))
    both = values.to_frame("value").join(spelled, on="value", how="left", maintain_order="left")
    return both["spelled"]


def rarely(column: pl.Expr, hint: str, into: Callable[[pl.Expr], pl.Expr]) -> pl.Expr:
    """``into`` applied to those values of ``column`` in which the pattern ``hint`` is found, the others as they are."""
    return column.map_batches(lambda values: _mended(values, hint, into), return_dtype=pl.String)


def _mended(values: pl.Series, hint: str, into: Callable[[pl.Expr], pl.Expr]) -> pl.Series:
    if len(values) <= FEW and not values.is_empty():
        found = _pattern_of(hint).search
        if not any(value is not None and found(value) for value in values.to_list()):  # mostly
            return values
        return values.to_frame("value").select(_of_odd_value(hint, into)).to_series()
    odd = values.str.contains(hint).fill_null(False)
    if not odd.any():
        return values
    own = values.filter(odd).to_frame("value").select(_of_value(into)).to_series()
    return values.scatter(odd.arg_true(), own)


@cache
def _pattern_of(hint: str) -> re.Pattern[str]:
    """The pattern ``hint``, that is so simple that it says the same here as in a frame."""
    return re.compile(hint)


_NUMBER_BEHIND = r"[\s,.]+(\d+)[\s\-]*[a-zA-Z]{0,3}(?:-\s?\d+)?\s*$"


def street(text: pl.Expr) -> pl.Expr:
    """A street as one word with its ending cut off; a house number behind it falls away."""
    tight = plain(text.str.replace(_NUMBER_BEHIND, "")).str.replace_all(" ", "", literal=True)
    ends = "|".join((*known.STREET_ENDS, *known.STREET_ENDS.values()))
    short = tight.str.replace(rf"(?:{ends})$", "")
    return pl.when(short.str.len_chars() >= 3).then(short).when(tight != "").then(tight)


def house_number(number: pl.Expr, address: pl.Expr) -> pl.Expr:
    """The digits of a house number, from ``number`` or from behind the street in ``address``."""
    return number.str.extract(r"^\s*(\d+)", 1).fill_null(address.str.extract(_NUMBER_BEHIND, 1))


def domain(text: pl.Expr, shared: Sequence[str]) -> pl.Expr:
    """The domain of a site or mail address; null for those in ``shared``, that say nothing."""
    bare = rarely(text.str.to_lowercase().str.strip_chars(), "[@/?:#]|^www", _host)
    own = rarely(bare, r"[^a-z.\-]|\.[^.]*\.|^[^.]*$|\.[^.]?$|^\.|\.[^.]*-", _own_domain)
    return pl.when(~own.is_in(list(shared))).then(own)


def _host(text: pl.Expr) -> pl.Expr:
    bare = text.str.replace(r"^[a-z]+://", "").str.replace(r"^.*@", "")
    return bare.str.replace(r"[/?:#].*$", "").str.replace(r"^www\d?\.", "")


def _own_domain(host: pl.Expr) -> pl.Expr:
    return host.str.extract(r"([a-z0-9\-]+\.(?:(?:co|com|org|ac|gov)\.[a-z]{2}|[a-z]{2,}))$", 1)


def label(domain_: pl.Expr) -> pl.Expr:
    """The part of a domain that is chosen: "bakker-bouw.nl" is "bakkerbouw"."""
    return domain_.str.extract(r"^([^.]+)\.", 1).str.replace_all("-", "")


def legal_form(text: pl.Expr) -> pl.Expr:
    """The legal form that a column states, in the one spelling of `vocabulary.LEGAL_FORMS`; else null."""
    return _form(_spaced(plain(text)))


def _spaced(bare: pl.Expr) -> pl.Expr:
    """Words with a space of their own at each side, so that patterns of neighbours do not overlap."""
    return "  " + bare.str.replace_all(" ", "  ", literal=True) + "  "


def _pattern(words: str) -> str:
    return f" {words.replace(' ', '  ')} "


def _patterns(words: Mapping[str, str]) -> tuple[list[str], list[str]]:
    return [_pattern(word) for word in words], [f" {same} " if same else "  " for same in words.values()]


_FORMS = sorted(known.LEGAL_FORMS, key=lambda form: (-len(form), form))


def _form(spaced: pl.Expr) -> pl.Expr:
    found = spaced.str.extract_many([_pattern(form) for form in _FORMS], leftmost=True)
    kept = {_pattern(form): known.LEGAL_FORMS[form] or None for form in _FORMS}
    first = found.list.eval(pl.element().replace_strict(kept, return_dtype=pl.String).drop_nulls()).list.first()
    return pl.when(spaced.str.starts_with("  st  ")).then(pl.lit("stichting")).otherwise(first)


def parted(names: pl.DataFrame, name: str = "name") -> pl.DataFrame:
    """``names`` with the parts of each name; rows that have no letter of a name fall away.

    Adds: words (list, own words in order), tight (own words as one), units (words for a part of a
    group, sorted and joined by "+", or ""), bare (all but
    the legal form, as one) and stated (legal form in the name, or null).
    """
    found = names.with_columns(_of_name(name).alias("_plain")).filter(pl.col("_plain") != "")
    for step in _parting():
        found = found.with_columns(step)
    return found.drop("_plain", "_bare", "_core", "_own")


@cache
def _of_name(column: str) -> pl.Expr:
    return plain(pl.col(column))


@cache
def _parting() -> tuple[list[pl.Expr], ...]:
    """The steps of `parted`, each of columns that follow from those before it; thought out once."""
    spaced = _spaced(pl.col("_plain").str.replace(r"^st(?: |$)", ""))
    bare = [_pattern(form) for form in _FORMS]
    words, same = _patterns(known.SAME_WORD | dict.fromkeys(known.IDLE, ""))
    bare_name = spaced.str.replace_many(bare, ["  "] * len(bare), leftmost=True)
    units = [_pattern(unit) for unit in known.UNITS]
    none = pl.col("_own") == ""
    return (
        [bare_name.alias("_bare"), _form(_spaced(pl.col("_plain"))).alias("stated")],
        [pl.col("_bare").str.replace_many(words, same).alias("_core")],
        [
            each(pl.col("_core").str.extract_many(units, leftmost=True).list.join("+"), _units).alias("units"),
            _closed_up(pl.col("_core").str.replace_many(units, ["  "] * len(units), leftmost=True)).alias("_own"),
        ],
        [
            pl.when(none).then("_plain").otherwise("_own").alias("_own"),
            pl.when(none).then(pl.lit("")).otherwise("units").alias("units"),
            pl.col("_bare").str.replace_all(" ", "", literal=True).alias("bare"),
        ],
        [
            pl.col("_own").str.split(" ").alias("words"),
            pl.col("_own").str.replace_all(" ", "", literal=True).alias("tight"),
        ],
    )


def _units(found: pl.Expr) -> pl.Expr:
    """Words for parts of a group, each in one spelling and once, in order."""
    unit = {_pattern(unit): known.SAME_UNIT.get(unit, unit) for unit in known.UNITS}
    same = pl.element().replace_strict(unit, default=None, return_dtype=pl.String)
    return found.str.split("+").list.eval(same.drop_nulls().unique().sort()).list.join("+")


def _closed_up(spaced: pl.Expr) -> pl.Expr:
    one = spaced.str.replace_all("  ", " ", literal=True)
    return rarely(one, "  ", _one_space).str.strip_chars(" ")


def _one_space(text: pl.Expr) -> pl.Expr:
    return text.str.replace_all(r" {2,}", " ")


_TRADING_AS = (
    r"(?i)[\s,(]+(?:t\.?\s?)?h\.?\s?o\.?\s?d\.?\s?n\.?[\s:]+"
    r"|[\s,(]+(?:tevens )?handelend onder de naam[\s:]+|\s+a/?k/?a\s+"
)


_TRADING_HINTS = ["odn", "o.d.n", "o d n", "o. d. n", "handelend", " aka ", "a/k/a"]


def trading_as(names: pl.DataFrame) -> pl.DataFrame:
    """``names`` with "X h.o.d.n. Y" as two rows, X and Y; two names of one organisation."""
    hinted = pl.col("name").str.contains_any(_TRADING_HINTS, ascii_case_insensitive=True)
    several = names.filter(hinted)
    if several.is_empty():
        return names
    parts = pl.col("name").str.replace_all(_TRADING_AS, "\n").str.split("\n")
    return pl.concat([names.filter(~hinted), several.with_columns(parts).explode("name")])
