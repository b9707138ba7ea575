"""Every component draws its sample, says which variables it takes, and stands in the gallery."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.http import HttpRequest
from django.template import Context, Engine, TemplateSyntaxError, engines
from django.template.base import Lexer, Template, Token, TokenType
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.test.signals import template_rendered
from django.utils import translation
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe

from tillit.ui import drawn as drawn_in_python
from tillit.ui import parts, samples, views
from tillit.ui.parts.part import Part

TEMPLATES = Path(__file__).parent / "templates"
FILES = sorted(TEMPLATES.rglob("*.html"))
COMPONENTS = sorted((TEMPLATES / "ui").glob("*.html"))
PARTS = sorted(
    {
        value
        for value in vars(parts).values()
        if isinstance(value, type) and issubclass(value, Part) and value is not Part
    },
    key=lambda kind: kind.__name__,
)
WORDS_OF_TEMPLATES = {
    "and", "or", "not", "in", "is", "if", "elif", "as", "with", "only", "count", "by", "from", "context", "endblock",
    "block", "forloop", "True", "False", "None", "asvar", "reversed", "trimmed",
}  # fmt: skip

WITHOUT_VARIABLES = {
    "load", "block", "endblock", "extends", "comment", "slot", "endslot", "templatetag", "get_current_language",
}  # fmt: skip


@pytest.fixture(autouse=True)
def bokmål() -> Iterator[None]:
    with translation.override("nb"):
        yield


def draw(source: str, **values: object) -> str:
    """Draw a piece of template that loads the kit."""
    return engines["django"].from_string("{% load ui %}" + source).render(values)


def request(path: str = "/komponenter/") -> HttpRequest:
    return RequestFactory().get(path)


def name_of(path: Path) -> str:
    return str(path.relative_to(TEMPLATES))


# ── What a template uses, and what it says that it uses ──


def names_in(expression: str) -> Iterator[str]:
    """The outermost names of a tag's expression, without texts, numbers, filters and key words."""
    bare = re.sub(r'_?\(?"[^"]*"\)?|\'[^\']*\'', " ", expression)
    bare = re.sub(r"\b[\w-]+=", " ", bare)
    bare = re.sub(r"\|\w+", " ", bare)
    for name in re.findall(r"(?<![\w.:])([a-zA-Z_]\w*)", bare):
        if name not in WORDS_OF_TEMPLATES:
            yield name


def used_by(tokens: list[Token]) -> set[str]:
    """The variables a template takes from outside."""
    used: set[str] = set()
    own: set[str] = set()
    for token in tokens:
        if token.token_type == TokenType.VAR:
            used |= set(names_in(token.contents))
        if token.token_type != TokenType.BLOCK:
            continue
        tag, _, rest = token.contents.partition(" ")
        if tag in {
            "load",
            "block",
            "endblock",
            "extends",
            "comment",
            "slot",
            "endslot",
            "templatetag",
            "get_current_language",
        }:
            own |= set(re.findall(r"\bas (\w+)", rest))
            continue
        if tag == "for":
            loop, _, rest = rest.partition(" in ")
            own |= set(re.findall(r"\w+", loop))
        own |= set(re.findall(r"\bas (\w+)", rest))
        if tag == "blocktranslate":
            own |= set(re.findall(r"\b(\w+)=", rest))
        used |= set(names_in(re.sub(r"\bas \w+", "", rest)))
    return used - own


def said_by(source: str) -> set[str]:
    """The variables in the comment at the top: «name: type» or «one, two: type»."""
    comment = re.search(r"{% comment %}(.*?){% endcomment %}", source, re.DOTALL)
    assert comment, "A template opens with a comment that lists its variables"
    listed = re.findall(r"^([a-z_]\w*(?:, [a-z_]\w*)*): ", comment[1], re.MULTILINE)
    return {name for group in listed for name in group.split(", ")}


@pytest.mark.parametrize("path", COMPONENTS, ids=name_of)
class TestTemplate:
    def test_lists_exactly_the_variables_it_uses(self, path: Path) -> None:
        source = path.read_text(encoding="utf-8")
        body = re.sub(r"{% comment %}.*?{% endcomment %}", "", source, flags=re.DOTALL)
        used = used_by(Lexer(body).tokenize())
        said = said_by(source)

        assert used - {"csrf_token"} <= said
        assert said - used <= {"body", "csrf_token", path.stem}

    def test_has_nothing_the_content_security_policy_forbids(self, path: Path) -> None:
        source = path.read_text(encoding="utf-8")

        assert not re.search(r'\sstyle="|\son[a-z]+="|<style|javascript:', source)
        assert not re.search(r"<script(?![^>]*\ssrc=)", source)


class TestGallery:
    def drawn_files(self, path: str = "/komponenter/") -> tuple[str, set[str]]:
        drawn: set[str] = set()

        def remember(sender: object, template: Template, **_: object) -> None:
            drawn.add(str(template.name))

        template_rendered.connect(remember)
        try:
            pages = [views.gallery(request(path)), views.phone(request(path)), views.paper(request(path))]
        finally:
            template_rendered.disconnect(remember)
        return "".join(page.content.decode() for page in pages), drawn

    def test_shows_every_component(self) -> None:
        _, drawn = self.drawn_files()

        missing = {name_of(path) for path in COMPONENTS} - drawn - {"ui/live.html"}
        assert missing == set()

    def test_draws_every_value(self) -> None:
        page, drawn = self.drawn_files()

        assert {part.template() for part in PARTS if part not in drawn_in_python.DRAWN} <= drawn
        assert "&lt;" not in re.sub(r"<script.*?</script>", "", page, flags=re.DOTALL)

    def test_draws_every_value_without_a_template(self, monkeypatch: pytest.MonkeyPatch) -> None:
        asked: set[type[Part]] = set()
        for kind, draw_it in drawn_in_python.DRAWN.items():

            def remember(value: Part, draw_it: Callable[[Part], SafeString] = draw_it) -> SafeString:
                asked.add(type(value))
                return draw_it(value)

            monkeypatch.setitem(drawn_in_python.DRAWN, kind, remember)
        self.drawn_files()

        assert asked == set(drawn_in_python.DRAWN)

    def test_has_no_id_twice(self) -> None:
        page = views.gallery(request()).content.decode()
        ids = re.findall(r'\sid="([^"]+)"', page)

        assert [name for name in set(ids) if ids.count(name) > 1] == []

    @pytest.mark.parametrize("scheme", ["light", "dark", "auto"])
    def test_can_be_seen_in_other_light(self, scheme: str) -> None:
        assert (
            f'data-color-scheme="{scheme}"' in views.gallery(request(f"/komponenter/?farge={scheme}")).content.decode()
        )

    def test_names_only_icons_that_are_in_the_sprite(self) -> None:
        page, _ = self.drawn_files()
        sprite = (Path(__file__).parent / "static/ui/vendor/aksel/icons.svg").read_text(encoding="utf-8")

        missing = {name for name in re.findall(r"#(i-\w+)", page) if f'id="{name}"' not in sprite}
        assert missing == set()


class TestErrorPages:
    @pytest.mark.parametrize("name", ["400", "403", "404", "409", "422", "500", "503", "csrf"])
    def test_say_what_happened_and_what_was_kept_without_anything_around_them(self, name: str) -> None:
        page = Engine.get_default().get_template(f"ui/errors/{name}.html").render(Context())

        assert page.count("<h1") == 1
        assert "ti-error__keep" in page
        assert "<script" not in page

    @pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "500"])
    def test_are_where_django_looks_for_them(self, name: str) -> None:
        assert "ti-error" in render_to_string(f"{name}.html")

    def test_do_not_touch_a_shell_that_would_ask_the_database(self) -> None:
        class Forbidden:
            def __getattr__(self, name: str) -> object:
                raise AssertionError(name)

            __getitem__ = __getattr__

        assert render_to_string("ui/errors/403.html", {"shell": Forbidden()})

    def test_can_say_the_refusals_own_words(self) -> None:
        page = render_to_string("ui/errors/403.html", {"error_text": "Bare teamlederen kan fatte vedtak."})

        assert "Bare teamlederen kan fatte vedtak." in page


class TestPartTag:
    def test_escapes_plain_text(self) -> None:
        assert draw("{% part text %}", text="<b>") == "&lt;b&gt;"

    def test_draws_nothing_for_nothing(self) -> None:
        assert draw("{% part nothing %}", nothing=None) == ""

    def test_shows_the_template_the_value_alone(self) -> None:
        drawn = draw("{% part person %}", person=parts.Person(samples.TEAM["KN"]), mark="outside")

        assert "outside" not in drawn
        assert "Kari Nilsen" in drawn

    def test_escapes_what_people_have_written(self) -> None:
        drawn = draw("{% part matters %}", matters=parts.Matters(text="<script>alert(1)</script>"))

        assert "<script>" not in drawn

    def test_finds_the_csrf_token_also_where_only_has_hidden_it(self) -> None:
        action = parts.Action("Godta", "/ja/", post=True)
        outer = engines["django"].from_string('{% load ui %}{% include "ui/checks.html" with checks=checks only %}')
        checks = parts.Checks((parts.Check("Dato", ok=False, action=action),))

        assert "csrfmiddlewaretoken" in outer.render({"checks": checks}, request())


class TestDrawnInPython:
    TEXT = '"><script>'

    @pytest.mark.parametrize(
        "value",
        [
            parts.HelperMark(TEXT, TEXT, spoken=True),
            parts.HelperMark(TEXT, TEXT),
            parts.Tag(TEXT, icon=TEXT),
            parts.Duty(TEXT, TEXT),
        ],
        ids=lambda value: type(value).__name__,
    )
    def test_escapes_what_people_have_written(self, value: Part) -> None:
        drawn = draw("{% part value %}", value=value)

        assert "<script>" not in drawn
        assert "&gt;&lt;script&gt;" in drawn

    @pytest.mark.parametrize("href", ["", "/besok/7/"])
    def test_escapes_what_stands_in_a_bar(self, href: str) -> None:
        bar = parts.LaneBar(1, 6, self.TEXT, self.TEXT, href=href, visit=self.TEXT, pair=self.TEXT, icon=self.TEXT)
        lane = parts.Lane(self.TEXT, self.TEXT, (bar,), helper=self.TEXT)
        drawn = draw("{% lane_track lane hours 3 sheet %}", lane=lane, hours=(), sheet=self.TEXT)

        assert "<script>" not in drawn
        assert '="">' not in drawn

    def test_has_no_template_beside_the_function(self) -> None:
        assert [kind for kind in drawn_in_python.DRAWN if (TEMPLATES / kind.template()).exists()] == []

    def test_a_mark_says_the_name_where_it_does_not_stand_beside(self) -> None:
        marks = [parts.HelperMark("KN", "Kari Nilsen", 2, spoken=it) for it in (False, True)]
        beside, alone = (draw("{% part mark %}", mark=mark) for mark in marks)

        assert beside == '<span class="ti-helper" data-h="2" aria-hidden="true">KN</span>'
        assert alone == (
            '<span class="ti-helper" data-h="2" role="img" aria-label="Kari Nilsen" title="Kari Nilsen">KN</span>'
        )

    def test_a_bar_that_opens_nothing_cannot_be_taken_hold_of(self) -> None:
        bar = parts.LaneBar(1, 6, "Pause", "Pause, 11.00", "other", visit="3")
        drawn = draw('{% lane_track lane hours 0 "ark" %}', lane=parts.Lane("", "", (bar,), helper="7"), hours=())

        assert '<span class="ti-bar" data-kind="other" title="Pause, 11.00">' in drawn
        assert "data-visit" not in drawn
        assert "hx-get" not in drawn

    def test_an_icon_marked_as_safe_does_not_open_the_way_for_the_same_text_unmarked(self) -> None:
        first = draw("{% icon name %}", name=mark_safe(self.TEXT))
        then = draw("{% icon name %}", name=self.TEXT)

        assert "<script>" not in first + then


class TestWrappers:
    def test_put_slots_in_their_places(self) -> None:
        drawn = draw('{% panel title="Uka" id="uke" %}innhold{% slot foot %}fot{% endslot %}{% endpanel %}')

        assert re.search(r'ti-panel__body">\s*innhold', drawn)
        assert re.search(r'ti-panel__foot">\s*fot', drawn)

    def test_see_the_pages_variables_in_their_body(self) -> None:
        assert "Astrid" in draw('{% panel title="x" %}{{ name }}{% endpanel %}', name="Astrid")

    def test_escape_their_arguments_and_variables(self) -> None:
        drawn = draw("{% panel title=text %}{{ text }}{% endpanel %}", text="<b>")

        assert drawn.count("&lt;b&gt;") == 2

    def test_can_stand_in_each_other(self) -> None:
        drawn = draw(
            '{% panel title="a" %}{% alert title="b" %}{% slot actions %}c{% endslot %}{% endalert %}{% endpanel %}'
        )

        assert re.search(r'ti-alertact">\s*c', drawn)

    @pytest.mark.parametrize(
        "source",
        [
            '{% panel name="x" %}{% endpanel %}',
            '{% panel title="x" %}{% slot side %}{% endslot %}{% endpanel %}',
            '{% panel "x" %}{% endpanel %}',
        ],
    )
    def test_refuse_what_they_do_not_know(self, source: str) -> None:
        with pytest.raises(TemplateSyntaxError):
            draw(source)


class TestButton:
    def test_without_address_is_a_button_that_sends_nothing(self) -> None:
        assert 'type="button"' in draw('{% button "Lukk" %}')

    def test_with_address_is_a_link(self) -> None:
        assert draw('{% button "Åpne" href="/a/" %}').startswith('<a class="ds-button" href="/a/"')

    def test_takes_htmx_attributes(self) -> None:
        assert 'hx-post="/a/"' in draw('{% button "Godta" hx_post="/a/" %}')

    def test_escapes_label_and_attributes(self) -> None:
        drawn = draw("{% button text value=text %}", text='"><script>')

        assert "<script>" not in drawn


class TestFields:
    @pytest.fixture
    def form(self) -> samples.GoalForm:
        return samples.form_with_errors()

    def test_tie_help_and_error_to_the_control(self, form: samples.GoalForm) -> None:
        drawn = draw("{% field form.evaluate_on %}", form=form)

        assert 'aria-describedby="id_evaluate_on_help id_evaluate_on_error"' in drawn
        assert 'aria-invalid="true"' in drawn
        assert 'id="id_evaluate_on_error"' in drawn

    def test_mark_what_may_be_left_out(self, form: samples.GoalForm) -> None:
        assert "valgfritt" in draw("{% field form.around %}", form=form)
        assert "valgfritt" not in draw("{% field form.words %}", form=form)

    def test_put_lists_of_choices_in_a_fieldset(self, form: samples.GoalForm) -> None:
        drawn = draw("{% field form.who %}", form=form)

        assert drawn.count('type="radio"') == 2
        assert "<legend" in drawn

    def test_name_themselves_in_the_summary(self, form: samples.GoalForm) -> None:
        drawn = strip_tags(draw("{% error_summary form %}", form=form))

        assert "Fyll ut «Hvem følger opp?»" in drawn
        assert "Når skal målet evalueres: 31.02.2027 finnes ikke." in drawn

    def test_have_a_summary_only_when_something_is_wrong(self) -> None:
        assert draw("{% error_summary form %}", form=samples.GoalForm()).strip() == ""

    def test_every_line_of_the_summary_leads_to_something(self, form: samples.GoalForm) -> None:
        summary = draw("{% error_summary form %}", form=form)
        fields = draw("{% for bound in form %}{% field bound %}{% endfor %}", form=form)

        targets = re.findall(r'href="#([^"]+)"', summary)
        assert targets
        assert all(f'id="{target}"' in fields for target in targets)


def test_every_template_can_be_read() -> None:
    engine = Engine.get_default()

    for path in FILES:
        assert engine.get_template(name_of(path))
