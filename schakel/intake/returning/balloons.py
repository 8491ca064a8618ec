"""The boxes in which a sheet's comments are drawn (VML, which is not always well-formed: only text is put in)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from schakel.intake.returning.marks import Place
from schakel.intake.returning.strange import TooStrangeError

_SPACES = {
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "x": "urn:schemas-microsoft-com:office:excel",
}
_BLOCK = 1024  # numbers of shapes are given out in blocks
_SHAPE = re.compile(rb'id="_x0000_s([0-9]{1,7})"')
_END = re.compile(rb"</xml\s*>\s*$")
_TYPE = (
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)


def new_drawing(count: int) -> bytes:
    """A drawing without boxes, with numbers set apart for ``count`` of them."""
    blocks = ",".join(str(number) for number in range(1, count // _BLOCK + 2))
    spaces = "".join(f' xmlns:{name}="{address}"' for name, address in _SPACES.items())
    layout = f'<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="{blocks}"/></o:shapelayout>'
    return f"<xml{spaces}>{layout}{_TYPE}</xml>".encode()


def with_balloons(drawing: bytes, places: Iterable[Place], name: str) -> bytes:
    """The drawing with a box at each place. Raises TooStrangeError if it does not end as one."""
    end = _END.search(drawing)
    if end is None:
        raise TooStrangeError(name, "no drawing of comments")
    number = max((int(found) for found in _SHAPE.findall(drawing)), default=_BLOCK)
    boxes = [_box(number + at, *place) for at, place in enumerate(sorted(places), start=1)]
    kind = "" if b"_x0000_t202" in drawing else _declared(_TYPE)
    return drawing[: end.start()] + (kind + "".join(map(_declared, boxes))).encode() + drawing[end.start() :]


def _declared(shape: str) -> str:
    """A shape that names its namespaces itself, as the drawing may call them otherwise."""
    spaces = "".join(f' xmlns:{name}="{address}"' for name, address in _SPACES.items())
    cut = shape.index(" ")
    return shape[:cut] + spaces + shape[cut:]


def _box(number: int, row: int, column: int) -> str:
    """A hidden box right of the cell, three columns wide and eight rows high."""
    anchor = f"{column}, 15, {max(row - 2, 0)}, 10, {column + 4}, 15, {max(row - 2, 0) + 8}, 4"
    return (
        f'<v:shape id="_x0000_s{number}" type="#_x0000_t202"'
        ' style="position:absolute;margin-left:80pt;margin-top:2pt;width:240pt;height:120pt;z-index:1;'
        'visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto">'
        '<v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
        '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
        f'<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{anchor}</x:Anchor>'
        f"<x:AutoFill>False</x:AutoFill><x:Row>{row - 1}</x:Row><x:Column>{column - 1}</x:Column></x:ClientData>"
        "</v:shape>"
    )
