"""The few pieces of SVG that the charts are made of. Text is escaped here and nowhere else."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

Attribute = str | int | float


def element(name: str, content: str | Iterable[SafeString] = "", /, **attributes: Attribute) -> SafeString:
    """An element; ``class_`` stands for class and ``_`` in a name for "-"; text content is escaped."""
    inside = conditional_escape(content) if isinstance(content, str) else joined(content)
    return SafeString(f"<{name}{_written(attributes)}>{inside}</{name}>")  # names come from this package only


def joined(parts: Iterable[SafeString]) -> SafeString:
    """The parts one after the other."""
    return SafeString("".join(conditional_escape(part) for part in parts))


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
    named = ((_cased(name.rstrip("_").replace("_", "-")), value) for name, value in attributes.items())
    return "".join(f' {name}="{conditional_escape(str(value))}"' for name, value in named)


def _cased(name: str) -> str:
    """SVG's one attribute in camel case that the charts need."""
    return "viewBox" if name == "view-box" else name
