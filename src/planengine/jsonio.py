"""Problems, parameters and results as versioned JSON, described in docs/planengine-format.md.

Reading refuses what it does not know: InvalidProblem names the field, what is wrong and what to do.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, TypeVar

import numpy as np

from planengine.changes import Change
from planengine.errors import InvalidProblem
from planengine.explain import Explanation
from planengine.parameters import Params
from planengine.problem import (
    Break,
    Citizen,
    Helper,
    Link,
    Meeting,
    Place,
    Problem,
    ReferenceAssignment,
    Visit,
    Window,
    WorkPeriod,
)
from planengine.result import (
    Component,
    Ended,
    Evaluation,
    HelperTotal,
    Plan,
    Reason,
    Result,
    StopKind,
    Tour,
    TourStop,
    Uncovered,
    WayOut,
    WayOutKind,
    Why,
)
from planengine.travel.source import TravelSource, travel_matrices
from planengine.weights import Weights

PROBLEM_FORMAT = "planengine.problem"
RESULT_FORMAT = "planengine.result"
VERSION = 1

Json = dict[str, Any]
T = TypeVar("T")


# -- reading, with the path of every field ---------------------------------------------------------------------


class _Fields:
    """One JSON object being read; remembers where it stands and which fields were asked for."""

    def __init__(self, data: object, where: str) -> None:
        if not isinstance(data, Mapping):
            raise InvalidProblem(where or "the file", f"{_kind(data)} is not an object", "Give { ... }.")
        self.data = data
        self.where = where
        self.asked: set[str] = set()

    def path(self, name: str) -> str:
        return f"{self.where}.{name}" if self.where else name

    def take(self, name: str, read: Callable[[object, str], T], default: T | None = None) -> T:
        self.asked.add(name)
        if name not in self.data:
            if default is None:
                raise InvalidProblem(self.path(name), "it is missing", "Add the field.")
            return default
        return read(self.data[name], self.path(name))

    def maybe(self, name: str, read: Callable[[object, str], T]) -> T | None:
        self.asked.add(name)
        value = self.data.get(name)
        return None if value is None else read(value, self.path(name))

    def done(self) -> None:
        if unknown := sorted(str(name) for name in self.data if name not in self.asked):
            raise InvalidProblem(
                self.path(unknown[0]),
                "there is no such field",
                f"Remove it or use one of: {', '.join(sorted(self.asked))}.",
            )


def _kind(value: object) -> str:
    return "null" if value is None else f"a {type(value).__name__}"


def _whole(value: object, where: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise InvalidProblem(where, f"{_shown(value)} is not a whole number", "Give a whole number, such as 3600.")
    return value


def _number(value: object, where: str) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise InvalidProblem(where, f"{_shown(value)} is not a number", "Give a number.")
    return float(value)


def _text(value: object, where: str) -> str:
    if not isinstance(value, str):
        raise InvalidProblem(where, f"{_shown(value)} is not text", 'Give text in quotation marks, "like this".')
    return value


def _flag(value: object, where: str) -> bool:
    if not isinstance(value, bool):
        raise InvalidProblem(where, f"{_shown(value)} is neither true nor false", "Give true or false.")
    return value


def _shown(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 40 else text[:37] + "..."


def _list(read: Callable[[object, str], T]) -> Callable[[object, str], tuple[T, ...]]:
    def read_list(value: object, where: str) -> tuple[T, ...]:
        if not isinstance(value, list):
            raise InvalidProblem(where, f"{_shown(value)} is not a list", "Give [ ... ].")
        return tuple(read(each, f"{where}[{position}]") for position, each in enumerate(value))

    return read_list


_wholes = _list(_whole)


def _ids(value: object, where: str) -> frozenset[int]:
    return frozenset(_wholes(value, where))


def _envelope(data: object, form: str) -> _Fields:
    fields = _Fields(data, "")
    found = fields.take("format", _text)
    if found != form:
        raise InvalidProblem("format", f"{found!r} is not {form!r}", f'Give a file whose "format" is "{form}".')
    version = fields.take("version", _whole)
    if version != VERSION:
        raise InvalidProblem("version", f"{version} is not known", f"This engine reads version {VERSION}.")
    return fields


# -- problems --------------------------------------------------------------------------------------------------


def problem_from_json(data: object, travel: TravelSource | None = None) -> Problem:
    """Read a problem. travel: source of travel times when the file brings none (default: the estimate).

    Raises InvalidProblem; TravelUnavailable when the source fails.
    """
    return day_from_json(data, travel)[0]


def day_from_json(data: object, travel: TravelSource | None = None) -> tuple[Problem, Params]:
    """Read a problem and the parameters that may stand beside it under "params"."""
    fields = _envelope(data, PROBLEM_FORMAT)
    places = fields.take("places", _list(_place))
    modes: tuple[str, ...] = fields.maybe("modes", _list(_text)) or ("car",)
    given = fields.maybe("travel", lambda value, where: _matrices(value, where, modes))
    params = fields.take("params", params_from_json, Params())
    kwargs: dict[str, Any] = {
        "places": places,
        "modes": modes,
        "helpers": fields.take("helpers", _list(_helper)),
        "citizens": fields.take("citizens", _list(_citizen)),
        "visits": fields.take("visits", _list(_visit)),
        "links": fields.maybe("links", _list(_link)) or (),
        "reference": fields.maybe("reference", _list(_reference)) or (),
        "name": fields.take("name", _text, ""),
        "ticks_per_minute": fields.take("ticks_per_minute", _whole, 60),
    }
    fields.done()
    matrices = given if given is not None else travel_matrices(places, modes, travel, kwargs["ticks_per_minute"])
    return Problem(travel=matrices, **kwargs), params


def _place(value: object, where: str) -> Place:
    fields = _Fields(value, where)
    place = Place(
        id=fields.take("id", _whole),
        ref=fields.take("ref", _text, ""),
        latitude=fields.maybe("latitude", _number),
        longitude=fields.maybe("longitude", _number),
    )
    fields.done()
    return place


def _matrices(value: object, where: str, modes: tuple[str, ...]) -> tuple[Any, ...]:
    fields = _Fields(value, where)
    matrices = []
    for mode in modes:
        rows = fields.take(mode, _list(_wholes))
        if len({len(row) for row in rows} | {len(rows)}) != 1:
            raise InvalidProblem(fields.path(mode), "it is not square", "Give as many columns as rows.")
        if rows and max(max(map(abs, row)) for row in rows) >= 2**62:
            raise InvalidProblem(fields.path(mode), "an entry is too large", "Give seconds.")
        matrices.append(np.array(rows, dtype=np.int64))
    fields.done()
    return tuple(matrices)


def _break(value: object, where: str) -> Break:
    fields = _Fields(value, where)
    rest = Break(
        duration=fields.take("duration", _whole),
        earliest=fields.take("earliest", _whole),
        latest_end=fields.take("latest_end", _whole),
        skip_cost=fields.maybe("skip_cost", _number),
        on_arrival=fields.take("on_arrival", _flag, False),
        ref=fields.take("ref", _text, ""),
    )
    fields.done()
    return rest


def _meeting(value: object, where: str) -> Meeting:
    fields = _Fields(value, where)
    meeting = Meeting(
        start=fields.take("start", _whole),
        duration=fields.take("duration", _whole),
        place=fields.maybe("place", _whole),
        ref=fields.take("ref", _text, ""),
    )
    fields.done()
    return meeting


def _period(value: object, where: str) -> WorkPeriod:
    fields = _Fields(value, where)
    period = WorkPeriod(
        start=fields.take("start", _whole),
        end=fields.take("end", _whole),
        start_place=fields.take("start_place", _whole),
        end_place=fields.take("end_place", _whole),
        breaks=fields.take("breaks", _list(_break), ()),
        meetings=fields.take("meetings", _list(_meeting), ()),
    )
    fields.done()
    return period


def _helper(value: object, where: str) -> Helper:
    fields = _Fields(value, where)
    helper = Helper(
        id=fields.take("id", _whole),
        periods=fields.take("periods", _list(_period)),
        competences=fields.take("competences", _ids, frozenset()),
        level=fields.take("level", _whole, 0),
        mode=fields.take("mode", _whole, 0),
        max_overtime=fields.take("max_overtime", _whole, 0),
        ref=fields.take("ref", _text, ""),
    )
    fields.done()
    return helper


def _known(value: object, where: str) -> tuple[int, float]:
    fields = _Fields(value, where)
    pair = (fields.take("helper", _whole), fields.take("share", _number))
    fields.done()
    return pair


def _citizen(value: object, where: str) -> Citizen:
    fields = _Fields(value, where)
    citizen = Citizen(
        id=fields.take("id", _whole),
        known=fields.take("known", _list(_known), ()),
        primary=fields.maybe("primary", _whole),
        must_not=fields.take("must_not", _ids, frozenset()),
        rather_not=fields.take("rather_not", _ids, frozenset()),
        rather=fields.take("rather", _ids, frozenset()),
        ref=fields.take("ref", _text, ""),
    )
    fields.done()
    return citizen


def _window(value: object, where: str) -> Window:
    fields = _Fields(value, where)
    window = Window(
        earliest=fields.take("earliest", _whole),
        latest=fields.maybe("latest", _whole),
        wish_to=fields.maybe("wish_to", _whole),
    )
    fields.done()
    return window


def _visit(value: object, where: str) -> Visit:
    fields = _Fields(value, where)
    visit = Visit(
        id=fields.take("id", _whole),
        citizen=fields.take("citizen", _whole),
        place=fields.take("place", _whole),
        duration=fields.take("duration", _whole),
        earliest=fields.take("earliest", _whole, 0),
        latest=fields.maybe("latest", _whole),
        wish_from=fields.maybe("wish_from", _whole),
        wish_to=fields.maybe("wish_to", _whole),
        windows=fields.take("windows", _list(_window), ()),
        competences=fields.take("competences", _ids, frozenset()),
        level=fields.take("level", _whole, 0),
        importance=fields.take("importance", _whole, 1),
        skip_cost=fields.take("skip_cost", _number, 0.0),
        helper=fields.maybe("helper", _whole),
        start=fields.maybe("start", _whole),
        ref=fields.take("ref", _text, ""),
    )
    fields.done()
    return visit


def _link(value: object, where: str) -> Link:
    fields = _Fields(value, where)
    link = Link(
        first=fields.take("first", _whole),
        second=fields.take("second", _whole),
        least=fields.take("least", _whole),
        most=fields.maybe("most", _whole),
        together=fields.take("together", _flag, False),
        different_helpers=fields.take("different_helpers", _flag, False),
    )
    fields.done()
    return link


def _reference(value: object, where: str) -> ReferenceAssignment:
    fields = _Fields(value, where)
    assignment = ReferenceAssignment(
        visit=fields.take("visit", _whole),
        helper=fields.take("helper", _whole),
        start=fields.take("start", _whole),
    )
    fields.done()
    return assignment


def params_from_json(value: object, where: str = "params") -> Params:
    """Read search parameters; a field left out keeps its default."""
    fields = _Fields(value, where)
    plain = Params()
    params = Params(
        weights=fields.take("weights", _weights, Weights()),
        allow_overtime=fields.take("allow_overtime", _flag, False),
        leave_late=fields.take("leave_late", _flag, False),
        from_reference=fields.take("from_reference", _flag, False),
        hot=fields.take("hot", _number, plain.hot),
        cold=fields.take("cold", _number, plain.cold),
        ruin_share=fields.take("ruin_share", _number, plain.ruin_share),
    )
    fields.done()
    return params


def _weights(value: object, where: str) -> Weights:
    fields = _Fields(value, where)
    weights = Weights(**{name: fields.take(name, _number, usual) for name, usual in Weights().as_dict().items()})
    fields.done()
    return weights


def problem_to_json(problem: Problem, params: Params | None = None) -> Json:
    """Write a problem so that problem_from_json reads the same again."""
    data: Json = {
        "format": PROBLEM_FORMAT,
        "version": VERSION,
        "name": problem.name,
        "ticks_per_minute": problem.ticks_per_minute,
        "places": [_plain(each) for each in problem.places],
        "modes": list(problem.modes),
        "travel": {mode: matrix.tolist() for mode, matrix in zip(problem.modes, problem.travel, strict=True)},
        "helpers": [_plain(each) for each in problem.helpers],
        "citizens": [
            {**_plain(each), "known": [{"helper": who, "share": share} for who, share in each.known]}
            for each in problem.citizens
        ],
        "visits": [_plain(each) for each in problem.visits],
        "links": [_plain(each) for each in problem.links],
        "reference": [_plain(each) for each in problem.reference],
    }
    if params is not None:
        data["params"] = params_to_json(params)
    return data


def params_to_json(params: Params) -> Json:
    """Write search parameters."""
    data: Json = _plain(params)
    return data


def _plain(value: Any) -> Any:
    """Turn dataclasses, tuples and sets into what json can write; None fields are left out."""
    if dataclasses.is_dataclass(value):
        pairs = ((each.name, getattr(value, each.name)) for each in dataclasses.fields(value) if each.init)
        return {name: _plain(part) for name, part in pairs if part is not None}
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, (tuple, list)):
        return [_plain(each) for each in value]
    return value


# -- results ---------------------------------------------------------------------------------------------------


def result_to_json(result: Result) -> Json:
    """Write a result."""
    return {
        "format": RESULT_FORMAT,
        "version": VERSION,
        "params": params_to_json(result.params),
        "seed": result.seed,
        "iterations": result.iterations,
        "seconds": result.seconds,
        "ended": str(result.ended),
        "tours": [_plain(tour) for tour in result.plan.tours],
        "uncovered": [_plain(each) for each in result.uncovered],
        "evaluation": _plain(result.evaluation),
    }


def result_from_json(data: object) -> Result:
    """Read a result that result_to_json wrote. Raises InvalidProblem."""
    fields = _envelope(data, RESULT_FORMAT)
    result = Result(
        plan=Plan(fields.take("tours", _list(lambda value, where: _record(Tour, value, where)))),
        evaluation=fields.take("evaluation", lambda value, where: _record(Evaluation, value, where)),
        uncovered=fields.take("uncovered", _list(lambda value, where: _record(Uncovered, value, where))),
        params=fields.take("params", params_from_json),
        seed=fields.take("seed", _whole),
        iterations=fields.take("iterations", _whole),
        seconds=fields.take("seconds", _number),
        ended=Ended(fields.take("ended", _choice(Ended))),
    )
    fields.done()
    return result


def _choice(kind: type[Any]) -> Callable[[object, str], str]:
    def read(value: object, where: str) -> str:
        names = [str(each) for each in kind]
        if value not in names:
            raise InvalidProblem(where, f"{_shown(value)} is not known", f"Use one of: {', '.join(names)}.")
        return str(value)

    return read


_NESTED: dict[tuple[type[Any], str], type[Any]] = {
    (Tour, "stops"): TourStop,
    (Evaluation, "components"): Component,
    (Evaluation, "helpers"): HelperTotal,
    (Uncovered, "reasons"): Reason,
    (Uncovered, "ways_out"): WayOut,
    (WayOut, "also"): WayOut,
}
_CHOICES: dict[tuple[type[Any], str], type[Any]] = {
    (TourStop, "kind"): StopKind,
    (Reason, "why"): Why,
    (WayOut, "kind"): WayOutKind,
}
_READERS: dict[str, Callable[[object, str], Any]] = {
    "int": _whole,
    "float": _number,
    "str": _text,
    "tuple[int, ...]": _wholes,
    "int | None": _whole,
    "float | None": _number,
}


def _record(kind: type[T], value: object, where: str) -> T:
    fields = _Fields(value, where)
    parts: dict[str, Any] = {}
    for each in dataclasses.fields(kind):  # type: ignore[arg-type]
        key = (kind, each.name)
        if key in _NESTED:
            parts[each.name] = fields.maybe(each.name, _list(partial(_record, _NESTED[key]))) or ()
        elif key in _CHOICES:
            parts[each.name] = _CHOICES[key](fields.take(each.name, _choice(_CHOICES[key])))
        elif str(each.type).endswith("None"):
            parts[each.name] = fields.maybe(each.name, _READERS[str(each.type)])
        else:
            parts[each.name] = fields.take(each.name, _READERS[str(each.type)])
    fields.done()
    return kind(**parts)


# -- what people ask about a result ----------------------------------------------------------------------------


def explanation_to_json(explanation: Explanation) -> Json:
    """Write why this helper and why then."""
    data: Json = _plain(explanation)
    return data


def changes_to_json(changes: tuple[Change, ...]) -> list[Json]:
    """Write single changes between two plans."""
    return [_plain(each) for each in changes]
