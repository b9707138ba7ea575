"""The map beside a proposal: the routes that would change the most, as they would be."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from tillit.teamwork.planning import words
from tillit.teamwork.planning.contexts.places import mark_of
from tillit.teamwork.planning.queries import ChangeLine, TeamDay
from tillit.teamwork.planning.rules import changes as change_rules
from tillit.ui.parts import Column, DataTable, Key, KeyItem, Map, MapRoute, MapStop, TableRow

MOST_ROUTES = 4


def proposal_map(team_day: TeamDay, pending: Sequence[ChangeLine]) -> tuple[Map | None, Key | None]:
    """The routes of those whose lists would change the most, at most MOST_ROUTES, with the proposal in."""
    day = team_day.day
    touched: dict[int, int] = {}
    new: set[tuple[int, int]] = set()
    rows = day.rows
    for change in pending:
        before = {(row.visit_id, row.employee_id) for row in change.before}
        for row in change.after:
            if (row.visit_id, row.employee_id) not in before:
                touched[row.employee_id] = touched.get(row.employee_id, 0) + 1
                new.add((row.visit_id, row.employee_id))
        rows = change_rules.replaced(rows, {row.visit_id for row in (*change.before, *change.after)}, change.after)
    shown = [
        employee_id
        for employee_id, _count in sorted(touched.items(), key=lambda each: (-each[1], each[0]))
        if employee_id in day.worker_by_id
    ][:MOST_ROUTES]
    if not shown:
        return None, None
    after = day.with_rows(rows)
    stops: list[MapStop] = []
    routes: list[MapRoute] = []
    table: list[TableRow] = []
    seen: set[int] = set()
    for employee_id in shown:
        worker = day.worker_by_id[employee_id]
        points = [worker.start_place]
        for number, row in enumerate(after.rows_of_worker.get(employee_id, ()), start=1):
            call = after.call_by_id[row.visit_id]
            brief = team_day.briefs.get(call.citizen_id)
            name = brief.family_name if brief else ""
            table.append(TableRow((worker.name, str(number), name, words.clock(row.starts_at))))
            seen.add(row.visit_id)
            if call.place is None:
                continue
            points.append(call.place)
            title = f"{name}, {words.clock(row.starts_at)}, {worker.name}"
            is_new = (row.visit_id, employee_id) in new
            stops.append(
                MapStop(call.place, str(number), title, worker.colour, is_new, name if is_new and len(new) <= 6 else "")
            )
        points.append(worker.start_place)
        routes.append(MapRoute(worker.name, tuple(points), worker.colour))
    faint = [
        MapStop(call.place, "", "", 0) for call in day.calls if call.place is not None and call.visit_id not in seen
    ]
    people = words.joined([day.worker_by_id[employee_id].given_name for employee_id in shown])
    return (
        Map(
            id="proposal-map",
            label=_("Rutene til %(people)s med forslaget") % {"people": people},
            table=DataTable(
                caption=_("Rutene med forslaget"),
                columns=(Column(_("Hvem")), Column(_("Nummer")), Column(_("Bruker")), Column(_("Kl."))),
                rows=tuple(table),
                stack=False,
            ),
            stops=(*faint, *stops),
            routes=tuple(routes),
            note=_(
                "Skjematisk, med rutene som endres mest. Tallene er rekkefølgen, rød ring er nytt på ruta. "
                "Grå prikker er andre brukere."
            ),
        ),
        Key(
            _("Hvem rutene er til"),
            tuple(
                KeyItem(day.worker_by_id[employee_id].given_name, mark_of(day.worker_by_id[employee_id]).small())
                for employee_id in shown
            ),
        ),
    )
