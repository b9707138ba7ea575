"""The tags that draw the design kit. Reference and examples: docs/design-kit.md.

Three kinds, and no others:

- `{% part value %}` draws a value from `tillit.ui.parts` with the component's own template;
- `{% icon %}`, `{% tag %}`, `{% button %}`, `{% field %}` and a few more draw one small thing from plain words;
- `{% panel %} … {% endpanel %}` and its like wrap what stands between them, with `{% slot name %}` for the rest.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import template
from django.contrib.messages import get_messages
from django.forms import BaseForm, BoundField
from django.forms.widgets import CheckboxInput, CheckboxSelectMultiple, HiddenInput, RadioSelect, Select
from django.middleware.csrf import get_token
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.template.base import token_kwargs as read_kwargs
from django.utils.functional import SimpleLazyObject
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from tillit.ui import drawn
from tillit.ui import toasts as toast_store
from tillit.ui.choice_text import ChoiceText
from tillit.ui.parts.part import Part
from tillit.ui.parts.planning import HourMark, Lane

register = template.Library()


@register.simple_tag
def icon(name: str, size: str = "", label: str = "") -> str:
    """An icon from the sprite. Without a label it is decoration and hidden from screen readers."""
    return drawn.icon(name, size, label)


@register.simple_tag(name="tag")
def draw_tag(text: str, color: str = "neutral", icon: str = "") -> str:
    """A short fact in a coloured box."""
    return drawn.tag(text, color, icon)


@register.simple_tag
def lane_track(lane: Lane, hours: Iterable[HourMark], now_slot: int, sheet: str) -> str:
    """What stands in a lane of the board: {% lane_track lane hours now_slot sheet %}."""
    return drawn.lane_track(lane, hours, now_slot, sheet)


@register.simple_tag
def button(
    label: str,
    variant: str = "primary",
    href: str = "",
    icon: str = "",
    icon_end: str = "",
    type: str = "",
    tight: bool = False,
    full: bool = False,
    color: str = "",
    describe: str = "",
    **attrs: Any,
) -> str:
    """A button, or a link that looks like one when it has an href. More attributes: hx_post=…, name=…, value=…"""
    own = {
        "href": href,
        "type": "" if href else (type or "button"),
        "data_variant": variant,
        "data_tight": tight,
        "data_fullwidth": full,
        "data_color": color,
    }
    element = "a" if href else "button"
    more = format_html('<span class="ds-sr-only"> {}</span>', describe) if describe else ""
    return format_html(
        '<{0} class="ds-button"{1}>{2}{3}{4}{5}</{0}>',
        element,
        drawn.attributes({**own, **attrs}),
        drawn.icon(icon),
        label,
        more,
        drawn.icon(icon_end),
    )


@register.simple_tag
def icon_button(label: str, icon: str, href: str = "", **attrs: Any) -> str:
    """A square button with an icon only. The label is read aloud."""
    own = {"href": href, "type": "" if href else "button", "aria_label": label}
    element = "a" if href else "button"
    return format_html(
        '<{0} class="ti-iconbtn"{1}>{2}</{0}>', element, drawn.attributes({**own, **attrs}), drawn.icon(icon)
    )


@register.simple_tag(takes_context=True)
def part(context: template.Context, value: Part | str | None) -> str:
    """Draw a part with its own template; plain text is escaped, None is nothing.

    The template sees the value and the CSRF token, nothing else of the page. The smallest have none: ui/drawn.py.
    """
    if value is None or value == "":
        return ""
    if not isinstance(value, Part):
        return conditional_escape(value)
    if draw := drawn.DRAWN.get(type(value)):
        return draw(value)
    assert context.template is not None
    drawing = context.template.engine.get_template(value.template())
    inner = context.new({value.variable(): value})
    if (token := csrf_of(context)) is not None:
        inner["csrf_token"] = token
    return drawing.render(inner)


def csrf_of(context: template.Context) -> Any:
    """The CSRF token, made when a form asks: from the context, or from the request where `only` has hidden it."""
    if (token := context.get("csrf_token")) is not None:
        return token
    request = getattr(context, "request", None)
    return SimpleLazyObject(lambda: get_token(request)) if request is not None else None


@register.filter
def part_name(value: object) -> str:
    """The variable name of a part, "text" for anything else: lets a template treat one kind by itself."""
    return value.variable() if isinstance(value, Part) else "text"


@register.simple_tag(takes_context=True)
def toasts(context: template.Context) -> list[toast_store.Toast]:
    """The messages that wait for this user: {% toasts as waiting %}."""
    request = context.get("request")
    return [] if request is None else toast_store.waiting(get_messages(request))


# ── Forms ──


def kind_of(bound: BoundField) -> str:
    """How the field is drawn: hidden, check (one box), choices (a list of boxes or rings), select or input."""
    widget = bound.field.widget
    if isinstance(widget, HiddenInput):
        return "hidden"
    if isinstance(widget, RadioSelect | CheckboxSelectMultiple):
        return "choices"
    if isinstance(widget, CheckboxInput):
        return "check"
    return "select" if isinstance(widget, Select) else "input"


@register.inclusion_tag("ui/field.html")
def field(
    bound: BoundField,
    label: str = "",
    help: str = "",
    short: bool = False,
    hint: str = "",
    optional: bool = True,
    first: int = 0,
    **attrs: Any,
) -> dict[str, Any]:
    """A form field with label, help and error.

    short: narrow, for dates and numbers. hint: beside the label, in grey («Én setning holder»).
    optional: False says nothing of «valgfritt» where a field may be empty for now, but not for good.
    first: of a long list of boxes, how many are open; the rest are folded, save those that are chosen. 0: all.
    """
    kind = kind_of(bound)
    help_text = help or bound.help_text
    described = [f"{bound.auto_id}_help"] if help_text else []
    described += [f"{bound.auto_id}_error"] if bound.errors else []
    narrow = short or "ti-short" in str(bound.field.widget.attrs.get("class", ""))
    classes = "ds-input ti-short" if narrow else "ds-input"
    widget_attrs: dict[str, Any] = {
        "class": classes,
        "aria-describedby": " ".join(described) or None,
        "aria-invalid": "true" if bound.errors else None,
        **{name.rstrip("_").replace("_", "-"): value for name, value in attrs.items()},
    }
    present = {name: value for name, value in widget_attrs.items() if value is not None}
    opened, folded = options_of(bound, first=first) if kind == "choices" else ([], [])
    return {
        "bound": bound,
        "kind": kind,
        "label": label or bound.label,
        "help_text": help_text,
        "hint": hint,
        "optional": optional and not bound.field.required,
        "control": "" if kind == "choices" else bound.as_widget(attrs=present),
        "options": opened,
        "folded": folded,
        "errors": errors_of(bound),
        "described": " ".join(described),
    }


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice of a list, as it is drawn. note, group: as `ChoiceText` has them; may be empty."""

    box: str
    identity: str
    words: str
    note: str
    group: str


def options_of(bound: BoundField, *, first: int = 0) -> tuple[list[Choice], list[Choice]]:
    """Each choice of a list, those in sight and those folded: the control, its id and its label."""
    opened: list[Choice] = []
    folded: list[Choice] = []
    for number, option in enumerate(bound):
        label, identity = option.choice_label, option.id_for_label
        note, group = (label.note, label.group) if isinstance(label, ChoiceText) else ("", "")
        described = f'aria-describedby="{identity}_note" ' if note else ""
        control = option.tag().replace("<input ", f'<input class="ds-input" {described}', 1)
        in_sight = not first or number < first or option.data["selected"]
        box = mark_safe(control)  # noqa: S308 - the widget's own HTML
        (opened if in_sight else folded).append(Choice(box, identity, str(label), note, group))
    return opened, folded


@register.inclusion_tag("ui/error_summary.html")
def error_summary(form: BaseForm, heading: str = "", level: str = "h2") -> dict[str, Any]:
    """Everything that is wrong with the form, each line a link to its field. Gets focus by itself."""
    lines = [
        (bound.id_for_label or bound.auto_id, text) for bound in form for text in errors_of(bound, with_label=True)
    ]
    return {"heading": heading, "level": level, "lines": lines, "others": list(form.non_field_errors())}


def errors_of(bound: BoundField, *, with_label: bool = False) -> list[str]:
    """What is wrong with a field, in plain words. In the summary each line names the field."""
    texts = []
    for problem in bound.form.errors.as_data().get(bound.name, []):
        told = str(problem.messages[0])
        empty = problem.code == "required"
        if not with_label:
            texts.append(_("Fyll ut dette.") if empty else told)
        elif empty:
            texts.append(_("Fyll ut «%(label)s»") % {"label": bound.label})
        else:
            texts.append(_("%(label)s: %(error)s") % {"label": str(bound.label).rstrip("?:."), "error": told})
    return texts


# ── Wrappers with slots ──


class SlotNode(template.Node):
    """{% slot name %}…{% endslot %}: a part of the wrapper around it. Drawn by the wrapper."""

    def __init__(self, name: str, nodelist: NodeList) -> None:
        self.name = name
        self.nodelist = nodelist

    def render(self, context: template.Context) -> SafeString:
        """A slot draws nothing where it stands."""
        return mark_safe("")


@register.tag
def slot(parser: Parser, token: Token) -> SlotNode:
    """{% slot head %}…{% endslot %} directly inside a wrapper."""
    bits = token.split_contents()
    if len(bits) != 2:
        raise template.TemplateSyntaxError("{% slot %} takes one name, without quotes")
    nodelist = parser.parse(("endslot",))
    parser.delete_first_token()
    return SlotNode(bits[1], nodelist)


def inside(nodelist: NodeList, context: template.Context) -> SafeString:
    """What stands between two tags, without the space around it. Escaped where it was drawn."""
    return mark_safe(nodelist.render(context).strip())  # noqa: S308 - drawn by Django, with its escaping


class WrapperNode(template.Node):
    """A component around other markup: arguments as keywords, the rest in slots, what is left is the body."""

    child_nodelists = ("nodelist",)

    def __init__(
        self, file: str, allowed: frozenset[str], kwargs: dict[str, FilterExpression], nodelist: NodeList
    ) -> None:
        self.file = file
        self.kwargs = kwargs
        self.slots = {node.name: node for node in nodelist if isinstance(node, SlotNode)}
        if unknown := set(self.slots) - allowed:
            raise template.TemplateSyntaxError(f"{file} has no slot {', '.join(sorted(unknown))}")
        self.nodelist = nodelist

    def render(self, context: template.Context) -> SafeString:
        """Draw body and slots with the page's context, then the wrapper with them alone."""
        values: dict[str, Any] = {name: value.resolve(context) for name, value in self.kwargs.items()}
        values |= {name: inside(node.nodelist, context) for name, node in self.slots.items()}
        values["body"] = inside(self.nodelist, context)
        assert context.template is not None
        return context.template.engine.get_template(self.file).render(context.new(values))


WRAPPERS: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "panel": (
        frozenset({"title", "id", "level", "hidden_title", "raw", "tone"}),
        frozenset({"head", "foot"}),
    ),
    "pagehead": (frozenset({"title", "lead", "note", "look"}), frozenset({"under", "actions", "beside"})),
    "headline": (frozenset({"title", "id", "tone", "icon"}), frozenset({"actions"})),
    "alert": (frozenset({"title", "color", "level", "role"}), frozenset({"actions"})),
    "nothing": (frozenset({"title", "icon", "level"}), frozenset({"actions"})),
    "scroll": (frozenset({"label"}), frozenset()),
    "popover": (frozenset({"id", "title"}), frozenset()),
    "phonehead": (
        frozenset({"title", "note", "back_href", "back_label", "close", "call_href", "call_label"}),
        frozenset({"end"}),
    ),
    "actionbar": (frozenset({"one"}), frozenset()),
    "disclosure": (frozenset({"title", "open", "paper"}), frozenset()),
}
"""Each wrapper with its arguments and its slots; ui/<name>.html draws it."""


def wrapper(parser: Parser, token: Token) -> WrapperNode:
    """Parse {% name key=value … %}…{% endname %}."""
    bits = token.split_contents()
    name = bits.pop(0)
    arguments, slots = WRAPPERS[name]
    kwargs = read_kwargs(bits, parser)
    if bits:
        raise template.TemplateSyntaxError(f"{{% {name} %}} takes key=value only, not {bits[0]!r}")
    if unknown := set(kwargs) - arguments:
        raise template.TemplateSyntaxError(f"{{% {name} %}} has no argument {', '.join(sorted(unknown))}")
    nodelist = parser.parse((f"end{name}",))
    parser.delete_first_token()
    return WrapperNode(f"ui/{name}.html", slots, kwargs, nodelist)


for _name in WRAPPERS:
    register.tag(_name, wrapper)
