"""What a page offers to one who reads its source: links, forms, and addresses that htmx would ask."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

_HTMX = {"hx-get": "get", "hx-post": "post", "hx-put": "put", "hx-patch": "patch", "hx-delete": "delete"}
_LEADS = ("href", "src", "action", "formaction", *_HTMX)
WORDS = "Noen ord."
"""What a person has written in a text area."""


@dataclass(slots=True)
class Form:
    """One form of a page, as it would be sent untouched. kinds: of its inputs, «textarea», «select» or «button»."""

    action: str
    method: str
    fields: dict[str, list[str]] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    has_file: bool = False


@dataclass(slots=True)
class Page:
    """Everything found. attributes: names that no page of ours has, and addresses that would run as a script."""

    forms: list[Form] = field(default_factory=list)
    leads: list[tuple[str, str]] = field(default_factory=list)
    tags: set[str] = field(default_factory=set)
    attributes: set[str] = field(default_factory=set)
    scripts: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self, at: str) -> None:
        super().__init__()
        self.at = at
        self.page = Page()
        self.form: Form | None = None
        self.named: dict[str, Form] = {}
        self.elsewhere: list[tuple[str, str, dict[str, str | None]]] = []
        self.select, self.area = "", ""
        self.chosen = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        self._look(tag, said)
        if tag == "form":
            action = said.get("action") or said.get("hx-post") or self.at
            self.form = Form(action, (said.get("method") or ("post" if "hx-post" in said else "get")).lower())
            self.page.forms.append(self.form)
            if said.get("id"):
                self.named[said["id"] or ""] = self.form
        if said.get("form"):
            self.elsewhere.append((tag, said["form"] or "", said))
        elif self.form is not None:
            self._field(self.form, tag, said)

    def _look(self, tag: str, said: dict[str, str | None]) -> None:
        self.page.tags.add(tag)
        self.page.attributes |= set(said)
        for name in _LEADS:
            if value := said.get(name):
                if value.strip().lower().startswith(("javascript:", "vbscript:")):
                    self.page.scripts.append(f"{tag} {name}={value}")
                self.page.leads.append((_HTMX.get(name, "get") if name not in ("action", "formaction") else "", value))
        self.page.scripts += [f"{tag} {name}" for name in said if name.startswith(("on", "hx-on"))]

    def _field(self, form: Form, tag: str, said: dict[str, str | None]) -> None:
        name = said.get("name") or ""
        fields = form.fields
        if tag == "option":
            self._option(form, said)
        elif not name or "disabled" in said:
            return
        elif tag == "input":
            kind = said.get("type") or "text"
            form.kinds[name] = kind
            form.has_file |= kind == "file"
            unchosen = kind in {"checkbox", "radio"} and "checked" not in said
            fields.setdefault(name, []).extend([] if unchosen or kind == "file" else [said.get("value") or ""])
        elif tag == "select":
            self.select, self.chosen = name, False
            form.kinds[name] = tag
            fields.setdefault(name, [])
        elif tag == "textarea":
            form.kinds[name] = tag
            self.area = name
            fields.setdefault(name, []).append(WORDS)
        elif tag == "button" and (said.get("type") or "submit") == "submit":
            form.kinds.setdefault(name, tag)
            fields.setdefault(name, [said.get("value") or ""])

    def _option(self, form: Form, said: dict[str, str | None]) -> None:
        if not self.select or self.chosen:
            return
        if "selected" in said or (said.get("value") and not form.fields[self.select]):
            form.fields[self.select] = [said.get("value") or ""]
            self.chosen = "selected" in said

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.form = None
        elif tag == "select":
            self.select = ""

    def close(self) -> None:
        super().close()
        for tag, name, said in self.elsewhere:
            if name in self.named:
                self._field(self.named[name], tag, said)


def read(page: str, at: str) -> Page:
    """Return what a page offers. at: its own address, which a form without an action is sent to."""
    reader = _Reader(at)
    reader.feed(page)
    reader.close()
    return reader.page
