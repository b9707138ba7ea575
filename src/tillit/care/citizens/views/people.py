"""Who answers for a citizen, her own people, her wishes about helpers."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from tillit.care.citizens import actions, contexts, forms, permissions, queries, rules
from tillit.care.citizens.views.change import change, number_in, with_value
from tillit.foundation.access.guard import ActorRequest, requires
from tillit.kernel import clock
from tillit.kernel.errors import ActionRefused, ChangedMeanwhile
from tillit.ui import toasts

_FORM = require_http_methods(["GET", "POST"])


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
                    form.data = with_value(request, f"{form.prefix}-seen", str(now.responsible_id) if now else "")
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
@requires(permissions.CHANGE_NETWORK)
def network(request: ActorRequest, citizen_id: int) -> HttpResponse:
    """The citizen's own people: add one, or take one out."""
    at = clock.now()
    found = contexts.opened(actor=request.actor, citizen_id=citizen_id, at=at)
    if "end" in request.POST:
        actions.end_network_member(
            actor=request.actor, citizen_id=citizen_id, member_id=number_in(request, "end"), at=at
        )
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

    return change(request, citizen_id, form, do, page, stay="citizens:network")


@never_cache
@_FORM
@requires(permissions.CHANGE_WISHES)
def wishes(request: ActorRequest, citizen_id: int) -> HttpResponse:
    """Wishes about helpers: add one, or let one hold no longer."""
    at = clock.now()
    found = contexts.opened(actor=request.actor, citizen_id=citizen_id, at=at)
    if "end" in request.POST:
        actions.end_wish(actor=request.actor, citizen_id=citizen_id, wish_id=number_in(request, "end"), at=at)
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

    return change(request, citizen_id, form, do, page, stay="citizens:wishes")


def _still(refused: ChangedMeanwhile, name: str) -> str:
    return _("%(text)s Nå står %(name)s.") % {"text": refused.text, "name": name}
