"""A measure is a pure function over tables that carries its name, version and published source.

The decorator keeps a list of them all: the command and the line protocol find them there, and read from the
signature which tables and parameters each takes.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from typing import Any, Generic, ParamSpec

import polars as pl

from measures.answer import Answer, Found
from measures.errors import InvalidInput, UnknownMeasure

P = ParamSpec("P")


class Measure(Generic[P]):
    """A formula with its name, version and source. Called, it answers with all three.

    name: as the command and the protocol know it.
    version: raised when the definition changes; stored beside every value.
    tables: its tables in order, read from the signature; parameters: the keyword-only ones.
    """

    def __init__(
        self, formula: Callable[P, Found], *, name: str, version: int, source: str, words: Mapping[str, str]
    ) -> None:
        self.formula = formula
        self.name = name
        self.version = version
        self.source = source
        self.__doc__ = formula.__doc__
        signature = inspect.signature(formula)
        kinds = signature.parameters.items()
        self.tables = tuple(key for key, each in kinds if each.kind is each.POSITIONAL_OR_KEYWORD)
        self.optional_tables = frozenset(key for key in self.tables if signature.parameters[key].default is None)
        self.parameters = {key: each for key, each in kinds if each.kind is each.KEYWORD_ONLY}
        self._outer = {key: words.get(key, key) for key in self.parameters}
        self._inner = {outer: key for key, outer in self._outer.items()}

    @property
    def summary(self) -> str:
        """The first line of what the formula says about itself."""
        return (self.__doc__ or "").strip().split("\n")[0]

    def outer(self, parameter: str) -> str:
        """Return what a parameter is called outside Python (``from`` for ``from_``)."""
        return self._outer[parameter]

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> Answer:
        """Answer the question for these tables and parameters."""
        return self._signed(self.formula(*args, **kwargs))

    def answer(self, tables: Mapping[str, pl.DataFrame], parameters: Mapping[str, Any]) -> Answer:
        """Answer for tables and parameters by their outer names.

        Raises InvalidInput for a missing table, a missing parameter and one that the measure does not know.
        """
        for table in self.tables:
            if table not in tables and table not in self.optional_tables:
                raise InvalidInput(table, "the table is missing", f"{self.name} needs: {', '.join(self.tables)}")
        for outer in parameters:
            if outer not in self._inner:
                known = ", ".join(self._inner) or "none"
                raise InvalidInput(outer, f"{self.name} has no such parameter", f"It knows: {known}")
        for key, each in self.parameters.items():
            if each.default is each.empty and self._outer[key] not in parameters:
                raise InvalidInput(self._outer[key], f"{self.name} needs this parameter", "Give it a value")
        chosen = {self._inner[outer]: value for outer, value in parameters.items()}
        formula: Callable[..., Found] = self.formula
        return self._signed(formula(**{key: tables[key] for key in self.tables if key in tables}, **chosen))

    def _signed(self, found: Found) -> Answer:
        return Answer(
            method=self.name,
            version=self.version,
            source=self.source,
            values=found.values,
            n=found.n,
            excluded={why: count for why, count in found.excluded.items() if count},
            warnings=tuple(found.warnings),
            seed=found.seed,
        )


ALL: dict[str, Measure[Any]] = {}
"""Every measure by name, filled as the rooms are imported (``measures.everything``)."""


def measure(
    name: str, *, version: int, source: str, words: Mapping[str, str] | None = None
) -> Callable[[Callable[P, Found]], Measure[P]]:
    """Make a formula a measure and put it on the list.

    words: parameter → its name outside Python, where Python has the word taken.
    """

    def made(formula: Callable[P, Found]) -> Measure[P]:
        if name in ALL:
            raise ValueError(f"two measures are called {name}")
        ALL[name] = found = Measure(formula, name=name, version=version, source=source, words=words or {})
        return found

    return made


def named(name: str) -> Measure[Any]:
    """Return the measure of that name. Raises UnknownMeasure."""
    if name not in ALL:
        raise UnknownMeasure(f"There is no measure «{name}». `tillit measures list` names them all.")
    return ALL[name]
