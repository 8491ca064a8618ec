"""What a browser would send of the form in a page that nobody touched."""

from __future__ import annotations

from html.parser import HTMLParser


class _Controls(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.data: dict[str, str] = {}
        self.ids: set[str] = set()
        self._select = ""

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        self.ids.add(given.get("id", ""))
        name = given.get("name", "")
        ticked = given.get("type") not in ("checkbox", "radio") or "checked" in given
        if tag == "input" and name and ticked:
            self.data[name] = given.get("value", "")
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and ("selected" in given or self._select not in self.data):
            self.data[self._select] = given.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = ""


def form_in(page: str) -> dict[str, str]:
    """Names and values of the controls in ``page``."""
    found = _Controls()
    found.feed(page)
    return found.data


def ids_in(page: str) -> set[str]:
    """The ids of the elements in ``page``."""
    found = _Controls()
    found.feed(page)
    return found.ids
