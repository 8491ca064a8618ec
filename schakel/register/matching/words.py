"""Which words two names share, for many pairs of names at once.

Words are numbers here, in one row behind another; two names are held against each other word by word.
Letters are looked at again only for what the two do not share.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
AT_A_TIME = 50_000  # pairs; bounds what is held in memory


@dataclass(frozen=True, slots=True)
class Worded:
    """Names as words: name n has the ``many[n]`` words from ``start[n]`` on.

    ``word``: the number of each word, ``first``: whether it is the first such in its name; ``bits``: what it says, in
    thousandths of a bit; ``text``: its letters.
    """

    start: Ints
    many: Ints
    word: Ints
    first: Flags
    bits: Ints
    text: pl.Series


def worded(words: pl.Series, said: pl.DataFrame, most: int) -> Worded:
    """``words``: a list a name, none empty. ``said`` [word, bits]; a word that is not in it says ``most``."""
    many = words.list.len().to_numpy().astype(np.int64)
    text = words.explode()
    different = text.unique(maintain_order=True).to_frame("word").with_row_index("number")
    weighed = different.join(said.select("word", "bits"), on="word", how="left").with_columns(
        pl.col("bits").fill_null(most)
    )
    each = text.to_frame("word").join(weighed, on="word", how="left", maintain_order="left")
    number = each["number"].to_numpy().astype(np.int64)
    of = np.repeat(np.arange(len(many)), many)
    first = pl.Series(of * len(different) + number).is_first_distinct().to_numpy()
    return Worded(np.cumsum(many) - many, many, number, first, each["bits"].to_numpy().astype(np.int64), text)


def shared(names: Worded, one: Ints, other: Ints) -> pl.DataFrame:
    """For the names ``one[n]`` and ``other[n]``: many, shared_bits, and ra and rb (null where none is shared).

    many: different words that both have; shared_bits: what those say; ra, rb: the other words of each, as one.
    """
    parts = [
        _shared(names, one[at : at + AT_A_TIME], other[at : at + AT_A_TIME]) for at in range(0, len(one), AT_A_TIME)
    ]
    return pl.concat(parts or [_shared(names, one, other)])


def _shared(names: Worded, one: Ints, other: Ints) -> pl.DataFrame:
    mine, theirs = names.many[one], names.many[other]
    met = mine * theirs
    pair = np.repeat(np.arange(len(one)), met)
    nth = np.arange(len(pair)) - np.repeat(np.cumsum(met) - met, met)
    p, q = np.divmod(nth, theirs[pair])
    same = names.word[names.start[one][pair] + p] == names.word[names.start[other][pair] + q]
    pair, p, q = pair[same], p[same], q[same]
    both = np.zeros(len(one), np.bool_)
    both[pair] = True
    at_a, of_a, has_a = _marked(names, one, pair, p)
    at_b, of_b, has_b = _marked(names, other, pair, q)
    many = np.bincount(of_a, has_a & names.first[at_a], len(one)).astype(np.int64)
    bits = np.bincount(of_b, np.where(has_b, names.bits[at_b], 0), len(one)).astype(np.int64)
    rests = [_rest(names, at[kept], of[kept], both) for at, of, kept in ((at_a, of_a, ~has_a), (at_b, of_b, ~has_b))]
    return pl.DataFrame({"many": many, "shared_bits": bits, "ra": rests[0], "rb": rests[1]})


def _marked(names: Worded, name: Ints, pair: Ints, nth: Ints) -> tuple[Ints, Ints, Flags]:
    """All words of ``name``, the pair each is of, and whether it is one of those at ``nth`` of ``pair``."""
    many = names.many[name]
    start = np.cumsum(many) - many
    of = np.repeat(np.arange(len(name)), many)
    at = np.repeat(names.start[name] - start, many) + np.arange(len(of))
    has = np.zeros(len(of), np.bool_)
    has[start[pair] + nth] = True
    return at, of, has


def _rest(names: Worded, at: Ints, of: Ints, both: Flags) -> pl.Series:
    """The words ``at`` of each pair as one; "" where there are none, null where the two share no word at all."""
    told = both[of]
    at, of = at[told], of[told]
    many = np.bincount(of, minlength=len(both))
    alone = many[of] == 1  # mostly: then there is nothing to put together
    several = pl.DataFrame({"of": of[~alone], "text": names.text.gather(at[~alone])})
    joined = several.group_by("of", maintain_order=True).agg(pl.col("text").str.join(""))
    texts = pl.concat([names.text.gather(at[alone]), joined["text"], pl.Series(["", None], dtype=pl.String)])
    place = np.full(len(both), len(texts) - 1)
    place[both] = len(texts) - 2
    place[of[alone]] = np.arange(np.count_nonzero(alone))
    place[joined["of"].to_numpy()] = np.arange(len(joined)) + np.count_nonzero(alone)
    return texts.gather(place)
