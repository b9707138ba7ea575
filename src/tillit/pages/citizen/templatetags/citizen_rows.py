"""The row of the longest list in the product: drawn in Python, as in `ui/drawn.py` and for the same reason."""

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from tillit.pages.citizen.contexts.lists import CitizenRow
from tillit.ui import drawn

register = template.Library()

_NOTHING = mark_safe("")


@register.simple_tag
def citizen_row(row: CitizenRow) -> SafeString:
    """A citizen in a list: who, what matters, who comes next."""
    return format_html(
        '<li><a href="{}"><span class="ti-citizens__who"><b>{}</b>{}'
        '<span class="ti-meta ti-list__line">{}{}</span></span>'
        '<span class="ti-citizens__words">{}{}</span>'
        '<span class="ti-citizens__next ti-small">{}{}</span>'
        '<span class="ti-chev">{}</span></a></li>',
        reverse("citizens:page", args=(row.citizen_id,)),
        row.name,
        format_html(' <span class="ti-subtle ti-nowrap">{}</span>', row.age) if row.age else "",
        row.address,
        f" · {row.team}" if row.team else "",
        _words(row),
        _tags(row),
        _next(row),
        _primary(row),
        drawn.icon("ChevronRight", "sm"),
    )


def _words(row: CitizenRow) -> SafeString:
    if not row.words:
        return format_html('<span class="ti-subtle ti-small">{}</span>', row.not_asked)
    return format_html(
        '<span class="ti-matters" data-size="line"><span class="ti-matters__text">'
        '<span class="ds-sr-only">«</span>{}»</span></span>',
        row.words,
    )


def _tags(row: CitizenRow) -> SafeString:
    if not row.tags:
        return _NOTHING
    tags = format_html_join("", "{}", ((drawn.tag(tag.text, tag.colour, tag.icon),) for tag in row.tags))
    return format_html('<span class="ti-row" data-gap="1">{}</span>', tags)


def _next(row: CitizenRow) -> SafeString:
    if not row.next_visit:
        return _NOTHING
    return format_html(
        '<span class="ti-row" data-gap="1" data-nowrap>{}<span class="ti-nowrap">{}</span></span>',
        drawn.helper_mark(row.next_helper) if row.next_helper else "",
        row.next_visit,
    )


def _primary(row: CitizenRow) -> SafeString:
    if not row.primary:
        return _NOTHING
    return format_html(
        '<span class="ti-row ti-meta" data-gap="1" data-nowrap>{}'
        '<span>{}<span class="ti-list__line">{}</span></span></span>',
        drawn.helper_mark(row.primary),
        row.primary.name,
        _("primærkontakt"),
    )
