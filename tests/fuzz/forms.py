"""The names that can be sent: from the pages' own forms, and from what the code asks for."""

import re
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

from tests.installation import ROOT

_ASKED = re.compile(r"(?:GET|POST|FILES)(?:\.get|\.getlist|\.pop)?[\[(]\s*f?\"([\w.-]+)\"")
_FIELD = re.compile(
    r"^    (\w+)(?:: [\w\[\]., |]+)? = (?:forms|fields)?\.?\w*(?:Field|Choice|Day|Text)\w*\(", re.MULTILINE
)


@dataclass(slots=True)
class Form:
    """One form of a page, as it would be sent untouched."""

    action: str
    method: str
    fields: dict[str, list[str]] = field(default_factory=dict)


@cache
def names_of(app: Path) -> tuple[str, ...]:
    """Return every name that an app's code reads from a request or declares as a form's field."""
    found: set[str] = set()
    for path in sorted(app.rglob("*.py")):
        if not path.name.startswith("test_"):
            source = path.read_text(encoding="utf-8")
            found |= set(_ASKED.findall(source)) | set(_FIELD.findall(source))
    return tuple(sorted(found - {"csrfmiddlewaretoken"}))


def app_of(module: str) -> Path:
    """Return the folder of the app that a view's module is in."""
    parts = module.split(".")
    return ROOT / "src" / Path(*parts[: 3 if len(parts) > 3 else len(parts) - 1])


class _Reader(HTMLParser):
    def __init__(self, at: str) -> None:
        super().__init__()
        self.at = at
        self.forms: list[Form] = []
        self.form: Form | None = None
        self.select, self.area = "", ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        name = said.get("name") or ""
        if tag == "form":
            self.form = Form(
                said.get("action") or said.get("hx-post") or self.at, (said.get("method") or "get").lower()
            )
            self.forms.append(self.form)
        if self.form is None or not (name or tag == "option"):
            return
        if tag == "input":
            unchosen = said.get("type") in {"checkbox", "radio"} and "checked" not in said
            self.form.fields.setdefault(name, []).extend([] if unchosen else [said.get("value") or ""])
        elif tag == "select":
            self.select = name
            self.form.fields.setdefault(name, [])
        elif tag == "option" and self.select and (said.get("value") and not self.form.fields[self.select]):
            self.form.fields[self.select] = [said["value"] or ""]
        elif tag == "textarea":
            self.form.fields.setdefault(name, []).append("Noen ord.")
        elif tag == "button":
            self.form.fields.setdefault(name, []).append(said.get("value") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.form = None
        elif tag == "select":
            self.select = ""


def forms_in(page: str, at: str) -> list[Form]:
    """Return the forms of a page."""
    reader = _Reader(at)
    reader.feed(page)
    return reader.forms
