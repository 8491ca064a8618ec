"""The few pieces of SVG that the charts are made of. Text is escaped here and nowhere else."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from html import escape

from django.utils.safestring import SafeString

Attribute = str | int | float


def element(name: str, content: str | Iterable[SafeString] = "", /, **attributes: Attribute) -> SafeString:
    """An element; ``class_`` stands for class and ``_`` in a name for "-"; text content is escaped."""
    inside = _escaped(content) if isinstance(content, str) else joined(content)
    return SafeString(f"<{name}{_written(attributes)}>{inside}</{name}>")  # names come from this package only


def joined(parts: Iterable[SafeString]) -> SafeString:
    """The parts one after the other."""
    return SafeString("".join(map(_escaped, parts)))


def picture(key: str, title: str, description: str, parts: Iterable[SafeString], **attributes: Attribute) -> SafeString:
    """The SVG itself: an image to assistive technology, named by its title and told by its description."""
    head = (element("title", title, id=f"{key}-title"), element("desc", description, id=f"{key}-desc"))
    return element(
        "svg",
        (*head, *parts),
        role="img",
        focusable="false",
        aria_labelledby=f"{key}-title",
        aria_describedby=f"{key}-desc",
        **attributes,
    )


def share(part: float) -> str:
    """A share of the picture's width as SVG writes it: 0.125 as "12.5%"."""
    return f"{part * 100:.4g}%"


def _written(attributes: dict[str, Attribute]) -> str:
    return "".join(
        [
            f' {_named(name)}="{_escaped(value) if isinstance(value, str) else value}"'
            for name, value in attributes.items()
        ]
    )


def _escaped(text: str) -> str:
    """As Django's ``conditional_escape``, of text: a page of charts has a thousand, and none of them is lazy."""
    return text if isinstance(text, SafeString) else escape(text)


@cache
def _named(name: str) -> str:
    """An attribute as SVG spells it; one that the charts need is in camel case."""
    spelled = name.rstrip("_").replace("_", "-")
    return "viewBox" if spelled == "view-box" else spelled
