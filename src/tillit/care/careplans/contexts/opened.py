"""Which form stands open in the plan, and where it posts."""

from dataclasses import dataclass, field
from typing import Literal

from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.care.careplans import examples

Choice = tuple[str, str]
FormKind = Literal["need", "goal", "intervention", "progress"]


@dataclass(frozen=True, slots=True)
class Opened:
    """Which form stands open in the page. subject_id: what is changed, None for a new one."""

    kind: FormKind
    subject_id: int | None = None
    under_id: int | None = field(
        default=None, metadata={"help": "The need of a new goal, the goal of a new intervention"}
    )
    example: str = ""


@dataclass(frozen=True, slots=True)
class OpenForm:
    """The open form: where it stands, where it posts, and examples to start from."""

    kind: FormKind
    subject_id: int | None
    under_id: int | None
    heading: str
    action: str
    cancel_href: str
    save_label: str
    preview_href: str = ""
    examples: tuple[Choice, ...] = field(default=(), metadata={"help": "(label, address)"})
    autosave: str = field(default="", metadata={"help": "Key of the local draft; empty: none"})


def open_form(opened: Opened, citizen_id: int) -> OpenForm:
    """Draw the form that stands open on a citizen's plan page."""
    page_href = reverse("careplans:plan_edit", args=[citizen_id])
    is_new = opened.subject_id is None
    headings: dict[tuple[FormKind, bool], str] = {
        ("need", True): _("Nytt behov"),
        ("need", False): _("Endre behovet"),
        ("goal", True): _("Nytt mål"),
        ("goal", False): _("Endre målet"),
        ("intervention", True): _("Nytt tiltak"),
        ("intervention", False): _("Endre tiltaket"),
        ("progress", False): _("Hvordan går det?"),
        ("progress", True): _("Hvordan går det?"),
    }
    route = f"careplans:{'add' if is_new else 'change'}_{opened.kind}"
    arguments = [citizen_id] if is_new else [citizen_id, opened.subject_id]
    return OpenForm(
        kind=opened.kind,
        subject_id=opened.subject_id,
        under_id=opened.under_id,
        heading=headings[opened.kind, is_new],
        action=reverse("careplans:progress" if opened.kind == "progress" else route, args=arguments),
        cancel_href=page_href,
        save_label=_("Legg til") if is_new else _("Lagre"),
        preview_href=reverse("careplans:preview", args=[citizen_id]) if opened.kind == "intervention" else "",
        examples=_examples(opened, page_href) if is_new else (),
        autosave="" if opened.example else f"plan-{citizen_id}-{opened.kind}-{opened.subject_id or 'new'}",
    )


def _examples(opened: Opened, page_href: str) -> tuple[Choice, ...]:
    if opened.kind == "goal":
        under = f"&behov={opened.under_id}" if opened.under_id else ""
        return tuple(
            (f"«{one.words}»", f"{page_href}?skriv=mal{under}&eksempel={one.code}#skjema") for one in examples.GOALS
        )
    if opened.kind == "intervention":
        under = f"&mal={opened.under_id}" if opened.under_id else ""
        return tuple(
            (str(one.title), f"{page_href}?skriv=tiltak{under}&eksempel={one.code}#skjema")
            for one in examples.INTERVENTIONS
        )
    return ()
