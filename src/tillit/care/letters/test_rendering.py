"""The letter on screen and paper: what was typed comes out as typed, whatever it looks like."""

import re
import shutil
import subprocess
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
import typst

from tests.builders_letters import letter
from tillit.care.letters import rendering, rules
from tillit.care.letters.rendering import pdf as pdf_module
from tillit.care.letters.rules import Language, LetterKind, Recipient

needs_poppler = pytest.mark.skipif(
    shutil.which("pdftotext") is None,
    reason="pdftotext (Debian: poppler-utils) is not installed; the words of a PDF cannot be read",
)
NASTY = (
    '#read("/etc/passwd")', "#import \"x\"", "*fet* _skrå_ `kode`", "$x^2$ <script>alert(1)</script> &amp; <b>",
    "= Overskrift", "- ikke et punkt", "// ikke en kommentar", "\\u{41} ~ @ref #let x = 1", "-> 2x4 :) ... --- 1/2",
    'Hun sa "ja" og \'nei\'', "{{facts}} {% raw %}", "[a](b) ![c]", "Đặng Nguyễn, Ŋárgá, Łódź, Ærø, Ñ, Þór",
)  # fmt: skip


def _words(made: bytes, *, layout: bool = False) -> str:
    options = ["-layout"] if layout else ["-raw"]
    found = subprocess.run(["pdftotext", *options, "-", "-"], input=made, capture_output=True, check=True)
    return found.stdout.decode()


def _flat(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).replace("\u200b", "").replace("\u00ad", "")
    return re.sub(r"\s+", "", plain)


class TestPdf:
    @pytest.mark.parametrize("kind", list(LetterKind))
    @pytest.mark.parametrize("language", list(Language))
    def test_every_kind_passes_pdf_ua_and_pdf_a(self, kind: LetterKind, language: Language) -> None:
        """typst refuses to make a file that breaks what it can check of PDF/UA-1 and PDF/A-2a."""
        made = rendering.to_pdf(letter(kind, language))

        assert made.startswith(b"%PDF-1.7")
        assert b"/MarkInfo" in made and b"/StructTreeRoot" in made
        assert f"/Lang({language}-NO)".encode() in made.replace(b" ", b"")
        assert b"pdfuaid:part" in made and b"pdfaid:part" in made

    def test_only_our_own_fonts_are_in_it(self) -> None:
        made = rendering.to_pdf(letter(facts="Hei 🙂"))

        names = set(re.findall(rb"/BaseFont\s*/[A-Z]{6}\+([A-Za-z-]+)", made))
        assert names == {b"Inter-Regular", b"Inter-SemiBold", b"NotoEmoji-Regular"} or names == set()
        assert b"Libertinus" not in made

    def test_the_same_letter_gives_the_same_bytes(self) -> None:
        assert rendering.to_pdf(letter()) == rendering.to_pdf(letter())

    def test_many_threads_get_their_own_letters(self) -> None:
        letters = [letter(facts=f"Sak nummer {number}.") for number in range(8)]
        alone = [rendering.to_pdf(one) for one in letters]

        with ThreadPoolExecutor(4) as threads:
            together = list(threads.map(rendering.to_pdf, letters))

        assert together == alone

    def test_a_letter_that_fails_does_not_spoil_the_next(self) -> None:
        with pytest.raises(typst.TypstError):
            rendering.to_pdf(replace(letter(), title=""))

        assert rendering.to_pdf(letter())

    @needs_poppler
    @pytest.mark.parametrize("text", NASTY)
    def test_what_is_typed_comes_out_as_typed(self, text: str) -> None:
        content = letter(
            facts=f"Start. {text} Slutt.",
            matters=text,
            service_lines=[(text, text)],
            recipient=None,
        )
        content = replace(content, head=replace(content.head, recipient=Recipient(text, (text,)), copies_to=(text,)))

        words = _flat(_words(rendering.to_pdf(content)))

        assert words.count(_flat(text)) >= 6
        assert "root:x" not in words

    @needs_poppler
    def test_emoji_come_out_and_what_no_font_has_is_a_box(self) -> None:
        words = _words(rendering.to_pdf(letter(facts="Takk 🙂❤️ og 漢字 til slutt")))

        assert "🙂" in words
        assert "□□ til slutt" in words
        assert rendering.undrawable("Takk 🙂 og 漢字") == "漢字"

    @needs_poppler
    def test_long_names_long_words_and_sixty_lines_lose_nothing(self) -> None:
        name = "Wolfeschlegelsteinhausenbergerdorffwelchevoralternwarengewissenhaft" * 2
        lines = "\n".join(f"Linje {number} om hvordan det går hjemme hos deg nå." for number in range(60))
        content = letter(facts=lines, recipient=Recipient(f"Anna {name}", ("Gate 1", "0000 Fjordvik")), services=[name])

        words = _words(rendering.to_pdf(content))

        assert _flat(words).count(_flat(name)) == 2
        assert all(f"Linje {number} om" in words for number in range(60))
        assert "Side 3 av 4" in words or "Side 3 av 3" in words

    @needs_poppler
    def test_the_whole_letter_is_read_in_order_and_pages_are_numbered(self) -> None:
        content = letter()
        words = _words(rendering.to_pdf(content))

        places = [_flat(words).index(_flat(section.heading)) for section in content.sections if section.heading]
        assert places == sorted(places)
        for section in content.sections:
            for text in rules.texts_of(section):
                for sentence in rules.sentences(text):
                    assert _flat(sentence) in _flat(re.sub(r"Fjordvik kommune +2026/1432\s+Side 1 av 2", "", words))
        assert "Side 1 av 2" in words and "Side 2 av 2" in words

    @needs_poppler
    def test_the_address_stands_in_the_window_of_the_envelope(self) -> None:
        found = subprocess.run(
            ["pdftotext", "-bbox", "-", "-"], input=rendering.to_pdf(letter()), capture_output=True, check=True
        ).stdout.decode()
        millimetres = 25.4 / 72

        def place(word: str) -> tuple[float, float]:
            hit = re.search(rf'xMin="([\d.]+)" yMin="([\d.]+)"[^>]*>{word}<', found)
            assert hit is not None
            return float(hit[1]) * millimetres, float(hit[2]) * millimetres

        assert place("Per") == pytest.approx((25.0, 50.0), abs=1.5)
        assert place("Du")[1] > 90, "nothing but the address is seen through the window"


class TestFonts:
    def test_the_list_of_signs_is_the_fonts_own(self) -> None:
        fonttools = pytest.importorskip("fontTools.ttLib", reason="fontTools comes with the tools for developing")
        fonts = pdf_module._HOME / "fonts"
        signs = {name: set(fonttools.TTFont(fonts / f"{name}.ttf").getBestCmap()) for name in
                 ("Inter-Regular", "Inter-SemiBold", "NotoEmoji-Regular")}  # fmt: skip

        ours = (signs["Inter-Regular"] & signs["Inter-SemiBold"]) | signs["NotoEmoji-Regular"]

        assert {sign for sign in range(0x20000) if pdf_module._drawn(chr(sign))} == {s for s in ours if s < 0x20000}

    def test_each_font_has_its_licence(self) -> None:
        fonts = pdf_module._HOME / "fonts"

        assert all(
            "SIL OPEN FONT LICENSE" in (fonts / f"{name}.LICENSE").read_text() for name in ("Inter", "NotoEmoji")
        )


class TestScreen:
    def test_markup_in_values_is_text(self) -> None:
        html = rendering.as_html(letter(facts="<script>alert(1)</script> & <mark>"))

        assert "&lt;script&gt;" in html and "<script" not in html

    def test_new_sentences_and_new_sections_are_marked(self) -> None:
        before = letter(facts="Du bor alene.")
        after = letter(facts="Du bor alene. Du har falt to ganger.")

        view = rendering.view_of(after, rules.changed_sentences(before, after))
        by_section = rendering.view_of(after, {"matters"})

        new = [piece.text for one in view.sections for block in one.blocks for piece in block.pieces if piece.is_new]
        whole = [
            one.code
            for one in by_section.sections
            for block in one.blocks
            if all(p.is_new for p in block.pieces) and block.pieces
        ]
        assert new == ["Du har falt to ganger."]
        assert whole == ["matters"]

    def test_a_changed_point_is_marked_from_its_first_sentence(self) -> None:
        before = letter(service_lines=[("Stell", "hver dag.")])
        after = letter(service_lines=[("Stell", "hver kveld. Vi ringer først.")])

        view = rendering.view_of(after, rules.changed_sentences(before, after))
        items = [item for one in view.sections if one.code == "decided" for block in one.blocks for item in block.items]

        assert [(piece.text, piece.is_new) for piece in items[0].pieces] == [
            ("hver kveld.", True),
            ("Vi ringer først.", True),
        ]

    def test_the_screen_and_the_paper_say_the_same(self) -> None:
        for kind in LetterKind:
            content = letter(kind)
            html = rendering.as_html(content)
            for section in content.sections:
                assert section.heading in html
                for text in rules.texts_of(section):
                    assert all(part in re.sub(r"</?b>", "", html) for part in rules.sentences(text) if "«" not in part)
