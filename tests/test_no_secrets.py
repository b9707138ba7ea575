"""Nothing in the repository opens anything: keys and passwords come from the environment and from files of the operator."""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MARKS = {
    "a private key": re.compile(rb"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----\s+[A-Za-z0-9+/=\s]{60}"),
    "a cloud key": re.compile(rb"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b"),
    "a token for a code host": re.compile(rb"\b(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_\w{60}|glpat-[\w-]{20})"),
    "a token for a registry": re.compile(rb"\b(?:pypi-[A-Za-z0-9_-]{60}|npm_[A-Za-z0-9]{36})"),
    "a token for messages": re.compile(rb"\bxox[abprs]-[0-9A-Za-z-]{20}"),
    "a private JWK": re.compile(rb'"d"\s*:\s*"[A-Za-z0-9_-]{40,}"'),
    "a password in an address": re.compile(
        rb"\b(?:postgres(?:ql)?|https?)://[\w.-]+:[^\s@/\"'<>{}$:]{8,}@(?!host|osrm)[\w.-]+"
    ),
}
KEY_FILES = {".pem", ".key", ".p12", ".pfx", ".jks", ".kdbx", ".env"}


def _files() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if listed.returncode:  # a copy without its history
        return [
            path
            for folder in ("src", "tests", "docs", "requirements")
            for path in (ROOT / folder).rglob("*")
            if path.is_file()
        ]
    return [ROOT / name.decode() for name in listed.stdout.split(b"\0") if name and (ROOT / name.decode()).is_file()]


def wrong_with(name: str, content: bytes) -> list[str]:
    """Return what in a file looks as if it opened something."""
    found = [what for what, mark in MARKS.items() if mark.search(content)]
    return [*found, "a file of keys"] if Path(name).suffix in KEY_FILES else found


def test_no_file_holds_a_secret() -> None:
    files = _files()

    assert len(files) > 500
    assert {
        str(path.relative_to(ROOT)): found
        for path in files
        if path.stat().st_size < 2_000_000 and (found := wrong_with(path.name, path.read_bytes()))
    } == {}


def test_the_scan_finds_what_it_looks_for() -> None:
    for text in (
        b"-----BEGIN RSA PRIVATE " + b"KEY-----\n" + b"A" * 64,
        b"AKIA" + b"ABCDEFGHIJKLMNOP",
        b"ghp_" + b"a" * 36,
        b'{"d": "' + b"x" * 43 + b'"}',
        b"postgresql://tillit:" + b"hemmelig-passord@db.kommunen.example/tillit",
    ):
        assert wrong_with("a.txt", text), text
    assert wrong_with("server.key", b"")
