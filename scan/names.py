"""The names a view may ask for, from its app's code: what is in no form is tried as well."""

import re
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
_ASKED = re.compile(r"(?:GET|POST|FILES)(?:\.get|\.getlist|\.pop)?[\[(]\s*f?\"([\w.-]+)\"")
_FIELD = re.compile(
    r"^    (\w+)(?:: [\w\[\]., |]+)? = (?:forms|fields)?\.?\w*(?:Field|Choice|Day|Text)\w*\(", re.MULTILINE
)


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


def names_asked_for(view: str) -> tuple[str, ...]:
    """Return the names that the app of a view asks for. view: its full name in the code."""
    return names_of(app_of(view.rpartition(".")[0]))
