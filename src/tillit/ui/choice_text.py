"""What stands at one choice of a list: its words, what it is, and the heading of the group that begins with it."""

from typing import Self


class ChoiceText(str):
    """The words of a choice as a form field takes them, with more for `{% field %}` to show.

    note: beneath the words, smaller; the choice is described by it. group: a heading above, on the first of a group.
    """

    __slots__ = ("group", "note")

    note: str
    group: str

    def __new__(cls, words: str, note: str = "", group: str = "") -> Self:
        """Return the words, that carry the rest."""
        made = super().__new__(cls, words)
        made.note, made.group = note, group
        return made
