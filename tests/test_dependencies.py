"""What others have made and we build on: every package named, pinned, of a licence we may use; every file as it was."""

import hashlib
import json
import re
from importlib import metadata
from pathlib import Path

import pytest

from scan import advisories
from tests.installation import ROOT

LOCKED = re.compile(r"^([\w.-]+)==([\w.]+)(?: ;(.*?))?(?: \\)?$")
#: A municipality may run, change and share the product whatever it says beside these.
PERMITTED = frozenset({
    "MIT", "MIT-0", "MIT-CMU", "BSD", "BSD-2-Clause", "BSD-3-Clause", "0BSD", "Apache-2.0", "PSF-2.0", "Zlib", "CC0-1.0",
    "MPL-2.0", "LGPL-3.0-only", "Apache-2.0 WITH LLVM-exception",
})  # fmt: skip
#: Tools alone: they read our files and are no part of what is run or given away.
TOOLS_MAY_BE = frozenset({"GPL-3.0-or-later", "CNRI-Python"})
#: What a package says in words of its own, as the identifiers above.
MEANS = {
    "MIT License": "MIT", "BSD License": "BSD", "BSD 2-Clause License": "BSD-2-Clause", "Apache 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0", "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
}  # fmt: skip
VENDORED = ROOT / "src/tillit/ui/static/ui/vendor"
ROW = re.compile(r"^\| (\S+) \| ([^|]+) \| ([\d.]+) \| (\S+) \| ([0-9a-f]{64}) \|$", re.MULTILINE)


def locked(name: str) -> dict[str, set[str]]:
    """Return package → versions of a lock; one has several when they differ by Python version."""
    found: dict[str, set[str]] = {}
    for line in (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if package := LOCKED.match(line):
            found.setdefault(package[1], set()).add(package[2])
    return found


def licences_of(package: str) -> frozenset[str]:
    """Return the identifiers of a package's licences: its expression, else its words, else its classifiers."""
    said = metadata.distribution(package).metadata.json
    expression = str(said.get("license_expression") or said.get("license") or "")
    words = [expression] if expression and len(expression) < 60 and "\n" not in expression else []
    classified = [one.rpartition("::")[2].strip() for one in said.get("classifier") or () if "License ::" in one]
    if not said.get("license_expression") and (not words or not known(words[0])):
        words = classified
    return frozenset(MEANS.get(part, part) for word in words for part in parts(word))


def parts(expression: str) -> list[str]:
    """Return the licences an expression names. Each of those it gives a choice between counts."""
    if expression in MEANS:
        return [expression]
    return [part.strip(" ()") for part in re.split(r"\bAND\b|\bOR\b", expression) if part.strip(" ()")]


def known(expression: str) -> bool:
    """Whether every licence it names is one we know."""
    return all(MEANS.get(part, part) in PERMITTED | TOOLS_MAY_BE for part in parts(expression))


def installed(name: str) -> list[str]:
    """Return the lock's packages that this machine has; those for other systems are not here to be asked."""
    have = {one.metadata["Name"].lower().replace("_", "-") for one in metadata.distributions()}
    return sorted(package for package in locked(name) if package in have)


@pytest.mark.parametrize("lock", ["app", "dev"])
def test_every_package_has_a_licence_we_may_use(lock: str) -> None:
    ours = PERMITTED if lock == "app" else PERMITTED | TOOLS_MAY_BE
    wrong = {
        package: sorted(found) for package in installed(lock) if not (found := licences_of(package)) or found - ours
    }

    assert wrong == {}
    assert len(installed(lock)) > 20


def test_the_product_runs_on_nothing_that_only_tools_may_be() -> None:
    assert "djlint" in locked("dev")
    assert licences_of("djlint") <= TOOLS_MAY_BE
    assert "djlint" not in locked("app")


@pytest.mark.parametrize("lock", ["app", "dev", "bench"])
def test_every_package_is_pinned_with_its_hash(lock: str) -> None:
    text = (ROOT / "requirements" / f"{lock}.txt").read_text(encoding="utf-8")
    blocks = re.split(r"\n(?=[\w.-]+==)", text)[1:]

    assert [block.split()[0] for block in blocks if "--hash=sha256:" not in block] == []
    assert len(blocks) > 20
    assert not re.search(r"^\s*(?:-e |--index-url|--extra-index-url|git\+|https?://)", text, re.MULTILINE)


@pytest.mark.parametrize("lock", ["app", "dev"])
def test_what_is_installed_is_what_is_locked(lock: str) -> None:
    wrong = {one: metadata.version(one) for one in installed(lock) if metadata.version(one) not in locked(lock)[one]}

    assert wrong == {}


@pytest.mark.parametrize("name", ["app", "dev", "bench"])
def test_every_package_we_ask_for_has_its_why(name: str) -> None:
    said = (ROOT / "docs/dependencies.md").read_text(encoding="utf-8").lower()
    asked = re.findall(r"^([A-Za-z][\w.-]*)", (ROOT / "requirements" / f"{name}.in").read_text("utf-8"), re.MULTILINE)

    assert [one for one in asked if one.lower() not in said] == []


def test_vendored_files_are_as_they_were_with_licence_and_version() -> None:
    rows = ROW.findall((VENDORED / "README.md").read_text(encoding="utf-8"))
    there = {str(path.relative_to(VENDORED)) for path in VENDORED.rglob("*") if path.is_file()}
    beside = {name for name in there if name.endswith(("LICENSE", "README.md", "config.json"))}

    assert {row[0] for row in rows} == there - beside
    for name, _source, version, licence, sha256 in rows:
        assert hashlib.sha256((VENDORED / name).read_bytes()).hexdigest() == sha256, name
        assert version and licence in PERMITTED | {"OFL-1.1"}, name
        assert (VENDORED / name.partition("/")[0] / "LICENSE").read_text(encoding="utf-8").strip(), name


def test_axe_is_as_it_was() -> None:
    said = re.search(r"axe-core ([\d.]+), MPL-2.0, sha256 ([0-9a-f]{64})", (VENDORED / "README.md").read_text("utf-8"))
    assert said
    file = ROOT / "tests/browser/axe.min.js"
    assert hashlib.sha256(file.read_bytes()).hexdigest() == said[2]
    assert f"axe v{said[1]}" in file.read_text(encoding="utf-8")[:200]
    assert (ROOT / "tests/browser/axe.LICENSE").exists()


def test_front_end_packages_are_pinned_with_integrity() -> None:
    for folder in ("scripts/vendor-frontend", "tests/oidc"):
        lock = json.loads((ROOT / folder / "package-lock.json").read_text(encoding="utf-8"))
        wrong = [
            name for name, one in lock["packages"].items()
            if name and not one.get("link") and not one.get("integrity", "").startswith("sha512-")
        ]  # fmt: skip
        assert wrong == [], folder


def test_fonts_have_their_licence_beside_them() -> None:
    fonts = Path(ROOT / "src/tillit/care/letters/typesetting/fonts")
    assert sorted(path.name for path in fonts.iterdir() if "OFL" in path.name.upper() or "LICEN" in path.name.upper())


def test_an_audit_that_looked_nothing_up_says_so() -> None:
    silent = advisories.read('{"dependencies": [{"name": "django", "skip_reason": "not found"}], "fixes": []}')

    assert not silent.says_something
    assert silent.reason == "not found"


def test_an_audit_names_what_is_wrong_and_where_it_is_mended() -> None:
    found = advisories.read(
        '{"dependencies": [{"name": "django", "version": "5.2.1", "vulns": [{"id": "PYSEC-1", "fix_versions": ["5.2.2"],'
        ' "aliases": ["CVE-1"]}]}, {"name": "click", "version": "8", "vulns": []}], "fixes": []}'
    )

    assert found.asked == 2
    assert found.wrong == ("django 5.2.1: PYSEC-1, mended in 5.2.2",)
