"""The comments of a sheet: those that stand there are kept, ours are put beside or behind them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from schakel.intake.reading.grid import column_index, letters
from schakel.intake.returning.book import document
from schakel.intake.returning.marks import Place
from schakel.intake.returning.markup import Part, Tag, prefixed, text
from schakel.intake.returning.strange import TooStrangeError

AUTHOR = "Schakel"
_ADDRESS = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})$")
_EMPTY = "<authors></authors><commentList></commentList>"


def new_comments(name: str, namespace: str) -> Part:
    """A part for the comments of a sheet that has none."""
    return Part(name, document("comments", namespace, _EMPTY))


def with_comments(part: Part, said: Mapping[Place, str]) -> bytes:
    """The part with a comment at each place; where one stands, the text is put behind it."""
    authors, there = part.needed("authors"), part.needed("commentList")
    known = {tag.get("ref").replace("$", ""): tag for tag in part.all("comment", there)}
    author = sum(1 for _ in part.children(authors))
    new = []
    for (row, column), words in sorted(said.items()):
        reference = f"{letters(column)}{row}"
        standing = known.get(reference)
        if standing is None:
            run = f'<@text><@r><@t xml:space="preserve">{text(words)}</@t></@r></@text>'
            new.append(f'<@comment ref="{reference}" authorId="{author}">{run}</@comment>')
        else:
            _add_text(part, standing, words)
    part.append(authors, prefixed(f"<@author>{AUTHOR}</@author>", authors.prefix))
    part.append(there, prefixed("".join(new), there.prefix))
    return part.result()


def places_of(part: Part) -> set[Place]:
    """The places that have a comment."""
    found = (_ADDRESS.match(tag.get("ref")) for tag in part.all("comment"))
    return {(int(one.group(2)), column_index(one.group(1))) for one in found if one}


def _add_text(part: Part, standing: Tag, words: str) -> None:
    holder = part.first("text", standing)
    if holder is None:
        raise TooStrangeError(part.name, "a comment without text")
    run = f'<@r><@t xml:space="preserve">\n\n{AUTHOR}: {text(words)}</@t></@r>'
    for plain in part.all("t", holder):  # plain text cannot stand beside runs
        close = part.close(plain)
        part.insert(plain.start, prefixed("<@r>", plain.prefix))
        part.insert(close.end, prefixed("</@r>", plain.prefix))
    after = next((tag for tag in part.children(holder) if tag.name in ("rPh", "phoneticPr")), None)
    if holder.empty:
        part.append(holder, prefixed(run, holder.prefix))
    else:
        part.insert((after or part.close(holder)).start, prefixed(run, holder.prefix))
