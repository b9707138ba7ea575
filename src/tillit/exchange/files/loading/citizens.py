"""Citizens: known again by the record system's id, else by national id. Written by the citizens' own rules."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.utils.translation import gettext as _

from tillit.care.citizens import actions, rules
from tillit.care.citizens.actions import Incoming, Outlook
from tillit.care.citizens.queries import ResponsibleKind
from tillit.care.citizens.views import numbers_accepted
from tillit.care.needs.actions.taking_in import is_new, take_in_words, words_among
from tillit.exchange.files.checking import Problem, Row
from tillit.exchange.files.loading.identity import OWN, citizens_of
from tillit.exchange.files.loading.outcome import Outcome
from tillit.exchange.files.loading.reach import Known
from tillit.foundation.workforce.queries import Works, works_by_number
from tillit.kernel import clock
from tillit.kernel.national_id import NationalId

_RESPONSIBLE = {
    "service_responsible": ResponsibleKind.SERVICE_RESPONSIBLE.value,
    "primary_contact": ResponsibleKind.PRIMARY_CONTACT.value,
}


def compare(rows: Sequence[Row], known: Known) -> Outcome:
    """Return what writing the rows would do, and what is wrong with them."""
    outcome = Outcome(problems=_problems(rows, known))
    bad = {problem.row for problem in outcome.problems if problem.stops}
    good = [row for row in rows if row.number not in bad]
    incoming = _incoming(good, known)
    words = words_among(row.citizen_id for row in incoming if row.citizen_id is not None)
    coming = [known.path_of(code) for code, path in known.unit_paths.items() if not path]
    outlooks = actions.foresee_citizens(
        actor=known.actor, rows=incoming, numbers=numbers_accepted(), on=known.today, coming=coming
    )
    for row, one, outlook in zip(good, incoming, outlooks, strict=True):
        outcome.problems += _about(row, outlook)
        if outlook.steps is None:
            continue
        if outlook.is_new:
            outcome.created += 1
        elif outlook.steps.is_nothing and not is_new(_text(row, "words"), words.get(one.citizen_id or 0, frozenset())):
            outcome.unchanged += 1
        else:
            outcome.changed += 1
    return outcome


def write(rows: Sequence[Row], known: Known, *, today: date) -> Outcome:
    """Let the citizens' app take the rows in, and the needs' app what they say matters. The rows passed `compare`."""
    at = clock.now()
    done = actions.take_in_citizens(
        actor=known.actor, rows=_incoming(rows, known), numbers=numbers_accepted(), on=today, at=at
    )
    told = {pk: str(row.values["words"]) for pk, row in zip(done.citizen_ids, rows, strict=True) if row.values["words"]}
    said = take_in_words(actor=known.actor, words=told, on=today, at=at)
    changed = (done.changed | said) - done.registered
    return Outcome(
        created=len(done.registered), changed=len(changed), unchanged=len(rows) - len(done.registered) - len(changed)
    )


def _incoming(rows: Sequence[Row], known: Known) -> list[Incoming]:
    """What the rows say, in the citizens' own words."""
    stored = citizens_of(rows)
    named = {str(row.values[column]) for row in rows for column in _RESPONSIBLE if row.values[column]}
    workers = _workers(named, known)
    return [Incoming(_told(row, known, workers), stored.get(str(row.values["key"]))) for row in rows]


def _workers(numbers: set[str], known: Known) -> dict[str, rules.Worker]:
    """The employees that rows name: as they are stored, and as the same file tells of them."""
    stored = works_by_number(numbers, on=known.today)
    found = {}
    for number in numbers:
        works = stored.get(number, Works("", frozenset()))
        told = known.coming_employees.get(number)
        paths = {known.path_of(code) for code in told.unit_codes} if told else set()
        found[number] = rules.Worker(number, told.profession if told else works.profession, works.paths | paths)
    return found


def _told(row: Row, known: Known, workers: Mapping[str, rules.Worker]) -> rules.Told:
    values = row.values
    key = str(values["key"])
    number = values["national_id"]
    return rules.Told(
        facts=rules.Facts(
            given_name=_text(row, "given_name"),
            family_name=_text(row, "family_name"),
            born_on=row.day("born_on"),
            phone=_text(row, "phone"),
            language=_text(row, "language"),
        ),
        home=rules.HomeText(
            street=_text(row, "street"),
            postal_code=_text(row, "postal_code"),
            place=_text(row, "place"),
            floor=_text(row, "floor"),
            latitude=_coordinate(values["latitude"]),
            longitude=_coordinate(values["longitude"]),
            way_in=_text(row, "way_in"),
        ),
        path=known.path_of(_unit_of(row, known)),
        key="" if key.startswith(OWN) else key,
        number=number.value if isinstance(number, NationalId) else "",
        responsible={kind: workers[str(values[column])] for column, kind in _RESPONSIBLE.items() if values[column]},
        kin=rules.Kin(_text(row, "kin_name"), _text(row, "kin_relation"), _text(row, "kin_phone")),
    )


def _text(row: Row, column: str) -> str:
    return str(row.values[column] or "")


def _coordinate(value: object) -> float | None:
    return None if value is None else round(float(str(value)), 7)


def _unit_of(row: Row, known: Known) -> str:
    return str(row.values["unit"] or known.unit_by_postal_code.get(str(row.values["postal_code"]), ""))


def _about(row: Row, outlook: Outlook) -> list[Problem]:
    """What the citizens' own rules say of a row."""
    if outlook.refused is not None:
        return [Problem("citizens", row.number, _column_of(outlook.refused), outlook.refused.text)]
    found = [Problem("citizens", row.number, *_left_out(what, kind), stops=False) for what, kind in _left_outs(outlook)]
    if outlook.is_new and row.values["national_id"] is None:
        found.append(
            Problem(
                "citizens",
                row.number,
                _("Fødselsnummer"),
                _("Uten nummer er identiteten ukjent til noen fyller det ut."),
                stops=False,
            )
        )
    return found


def _left_outs(outlook: Outlook) -> tuple[tuple[rules.LeftOut, str], ...]:
    return outlook.steps.left_out if outlook.steps else ()


def _column_of(refused: Exception) -> str:
    if isinstance(refused, actions.NumberRefused | actions.NumberTaken):
        return _("Fødselsnummer")
    if isinstance(refused, actions.UnitCannotFollow | actions.OutOfReach):
        return _("Team")
    if isinstance(refused, actions.StrangeFacts):
        return _("Fødselsdato")
    return ""


def _left_out(what: rules.LeftOut, kind: str) -> tuple[str, str]:
    """Which column, and why it is not read in. The rest of the row is."""
    column = _("Primærkontakt") if kind == ResponsibleKind.PRIMARY_CONTACT else _("Tjenesteansvarlig")
    match what:
        case rules.LeftOut.HOME_AHEAD:
            return _("Gateadresse"), _("En flytting er skrevet inn med en senere dato. Adressen i fila leses ikke inn.")
        case rules.LeftOut.UNIT_AHEAD:
            return _("Team"), _("Et bytte av team er skrevet inn med en senere dato. Teamet i fila leses ikke inn.")
        case rules.LeftOut.UNIT_HAS_PART:
            return _("Team"), _("Teamet følger en del av hjelpen fra før. Endre det på siden til brukeren.")
        case rules.LeftOut.NOT_TRAINED:
            return column, _("Tjenesteansvarlig er sykepleier, vernepleier eller terapeut. Feltet leses ikke inn.")
        case rules.LeftOut.NOT_A_COLLEAGUE:
            return column, _("Den ansatte arbeider ikke i teamet som følger brukeren. Feltet leses ikke inn.")
        case rules.LeftOut.RESPONSIBLE_AHEAD:
            return column, _("Noen er valgt fra en senere dato. Feltet leses ikke inn.")


def _problems(rows: Sequence[Row], known: Known) -> list[Problem]:
    """What is wrong with what the rows point at. The rest the citizens' own rules say (`_about`)."""
    found: list[Problem] = []
    for row in rows:
        if not str(row.values["postal_code"]).isdigit() or len(str(row.values["postal_code"])) != 4:
            found.append(Problem("citizens", row.number, _("Postnummer"), _("Postnummeret skal ha fire sifre.")))
        unit = _unit_of(row, known)
        if not unit:
            found.append(
                Problem(
                    "citizens",
                    row.number,
                    _("Team"),
                    _("Ingen team har dette postnummeret. Skriv koden til teamet, eller legg postnummeret på et team."),
                )
            )
        elif problem := known.unit_problem("citizens", row.number, _("Team"), unit):
            found.append(problem)
        for field, header in (("service_responsible", _("Tjenesteansvarlig")), ("primary_contact", _("Primærkontakt"))):
            if row.values[field] and str(row.values[field]) not in known.employee_numbers:
                found.append(
                    Problem(
                        "citizens",
                        row.number,
                        header,
                        _("Ansattnummer «%(number)s» finnes ikke.") % {"number": row.values[field]},
                    )
                )
        if row.values["latitude"] is None or row.values["longitude"] is None:
            found.append(
                Problem(
                    "citizens",
                    row.number,
                    _("Breddegrad"),
                    _("Uten koordinater regner vi reisetid fra midten av teamets område."),
                    stops=False,
                )
            )
    return found
