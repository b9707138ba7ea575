"""What the templates about changing a citizen get."""

from tillit.care.citizens.contexts.change import (
    ChangePage,
    Line,
    Opened,
    RegisterPage,
    Task,
    change_page,
    crumbs,
    opened,
    register_page,
)
from tillit.care.citizens.contexts.ending import EndingPage, ending_page
from tillit.care.citizens.contexts.facts import FactsPage, OldLine, facts_page
from tillit.care.citizens.contexts.merging import MergeLine, MergePage, MergeSearchPage, merge_page, merge_search_page
from tillit.care.citizens.contexts.unmerging import UndoMergePage, undo_merge_page, undone_page

__all__ = [
    "ChangePage",
    "EndingPage",
    "FactsPage",
    "Line",
    "MergeLine",
    "MergePage",
    "MergeSearchPage",
    "OldLine",
    "Opened",
    "RegisterPage",
    "Task",
    "UndoMergePage",
    "change_page",
    "crumbs",
    "ending_page",
    "facts_page",
    "merge_page",
    "merge_search_page",
    "opened",
    "register_page",
    "undo_merge_page",
    "undone_page",
]
