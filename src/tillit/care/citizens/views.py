"""Forms about citizens. Each press is one action; what was typed stays when something is refused."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms as django_forms
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from tillit.care.citizens import actions, contexts, forms, permissions, queries, rules
from tillit.foundation.access.guard import ActorRequest, requires
from tillit.foundation.organisation import queries as organisation
from tillit.kernel import clock, oslo
from tillit.kernel.errors import ActionRefused, ChangedMeanwhile
from tillit.kernel.geo import Place
from tillit.ui import formats, toasts

_FORM = require_http_methods(["GET", "POST"])


def numbers_accepted() -> rules.Numbers:
    """Return which numbers of persons this installation accepts: real ones in production, invented ones elsewhere."""
    return rules.Numbers.REAL if settings.ENV.mode == "production" else rules.Numbers.SYNTHETIC


@never_cache
@_FORM
@requires(permissions.REGISTER_CITIZEN)
def register(request: ActorRequest) -> HttpResponse:
    """Register a citizen. The area of the address suggests a team; the person decides."""
    at = clock.now()
    today = oslo.day_of(at)
    units = _units(request, on=today)
    form = forms.RegisterForm(
        request.POST or None, units=units, initial={"valid_from": today, "unit": units[0][0] if len(units) == 1 else ""}
    )
    suggestion = ""
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        suggestion = _other_team(data, chosen=data["unit"], on=data["valid_from"])
        if not suggestion or "confirmed" in request.POST:
            try:
                citizen = actions.register_citizen(
                    actor=request.actor,
                    given_name=data["given_name"],
                    family_name=data["family_name"],
                    call_name=data["call_name"],
                    number=data["number"],
                    numbers=numbers_accepted(),
                    born_on=data["born_on"],
                    phone=data["phone"],
                    language=data["language"],
                    needs_interpreter=data["needs_interpreter"],
                    lives_alone=data["lives_alone"],
                    home=form.text(),
                    unit_id=data["unit"],
                    valid_from=data["valid_from"],
                    at=at,
                )
            except (actions.NumberRefused, actions.NumberTaken) as refused:
                form.add_error("number", refused.text)
            except ActionRefused as refused:
                form.add_error(None, refused.text)
            else:
                if data["valid_from"] > today:
                    toasts.say(request, _("Brukeren er registrert, og står i lista fra dagen du valgte."))
                    return redirect("citizens:list")
                toasts.say(request, _("Brukeren er registrert."))
                return redirect("citizens:page", citizen.pk)
    page = contexts.register_page(suggestion=suggestion)
    status = 422 if form.is_bound and (form.errors or suggestion) else 200
    return render(request, "citizens/register.html", {"page": page, "form": form}, status=status)


@never_cache
@_FORM
@requires(permissions.NAME_RESPONSIBLE)
def responsible(request: ActorRequest, citizen_id: int) -> HttpResponse:
    """Name service-responsible, primary contact and therapist, with deputies: one form for each task."""
    at = clock.now()
    found = contexts.opened(actor=request.actor, citizen_id=citizen_id, at=at)
    colleagues = queries.colleagues_of(citizen_id, on=found.today)
    pressed = request.POST.get("task", "")
    tasks: list[contexts.Task] = []
    changed = False
    for kind in queries.ResponsibleKind:
        for is_deputy in (False, True):
            if kind is queries.ResponsibleKind.THERAPIST and is_deputy:
                continue
            code = f"{kind.value}:vara" if is_deputy else kind.value
            now = found.around.responsible(kind.value, deputy=is_deputy)
            form = forms.ResponsibleForm(
                request.POST if pressed == code else None,
                prefix=code.replace(":", "-").lower(),
                label=_("Vara for %(task)s") % {"task": str(kind.label).lower()} if is_deputy else str(kind.label),
                colleagues=[
                    (str(one.employee_id), f"{one.name}, {one.profession_name.lower()}")
                    for one in colleagues
                    if is_deputy or rules.may_answer(kind.value, profession=one.profession)
                ],
                initial={
                    "employee": now.employee_id if now else "",
                    "valid_from": found.today,
                    "seen": now.responsible_id if now else "",
                },
            )
            if pressed == code and form.is_valid():
                try:
                    actions.name_responsible(
                        actor=request.actor,
                        citizen_id=citizen_id,
                        kind=kind.value,
                        is_deputy=is_deputy,
                        employee_id=form.cleaned_data["employee"],
                        valid_from=form.cleaned_data["valid_from"],
                        seen_id=form.cleaned_data["seen"],
                        at=at,
                    )
                except ChangedMeanwhile as refused:
                    changed = True
                    form.add_error(None, _still(refused, now.employee_name if now else _("ingen")))
                    form.data = _with(request, f"{form.prefix}-seen", str(now.responsible_id) if now else "")
                except ActionRefused as refused:
                    form.add_error("employee", refused.text)
                else:
                    toasts.say(request, _("Lagret."))
                    return redirect("citizens:responsible", citizen_id)
            tasks.append(contexts.Task(code=code, title=str(form.fields["employee"].label), form=form))
    page = contexts.change_page(
        found.citizen,
        title=_("Ansvarlige"),
        lead=_("Den som eier planen og oppfølgingen, og den brukeren og de pårørende henvender seg til først."),
        submit=_("Lagre"),
    )
    status = 409 if changed else 422 if any(task.form.errors for task in tasks) else 200
    return render(request, "citizens/responsible.html", {"page": page, "tasks": tasks}, status=status)


@never_cache
@_FORM
@requires(permissions.CHANGE_WHEREABOUTS)
def whereabouts(request: ActorRequest, citizen_id: int) -> HttpResponse:
    """Say that the citizen is not at home."""
    at = clock.now()
    found = contexts.opened(actor=request.actor, citizen_id=citizen_id, at=at)
    now = next((line for line in found.around.away if line.from_at <= at), None)
    form = forms.AwayForm(
        request.POST or None,
        initial={
            "from_day": found.today,
            "from_clock": oslo.clock_of(at).replace(second=0),
            "seen": now.away_id if now else "",
        },
    )

    def do(data: dict[str, Any]) -> str:
        actions.set_away(
            actor=request.actor,
            citizen_id=citizen_id,
            kind=data["kind"],
            place=data["place"],
            from_at=form.from_at(),
            to_at=form.to_at(),
            next_step=data["next_step"],
            seen_id=data["seen"],
            at=at,
        )
        return _("Lagret. Besøkene er ikke avlyst av seg selv: se etter på arbeidslista.")

    def page(*, changed: bool) -> contexts.ChangePage:
        return contexts.change_page(
            found.citizen,
            title=_("Hvor er brukeren?"),
            lead=_("Teamet ser det på lista, på tavla og på arbeidslista med en gang."),
            now_title=_("Står nå"),
            lines=tuple(_away_line(line, today=found.today) for line in found.around.away),
            nothing=_("Brukeren er hjemme."),
            form_title=_("Ikke hjemme"),
            submit=_("Lagre"),
            changed_by_others=changed,
        )

    return _change(request, citizen_id, form, do, page, seen=now.away_id if now else None)


@never_cache
@require_POST
@requires(permissions.CHANGE_WHEREABOUTS)
def set_home(request: ActorRequest, citizen_id: int) -> HttpResponse:
    """Say that the citizen is at home now."""
    at = clock.now()
    actions.set_home(actor=request.actor, citizen_id=citizen_id, to_at=at, at=at)
    toasts.say(request, _("Brukeren er hjemme."))
    return redirect("citizens:page", citizen_id)


@never_cache
@_FORM
@requires(permissions.CHANGE_NETWORK)
def network(request: ActorRequest, citizen_id: int) -> HttpResponse:
    """The citizen's own people: add one, or take one out."""
    at = clock.now()
    found = contexts.opened(actor=request.actor, citizen_id=citizen_id, at=at)
    if "end" in request.POST:
        actions.end_network_member(actor=request.actor, citizen_id=citizen_id, member_id=_number(request, "end"), at=at)
        toasts.say(request, _("Tatt ut av lista. Det som stod, er tatt vare på."))
        return redirect("citizens:network", citizen_id)
    form = forms.NetworkForm(request.POST or None)

    def do(data: dict[str, Any]) -> str:
        actions.add_network_member(actor=request.actor, citizen_id=citizen_id, at=at, **data)
        return _("Lagt til.")

    def page(*, changed: bool) -> contexts.ChangePage:
        return contexts.change_page(
            found.citizen,
            title=_("Egne folk"),
            lead=_("De som står brukeren nær, og andre som hjelper. Pårørende er en del av planen."),
            now_title=_("Står nå"),
            lines=tuple(
                contexts.Line(
                    title=line.name,
                    note=" · ".join(part for part in (line.relation or line.kind_name, line.phone, line.note) if part),
                    end_name="end",
                    end_value=str(line.member_id),
                    end_label=_("Ta ut"),
                )
                for line in found.around.network
            ),
            nothing=_("Ingen er skrevet inn ennå."),
            form_title=_("Legg til"),
            submit=_("Legg til"),
            changed_by_others=changed,
        )

    return _change(request, citizen_id, form, do, page, stay="citizens:network")


@never_cache
@_FORM
@requires(permissions.CHANGE_WISHES)
def wishes(request: ActorRequest, citizen_id: int) -> HttpResponse:
    """Wishes about helpers: add one, or let one hold no longer."""
    at = clock.now()
    found = contexts.opened(actor=request.actor, citizen_id=citizen_id, at=at)
    if "end" in request.POST:
        actions.end_wish(actor=request.actor, citizen_id=citizen_id, wish_id=_number(request, "end"), at=at)
        toasts.say(request, _("Ønsket gjelder ikke lenger."))
        return redirect("citizens:wishes", citizen_id)
    colleagues = queries.colleagues_of(citizen_id, on=found.today)
    form = forms.WishForm(request.POST or None, colleagues=[(str(one.employee_id), one.name) for one in colleagues])
    genders = {"K": _("Kvinner"), "M": _("Menn")}

    def do(data: dict[str, Any]) -> str:
        actions.add_wish(
            actor=request.actor,
            citizen_id=citizen_id,
            kind=data["kind"],
            employee_id=form.employee_id(),
            gender=form.gender(),
            reason=data["reason"],
            at=at,
        )
        return _("Ønsket er skrevet ned. Forslag til arbeidslister tar hensyn til det.")

    def page(*, changed: bool) -> contexts.ChangePage:
        return contexts.change_page(
            found.citizen,
            title=_("Ønsker om hjelpere"),
            lead=_("«Skal ikke komme» blir aldri brutt av et forslag. Det andre tas med så langt det går."),
            now_title=_("Gjelder nå"),
            lines=tuple(
                contexts.Line(
                    title=f"{line.employee_name or genders.get(line.gender, '')}: {line.kind_name.lower()}",
                    note=line.reason,
                    end_name="end",
                    end_value=str(line.wish_id),
                    end_label=_("Gjelder ikke lenger"),
                )
                for line in found.around.wishes
            ),
            nothing=_("Ingen ønsker er skrevet ned."),
            form_title=_("Nytt ønske"),
            submit=_("Skriv ned ønsket"),
            changed_by_others=changed,
        )

    return _change(request, citizen_id, form, do, page, stay="citizens:wishes")


@never_cache
@_FORM
@requires(permissions.CHANGE_ALERTS)
def alerts(request: ActorRequest, citizen_id: int) -> HttpResponse:
    """What one must know before the door: add something, or let it hold no longer."""
    at = clock.now()
    found = contexts.opened(actor=request.actor, citizen_id=citizen_id, at=at)
    if "end" in request.POST:
        actions.end_alert(actor=request.actor, citizen_id=citizen_id, alert_id=_number(request, "end"), at=at)
        toasts.say(request, _("Varselet gjelder ikke lenger."))
        return redirect("citizens:alerts", citizen_id)
    form = forms.AlertForm(request.POST or None)

    def do(data: dict[str, Any]) -> str:
        actions.add_alert(actor=request.actor, citizen_id=citizen_id, kind=data["kind"], text=data["text"], at=at)
        return _("Varselet står øverst på siden og på telefonen.")

    def page(*, changed: bool) -> contexts.ChangePage:
        return contexts.change_page(
            found.citizen,
            title=_("Varsler"),
            lead=_("Det en må vite før en går inn. Kort, og bare det som trengs."),
            now_title=_("Gjelder nå"),
            lines=tuple(
                contexts.Line(
                    title=line.text,
                    note=line.kind_name,
                    end_name="end",
                    end_value=str(line.alert_id),
                    end_label=_("Gjelder ikke lenger"),
                )
                for line in found.around.alerts
            ),
            nothing=_("Ingen varsler."),
            form_title=_("Nytt varsel"),
            submit=_("Legg til varselet"),
            changed_by_others=changed,
        )

    return _change(request, citizen_id, form, do, page, stay="citizens:alerts")


@never_cache
@_FORM
@requires(permissions.CHANGE_HOME)
def home(request: ActorRequest, citizen_id: int) -> HttpResponse:
    """A new address. The area suggests which team follows her there; the person decides."""
    at = clock.now()
    found = contexts.opened(actor=request.actor, citizen_id=citizen_id, at=at)
    now = queries.last_home(citizen_id)
    form = forms.MoveForm(
        request.POST or None,
        units=_units(request, on=found.today, everywhere=True),
        initial={"moves_on": found.today, "seen": now.home_id if now else ""},
    )

    def do(data: dict[str, Any]) -> str:
        actions.change_home(
            actor=request.actor,
            citizen_id=citizen_id,
            home=form.text(),
            moves_on=data["moves_on"],
            unit_id=data["unit"],
            seen_home_id=data["seen"],
            at=at,
        )
        suggested = _team_for(data, on=data["moves_on"])
        followers = queries.unit_ids_of((citizen_id,), on=data["moves_on"])[citizen_id]
        if suggested is not None and suggested not in followers:
            name = organisation.names_of((suggested,)).get(suggested, "")
            return _("Adressen er lagret. Den hører til %(team)s: avtal hvem som skal følge brukeren.") % {"team": name}
        return _("Adressen er lagret.")

    def page(*, changed: bool) -> contexts.ChangePage:
        lines: tuple[contexts.Line, ...] = ()
        if now is not None:
            lines = (
                contexts.Line(
                    title=", ".join(part for part in (now.street, now.floor) if part),
                    note=_("%(town)s, fra %(day)s")
                    % {"town": f"{now.postal_code} {now.place}", "day": formats.short_date(now.valid_from)},
                ),
            )
        return contexts.change_page(
            found.citizen,
            title=_("Ny adresse"),
            lead=_("Den gamle adressen blir stående som det som gjaldt før."),
            now_title=_("Bor nå"),
            lines=lines,
            nothing=_("Ingen adresse er skrevet inn."),
            form_title=_("Ny adresse"),
            submit=_("Lagre adressen"),
            changed_by_others=changed,
        )

    return _change(request, citizen_id, form, do, page, seen=now.home_id if now else None, after="citizens:list")


@never_cache
@_FORM
@requires(permissions.CHANGE_HOME)
def way_in(request: ActorRequest, citizen_id: int) -> HttpResponse:
    """How one gets in. The door code is written here, and never shown."""
    at = clock.now()
    found = contexts.opened(actor=request.actor, citizen_id=citizen_id, at=at)
    now = queries.last_home(citizen_id)
    form = forms.WayInForm(
        request.POST or None,
        initial={
            "way_in": now.way_in if now else "",
            "key_note": now.key_note if now else "",
            "practical": now.practical if now else "",
            "seen": now.home_id if now else "",
        },
    )

    def do(data: dict[str, Any]) -> str:
        actions.change_way_in(
            actor=request.actor,
            citizen_id=citizen_id,
            way_in=data["way_in"],
            key_note=data["key_note"],
            practical=data["practical"],
            door_code=form.code(),
            seen_home_id=data["seen"],
            at=at,
        )
        return _("Lagret.")

    def page(*, changed: bool) -> contexts.ChangePage:
        lines: tuple[contexts.Line, ...] = ()
        if changed and now is not None:
            lines = (
                contexts.Line(
                    title=now.way_in or _("Ingen vei inn er skrevet"),
                    note=" · ".join(part for part in (now.key_note, now.practical) if part),
                ),
            )
        return contexts.change_page(
            found.citizen,
            title=_("Vei inn"),
            lead=_("Det den som står ved døra trenger. Koden vises bare når noen ber om den."),
            now_title=_("Står der nå") if changed else "",
            lines=lines,
            form_title=_("Vei inn"),
            submit=_("Lagre"),
            changed_by_others=changed,
        )

    return _change(request, citizen_id, form, do, page, seen=now.home_id if now else None)


@never_cache
@_FORM
@requires(permissions.CHANGE_FOLLOWING)
def following(request: ActorRequest, citizen_id: int) -> HttpResponse:
    """Which team follows the citizen."""
    at = clock.now()
    found = contexts.opened(actor=request.actor, citizen_id=citizen_id, at=at)
    if "end" in request.POST:
        actions.stop_following(
            actor=request.actor,
            citizen_id=citizen_id,
            following_id=_number(request, "end"),
            valid_to=found.today,
            help_has_ended="help_has_ended" in request.POST,
            at=at,
        )
        toasts.say(request, _("Teamet følger ikke brukeren lenger."))
        return redirect("citizens:list")
    form = forms.FollowingForm(
        request.POST or None,
        units=_units(request, on=found.today, everywhere=True),
        initial={"valid_from": found.today},
    )

    def do(data: dict[str, Any]) -> str:
        if data["part"].strip():
            actions.follow_part(
                actor=request.actor,
                citizen_id=citizen_id,
                unit_id=data["unit"],
                part=data["part"],
                valid_from=data["valid_from"],
                at=at,
            )
        else:
            actions.hand_over(
                actor=request.actor,
                citizen_id=citizen_id,
                unit_id=data["unit"],
                valid_from=data["valid_from"],
                at=at,
            )
        return _("Lagret. De som er med i teamet, ser brukeren fra dagen du valgte.")

    def page(*, changed: bool) -> contexts.ChangePage:
        return contexts.change_page(
            found.citizen,
            title=_("Team"),
            lead=_("Et nytt team overtar hele oppfølgingen, eller følger en del av den ved siden av."),
            now_title=_("Følger brukeren"),
            lines=tuple(
                contexts.Line(
                    title=f"{line.unit_name}: {line.part}" if line.part else line.unit_name,
                    note=_("Fra %(day)s") % {"day": formats.short_date(line.valid_from)},
                    end_name="end" if line.part else "",
                    end_value=str(line.following_id),
                    end_label=_("Avslutt"),
                )
                for line in found.around.followings
            ),
            form_title=_("Nytt team"),
            submit=_("Lagre"),
            changed_by_others=changed,
        )

    return _change(request, citizen_id, form, do, page, after="citizens:list")


def _change(
    request: ActorRequest,
    citizen_id: int,
    form: django_forms.Form,
    do: Callable[[dict[str, Any]], str],
    page: Callable[..., contexts.ChangePage],
    *,
    seen: int | None = None,
    stay: str = "",
    after: str = "",
) -> HttpResponse:
    """Show the form, or do what it says.

    stay: the page to come back to; after: where to go when the citizen is out of reach afterwards.
    """
    status = 200
    changed = False
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                told = do(form.cleaned_data)
            except ChangedMeanwhile as refused:
                changed, status = True, 409
                form.data = _with(request, "seen", "" if seen is None else str(seen))
                form.add_error(None, refused.text)
            except ActionRefused as refused:
                form.add_error(None, refused.text)
            else:
                toasts.say(request, told)
                return _leave(request, citizen_id, stay=stay, after=after)
    return render(request, "citizens/change.html", {"page": page(changed=changed), "form": form}, status=status)


def _leave(request: ActorRequest, citizen_id: int, *, stay: str, after: str) -> HttpResponse:
    if stay:
        return redirect(stay, citizen_id)
    at = clock.now()
    if after and not queries.reachable(request.actor, on=oslo.day_of(at)).filter(pk=citizen_id).exists():
        return redirect(after)
    return redirect("citizens:page", citizen_id)


def _with(request: ActorRequest, name: str, value: str) -> Any:
    data = request.POST.copy()
    data[name] = value
    return data


def _still(refused: ChangedMeanwhile, name: str) -> str:
    return _("%(text)s Nå står %(name)s.") % {"text": refused.text, "name": name}


def _number(request: ActorRequest, name: str) -> int:
    text = request.POST.get(name, "")
    return int(text) if text.isdigit() else 0


def _units(request: ActorRequest, *, on: date, everywhere: bool = False) -> list[tuple[str, Any]]:
    """Return the teams to choose among: those she works in, or all in the municipality."""
    kinds = ("TEAM", "WORK_GROUP", "SPECIAL_TEAM")
    if everywhere:
        found = [unit for unit in organisation.all_units(actor=request.actor, on=on) if unit.kind in kinds]
    else:
        found = organisation.units_of(request.actor, on=on)
    return [(str(unit.pk), unit.name) for unit in found]


def _team_for(data: dict[str, Any], *, on: date) -> int | None:
    place = None
    if data.get("latitude") is not None and data.get("longitude") is not None:
        place = Place(data["latitude"], data["longitude"])
    return organisation.unit_for_address(place=place, postal_code=data["postal_code"], on=on)


def _other_team(data: dict[str, Any], *, chosen: int, on: date) -> str:
    suggested = _team_for(data, on=on)
    if suggested is None or suggested == chosen:
        return ""
    return organisation.names_of((suggested,)).get(suggested, "")


def _away_line(line: queries.AwayLine, *, today: date) -> contexts.Line:
    note = _("Fra %(when)s") % {"when": formats.near_moment(line.from_at, today=today)}
    if line.to_at is not None:
        note = _("%(note)s til %(when)s") % {"note": note, "when": formats.near_moment(line.to_at, today=today)}
    title = f"{line.kind_name}, {line.place}" if line.place else line.kind_name
    return contexts.Line(title=title, note=" · ".join(part for part in (note, line.next_step) if part))
