"""The smallest components, drawn in Python: a page has hundreds of them, too many for a template each.

Everything that comes from outside is escaped. What holds other components has a template. Design: docs/design-kit.md.
"""

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

from django.templatetags.static import static
from django.utils.html import conditional_escape, escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from tillit.ui.parts.basics import Tag
from tillit.ui.parts.part import Part
from tillit.ui.parts.people import Duty, HelperMark
from tillit.ui.parts.planning import HourMark, Lane, LaneBar

SPRITE = "ui/vendor/aksel/icons.svg"

_NOTHING = mark_safe("")


def attributes(attrs: dict[str, Any]) -> SafeString:
    """HTML attributes from keyword arguments: hx_post becomes hx-post; True is a bare attribute.

    False, None and "" leave the attribute out. A trailing underscore is dropped, for words Python keeps (for_).
    """
    written = ""
    for name, value in attrs.items():
        if value is False or value is None or value == "":
            continue
        shown = _attribute_name(name)
        written += f" {shown}" if value is True else f' {shown}="{conditional_escape(value)}"'
    return mark_safe(written)  # noqa: S308 - every name and value is escaped above


@lru_cache(maxsize=256)
def _attribute_name(name: str) -> str:
    return escape(name.rstrip("_").replace("_", "-"))


def icon(name: str, size: str = "", label: str = "") -> SafeString:
    """An icon from the sprite. Without a label it is decoration and hidden from screen readers."""
    if not name:
        return _NOTHING
    return _svg(name, size, label) if label else _decoration(name, size)


@lru_cache(maxsize=1024)
def _decoration(name: str, size: str) -> SafeString:
    """The same icon looks the same everywhere; the sprite's address is fixed while the process lives."""
    return _svg(name, size, "")


def _svg(name: str, size: str, label: str) -> SafeString:
    # Name and size are escaped also when marked as safe: the cache does not tell the two apart.
    return format_html(
        '<svg class="ti-icon"{}{}><use href="{}#i-{}"></use></svg>',
        attributes({"data_size": escape(size)}),
        attributes({"role": "img", "aria_label": label} if label else {"aria_hidden": "true"}),
        static(SPRITE),
        escape(name),
    )


def tag(text: str, colour: str, icon_name: str) -> SafeString:
    """A short fact in a coloured box."""
    return format_html('<span class="ds-tag" data-color="{}">{}{}</span>', colour, icon(icon_name), text)


def helper_mark(mark: HelperMark) -> SafeString:
    """A colleague in two letters and one colour. Ring: temp. Hollow: away. Grey: does not visit."""
    spoken = (
        format_html(' role="img" aria-label="{0}" title="{0}"', mark.name)
        if mark.spoken
        else mark_safe(' aria-hidden="true"')
    )
    return format_html(
        '<span class="ti-helper" data-h="{}"{}{}>{}</span>',
        mark.colour,
        attributes({"data_size": mark.size, "data_kind": mark.kind}),
        spoken,
        mark.initials,
    )


def duty(held: Duty) -> SafeString:
    """A task someone always holds. Nobody holding it is dashed red."""
    return format_html(
        '<span class="ti-duty"{}>{}{}</span>', attributes({"data_state": held.state}), icon(held.icon), held.text
    )


def lane_track(lane: Lane, hours: Iterable[HourMark], now_slot: int, sheet: str) -> SafeString:
    """What stands in a lane: the hour lines, the shift, the way between visits, the bars and the line for now.

    now_slot: 0 draws no line. sheet: id of the place a press fills with htmx.
    """
    return format_html(
        '<ol class="ti-track"><li class="ti-hours" aria-hidden="true">{}</li>{}{}{}{}</ol>',
        format_html_join("", '<i class="s-{} w-1"></i>', ((hour.slot,) for hour in hours)),
        _beneath(lane.shift.classes, "ti-shift") if lane.shift else "",
        format_html_join("", "{}", ((_beneath(way.classes, "ti-travel"),) for way in lane.travel)),
        format_html_join("", "{}", ((_slot(bar, lane.helper, sheet),) for bar in lane.bars)),
        _beneath(f"s-{now_slot} w-1", "ti-now") if now_slot and lane.kind != "away" else "",
    )


def _beneath(place: str, kind: str) -> SafeString:
    """A line or a field in a lane that is there for the eye alone."""
    return format_html('<li class="{} {}" aria-hidden="true"></li>', place, kind)


def _slot(bar: LaneBar, helper: str, sheet: str) -> SafeString:
    return format_html(
        '<li class="{} ti-slot"{}>{}</li>{}',
        bar.classes,
        attributes({"data_row": bar.row if bar.row > 1 else ""}),
        _lane_bar(bar, helper, sheet),
        _beneath(bar.classes, "ti-link") if bar.linked_below else "",
    )


def _lane_bar(bar: LaneBar, helper: str, sheet: str) -> SafeString:
    """A bar in a lane: a link that opens the visit, a drag handle when it may be moved, or just a bar.

    helper: whose lane it is, for an id of its own.
    """
    own: dict[str, Any] = {"data_kind": bar.kind}
    if bar.href:
        own = {
            "href": bar.href,
            **own,
            "data_warns": bar.warns,
            "data_visit": bar.visit,
            "id": f"bar-{helper or 'none'}-{bar.visit}" if bar.visit else "",
            "hx_get": bar.href if sheet else "",
            "hx_target": f"#{sheet}" if sheet else "",
        }
    return format_html(
        '<{0} class="ti-bar"{1} title="{2}"{3}>{4}<span aria-hidden="true">{5}</span>'
        '<span class="ds-sr-only">{2}</span>{6}</{0}>',
        "a" if bar.href else "span",
        attributes(own),
        bar.title,
        mark_safe(' draggable="false"') if bar.href else "",
        icon(bar.icon),
        bar.label,
        format_html('<span class="ti-pair" aria-hidden="true">{}</span>', bar.pair) if bar.pair else "",
    )


DRAWN: dict[type[Part], Callable[[Any], SafeString]] = {
    HelperMark: helper_mark,
    Tag: lambda value: tag(value.text, value.colour, value.icon),
    Duty: duty,
}
"""The parts that have a function here instead of a template. `{% part %}` looks here first."""
