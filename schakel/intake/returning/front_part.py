"""The sheet of findings as a part of the sender's own workbook. No cell of it can be a formula."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from schakel.intake.reading.grid import letters
from schakel.intake.returning.book import document, inline
from schakel.intake.returning.front import CELL_COLUMN, COLUMNS, MOST, FrontSheet, cells, head, location
from schakel.intake.returning.marks import Mark
from schakel.intake.returning.markup import quoted


def front_part(
    front: FrontSheet, marks: Sequence[Mark], links: Sequence[str], styles: Mapping[str, int], namespace: str
) -> bytes:
    """The worksheet; ``links``: for each mark the title of the sheet that holds its cell, or nothing."""
    above = head(front, marks, in_place=True)
    first = len(above) + 2
    rows = [_row(at, [inline(f"A{at}", styles[style], said)]) for at, (style, said) in enumerate(above, start=1)]
    rows.append(_row(first, _header(front, first, styles)))
    listed = list(zip(marks[:MOST], links, strict=False))
    rows += [_row(first + at, _line(front, mark, first + at, styles)) for at, (mark, _) in enumerate(listed, start=1)]
    last = first + len(listed)
    linked = "".join(_links(listed, first))
    content = (
        f'<sheetViews><sheetView showGridLines="0" workbookViewId="0"><pane ySplit="{first}" topLeftCell="A{first + 1}"'
        ' activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        f"<cols>{''.join(_widths())}</cols><sheetData>{''.join(rows)}</sheetData>"
        f'<autoFilter ref="A{first}:{letters(len(COLUMNS))}{last}"/>'
        + (f"<hyperlinks>{linked}</hyperlinks>" if linked else "")
        + '<pageMargins left="0.5" right="0.5" top="0.5" bottom="0.5" header="0.3" footer="0.3"/>'
        '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>'
    )
    return document("worksheet", namespace, content)


def _widths() -> Iterator[str]:
    for at, (_, width) in enumerate(COLUMNS, start=1):
        yield f'<col min="{at}" max="{at}" width="{width}" customWidth="1"/>'


def _row(number: int, filled: Sequence[str]) -> str:
    return f'<row r="{number}">{"".join(filled)}</row>'


def _header(front: FrontSheet, row: int, styles: Mapping[str, int]) -> list[str]:
    words = (front.word(label) for label, _ in COLUMNS)
    return [inline(f"{letters(at)}{row}", styles["header"], said) for at, said in enumerate(words, start=1)]


def _line(front: FrontSheet, mark: Mark, row: int, styles: Mapping[str, int]) -> list[str]:
    made = []
    for at, said in enumerate(cells(mark, front)):
        style = mark.severity.value if at == 0 else "link" if at == CELL_COLUMN - 1 else "wrapped"
        made.append(inline(f"{letters(at + 1)}{row}", styles[style], said))
    return made


def _links(listed: Sequence[tuple[Mark, str]], first: int) -> Iterator[str]:
    for at, (mark, sheet) in enumerate(listed, start=first + 1):
        if sheet and mark.row:
            target = quoted(location(sheet, f"{mark.column or 'A'}{mark.row}")).decode()
            yield f'<hyperlink ref="{letters(CELL_COLUMN)}{at}" location="{target}"/>'
