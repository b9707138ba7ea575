"""The house keeps its floors. import-linter reads imports; these tests read what it cannot see."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import Field
from django.urls import URLPattern, URLResolver, get_resolver

from tillit.foundation.access.guard import required_by

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src"
DRAWERS = {"utils", "util", "helpers", "manager", "managers", "misc", "common"}


def _ranks() -> dict[str, int]:
    """Return app → height, read from the same layers that import-linter guards."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    by_container = {
        c["containers"][0]: c["layers"] for c in contracts if c["type"] == "layers" and len(c["containers"]) == 1
    }
    floors = [part.strip(" ()") for layer in by_container["tillit"] for part in layer.split("|")]
    heights: dict[str, int] = {}
    for height, floor in enumerate(reversed(floors)):
        inner = [part.strip(" ()") for layer in by_container.get(f"tillit.{floor}", []) for part in layer.split("|")]
        for step, app in enumerate(reversed(inner)):
            heights[f"tillit.{floor}.{app}"] = height * 100 + step
    return heights


def _views(patterns: list[URLPattern | URLResolver], prefix: str = "") -> Iterator[tuple[str, object]]:
    for found in patterns:
        if isinstance(found, URLResolver):
            yield from _views(found.url_patterns, prefix + str(found.pattern))
        else:
            yield prefix + str(found.pattern), found.callback


class TestRelations:
    def test_point_down_or_stay_inside_their_app(self) -> None:
        heights = _ranks()
        upwards = [
            f"{model.__name__}.{field.name} → {field.related_model.__name__}"
            for model in apps.get_models()
            if model.__module__.startswith("tillit.")
            for field in model._meta.get_fields()
            if isinstance(field, Field) and field.is_relation and field.related_model is not None
            and str(field.related_model.__module__).startswith("tillit.")
            and _height(heights, model.__module__) < _height(heights, field.related_model.__module__)
        ]  # fmt: skip

        assert upwards == []

    def test_every_app_has_a_height(self) -> None:
        heights = _ranks()
        without = [
            config.name
            for config in apps.get_app_configs()
            if config.name.startswith(("tillit.foundation.", "tillit.care.")) and config.name not in heights
        ]

        assert without == []


def _height(heights: dict[str, int], module: str) -> int:
    return next((height for name, height in heights.items() if module.startswith(name + ".")), 1000)


class TestDoors:
    def test_every_view_declares_its_permission(self) -> None:
        open_doors = [
            address
            for address, view in _views(get_resolver().url_patterns)
            if required_by(view) is None  # type: ignore[arg-type]
        ]

        assert open_doors == []


class TestFiles:
    def test_no_file_is_a_drawer(self) -> None:
        drawers = [str(path.relative_to(SOURCE)) for path in SOURCE.rglob("*.py") if path.stem in DRAWERS]

        assert drawers == []

    def test_files_stay_small(self) -> None:
        long = [
            f"{path.relative_to(SOURCE)}: {lines}"
            for path in SOURCE.rglob("*.py")
            if "migrations" not in path.parts and not path.name.startswith("test_")
            if (lines := path.read_text().count("\n")) > 700
        ]

        assert long == []

    @pytest.mark.parametrize("folder", ["src", "tests", "requirements", "docs", ".ci"])
    def test_no_registry_host_or_machine_path_is_named(self, folder: str) -> None:
        # Put together here so that this file does not find itself.
        forbidden = re.compile(
            "|".join(
                ["/wor" + "k/", "/far" + "m/", "py" + "pi\\.org", "registry\\.npm" + "js", "files\\.pyth" + "onhosted"]
            )
        )
        hits = [
            f"{path.relative_to(ROOT)}:{number}"
            for path in (ROOT / folder).rglob("*")
            if path.is_file()
            and path.suffix in {".py", ".html", ".md", ".txt", ".in", ".toml", ".css", ".js", ".json", ""}
            and "__pycache__" not in path.parts and "vendor" not in path.parts and "node_modules" not in path.parts
            for number, line in enumerate(path.read_text(errors="ignore").splitlines(), 1)
            if forbidden.search(line)
        ]  # fmt: skip

        assert hits == []

    def test_templates_have_no_inline_style_or_script(self) -> None:
        bad = re.compile(r"\sstyle=|<script(?![^>]*\bsrc=)(?![^>]*application/json)|\son[a-z]+=\"", re.IGNORECASE)
        hits = [
            f"{path.relative_to(SOURCE)}:{number}"
            for path in SOURCE.rglob("*.html")
            for number, line in enumerate(path.read_text().splitlines(), 1)
            if bad.search(line)
        ]

        assert hits == []


class TestIcons:
    def test_every_icon_that_is_named_is_in_the_sprite(self) -> None:
        sprite = (SOURCE / "tillit/ui/static/ui/vendor/aksel/icons.svg").read_text()
        known = set(re.findall(r'id="i-(\w+)"', sprite))
        named = re.compile(r'icon(?:_end)?="([A-Z]\w+)"|\{% icon "([A-Z]\w+)"')
        missing = {
            f"{path.relative_to(SOURCE)}: {found}"
            for path in [*SOURCE.rglob("*.html"), *SOURCE.rglob("*.py")]
            for pair in named.findall(path.read_text())
            for found in pair
            if found and found not in known
        }

        assert missing == set()
