"""What every component's value has in common: it knows its template and its name in it."""

import re
from functools import cache
from typing import ClassVar

_WORD_START = re.compile(r"(?<!^)(?=[A-Z])")


class Part:
    """The value of one component.

    `Goal` is drawn by `ui/goal.html`, which takes ONE variable, `goal`. Upper floors build plain values;
    a template never asks a part for more than it holds. Draw it with `{% part value %}`.

    A room of its own may subclass Part too; it then sets `folder` to its own template folder.
    """

    __slots__ = ()
    folder: ClassVar[str] = "ui"

    @classmethod
    def variable(cls) -> str:
        """The name that the template knows the value by: HelperMark is helper_mark."""
        return _in_words(cls.__name__)

    @classmethod
    def template(cls) -> str:
        """Path of the template that draws it."""
        return f"{cls.folder}/{cls.variable()}.html"


@cache
def _in_words(class_name: str) -> str:
    return _WORD_START.sub("_", class_name).lower()


Content = Part | str
"""What may stand in a cell or at the end of a row: plain text or another part."""
