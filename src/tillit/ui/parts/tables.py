"""Tables, pages of a list, tabs and filters."""

from dataclasses import dataclass, field
from typing import Literal

from tillit.ui.parts.part import Content, Part


@dataclass(frozen=True, slots=True)
class Column:
    """One column."""

    label: str
    right: bool = field(default=False, metadata={"help": "True for numbers"})
    hidden_label: bool = False
    href: str = field(default="", metadata={"help": "Sorts by this column"})
    sorted: Literal["", "ascending", "descending"] = ""


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell as it is drawn: what stands in it, and its column."""

    content: Content
    column: Column


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row. The first cell is the row's name."""

    cells: tuple[Content, ...]
    href: str = field(default="", metadata={"help": "Where the row's name leads"})


@dataclass(frozen=True, slots=True)
class DataTable(Part):
    """A table. On a phone the rows become blocks (stack) or the table scrolls sideways."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[TableRow, ...]
    stack: bool = True
    shown_caption: bool = False
    in_panel: bool = field(default=True, metadata={"help": "False: gets a card of its own"})

    @property
    def drawn_rows(self) -> tuple[tuple[TableRow, Content, tuple[TableCell, ...]], ...]:
        """Each row with its name and its other cells."""
        return tuple(
            (
                row,
                row.cells[0],
                tuple(
                    TableCell(content, column) for content, column in zip(row.cells[1:], self.columns[1:], strict=True)
                ),
            )
            for row in self.rows
        )


@dataclass(frozen=True, slots=True)
class PageLink:
    """A page of a list."""

    label: str
    href: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class Pagination(Part):
    """Pages of a list, and how much there is."""

    summary: str = field(metadata={"help": "«Viser 1–25 av 68 brukere»"})
    pages: tuple[PageLink, ...] = field(metadata={"help": "A gap is a link without href"})
    previous_href: str = ""
    next_href: str = ""


@dataclass(frozen=True, slots=True)
class TabLink:
    """One tab: a place of its own."""

    label: str
    href: str
    current: bool = False
    count: int = 0


@dataclass(frozen=True, slots=True)
class Tabs(Part):
    """Tabs that are links: each has its address, back works, no script is needed."""

    label: str
    tabs: tuple[TabLink, ...]


@dataclass(frozen=True, slots=True)
class ToggleLink:
    """One way to see the list."""

    label: str
    href: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class ToggleGroup(Part):
    """A few ways to see the same thing: day, evening, night; all or only the different ones."""

    label: str
    options: tuple[ToggleLink, ...]


@dataclass(frozen=True, slots=True)
class FilterLink:
    """A filter that is on, and the address without it."""

    label: str
    remove_href: str


@dataclass(frozen=True, slots=True)
class Filters(Part):
    """The filters that are on, each with a cross."""

    label: str
    filters: tuple[FilterLink, ...]
    clear_href: str = ""


@dataclass(frozen=True, slots=True)
class Crumb:
    """A step on the way here. The last one has no href."""

    label: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Crumbs(Part):
    """The way here."""

    items: tuple[Crumb, ...]


@dataclass(frozen=True, slots=True)
class DayPicker(Part):
    """One day, with the day before and the day after, and a field to go to any day."""

    shown: str = field(metadata={"help": "«Tirsdag 24.11.2026»"})
    value: str = field(metadata={"help": "ISO date, for the field"})
    previous_href: str
    next_href: str
    action: str = field(metadata={"help": "Receives GET day=<ISO date>"})
    unit: Literal["day", "week"] = "day"
