"""What rooms put into the index: documents, and the words that each is found under."""

from __future__ import annotations

from dataclasses import dataclass

from schakel.search.folding import number_tokens, sort_key, tokens
from schakel.words import Words

NUMBER, TITLE, REST = "A", "B", "C"
"""Where a word of a document stands; the weights of the database's text search."""
MOST_REST = 4000  # letters of a description that count


@dataclass(frozen=True, slots=True)
class Document:
    """One thing that can be found.

    ``owner``: the party whose it is; None where everybody who signs in may find it. ``id``: its number or name
    within its kind. ``thing``: what it is through the years; what stands in several shows once. ``numbers``:
    under which it is found exactly and first. ``words``: what else it is found under. ``named_by_others``: its
    title is that of what it belongs to, which comes before it.
    """

    owner: int | None
    kind: str
    id: str
    title: str | Words
    subtitle: str | Words = ""
    numbers: tuple[str, ...] = ()
    words: str = ""
    period: int | None = None
    thing: str = ""
    named_by_others: bool = False


def in_both(text: str | Words) -> tuple[str, str]:
    """A text in Dutch and in English."""
    return (text.nl, text.en) if isinstance(text, Words) else (text, text)


def key(document: Document) -> str:
    """How its title is compared; empty where the title is not its own."""
    return "" if document.named_by_others else sort_key(in_both(document.title)[0])


def vector(document: Document) -> str:
    """Its words, each with where it stands, and whose it is, as the database keeps them (tsvector).

    A word of the title or a number is not also said to stand in the rest: nobody asks for that.
    """
    titled = tokens(" ".join({*in_both(document.title)}))
    numbers: set[str] = set().union(*map(number_tokens, document.numbers))
    texts = (*{*in_both(document.subtitle)}, *document.numbers, document.words[:MOST_REST])
    rest = tokens(" ".join(texts))
    if document.named_by_others:
        titled, rest = set(), rest | titled
    return " ".join(
        (
            f"'{scope(document.owner)}'",
            *[f"'{word}':1{NUMBER},2{TITLE}" for word in numbers & titled],
            *[f"'{word}':1{NUMBER}" for word in numbers - titled],
            *[f"'{word}':2{TITLE}" for word in titled - numbers],
            *[f"'{word}':3{REST}" for word in rest - titled - numbers],
        )
    )


def scope(owner: int | None) -> str:
    """The mark of whose a document is; no word that is typed can be one, as it holds a sign."""
    return "@all" if owner is None else f"@{owner}"
