"""Files made to harm: those that are read in, and those we write for somebody's spreadsheet to open."""

import io
import zipfile
from collections.abc import Mapping

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from tests.cast import Cast
from tillit.exchange.files import reading, workbook
from tillit.exchange.files.models import ImportRun
from tillit.exchange.files.reading import UnreadableFile
from tillit.foundation.workforce.models import Competence

LAUGHS = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
DECLARATIONS = {
    "billion laughs": f'<!DOCTYPE x [<!ENTITY e0 "ha">{LAUGHS}]>',
    "a file of ours": '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
    "an address inside": '<!DOCTYPE x SYSTEM "http://10.0.0.1/x.dtd">',
    "parameter entity": '<!DOCTYPE x [<!ENTITY % p SYSTEM "http://10.0.0.1/x"> %p;]>',
    "empty": "<!DOCTYPE x>",
}


def _book() -> bytes:
    book = Workbook()
    assert book.active is not None
    book.active.append(["Fornavn"])
    book.active.append(["Åse"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


BOOK = _book()


def _with(changed: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(_book())) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for part in source.infolist():
            target.writestr(part.filename, changed.get(part.filename, source.read(part)))
        for name in changed.keys() - set(source.namelist()):
            target.writestr(name, changed[name])
    return out.getvalue()


def _declaring(part: str, declaration: str, encoding: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(_book())) as source:
        text = source.read(part).decode()
    body = text.partition("?>")[2] if text.startswith("<?xml") else text
    return _with({part: f'<?xml version="1.0" encoding="{encoding}"?>{declaration}{body}'.encode(encoding)})


class TestReading:
    def test_an_honest_file_is_read(self) -> None:
        assert reading.read("a.xlsx", _with({"docProps/thumbnail.jpeg": b"\xff\xd8\xff"}))[0].rows[0][1][0] == "Åse"

    @pytest.mark.parametrize(
        "part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "[Content_Types].xml", "xl/styles.xml"]
    )
    @pytest.mark.parametrize("attack", list(DECLARATIONS))
    def test_no_part_may_declare_a_document_type(self, part: str, attack: str) -> None:
        with pytest.raises(UnreadableFile, match="hører hjemme"):
            reading.read("a.xlsx", _declaring(part, DECLARATIONS[attack], "UTF-8"))

    def test_another_encoding_does_not_hide_it(self) -> None:
        with pytest.raises(UnreadableFile, match="hører hjemme"):
            reading.read("a.xlsx", _declaring("xl/worksheets/sheet1.xml", DECLARATIONS["billion laughs"], "UTF-16"))

    def test_nor_does_a_long_comment_before_it(self) -> None:
        hidden = f"<!-- {'x' * 100_000} -->{DECLARATIONS['empty']}"

        with pytest.raises(UnreadableFile, match="hører hjemme"):
            reading.read("a.xlsx", _declaring("xl/worksheets/sheet1.xml", hidden, "UTF-8"))

    def test_what_is_packed_too_tightly_is_not_unpacked(self) -> None:
        with pytest.raises(UnreadableFile, match="utpakket"):
            reading.read("a.xlsx", _with({"xl/sharedStrings.xml": b" " * 3_000_000}))

    def test_too_many_parts_and_two_of_one_name_are_refused(self) -> None:
        with pytest.raises(UnreadableFile, match="utpakket"):
            reading.read("a.xlsx", _with({f"xl/media/{n}.bin": b"" for n in range(reading.MOST_PARTS)}))
        out = io.BytesIO(_book())
        with zipfile.ZipFile(out, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("xl/workbook.xml", b"<other/>")
        with pytest.raises(UnreadableFile, match="utpakket"):
            reading.read("a.xlsx", out.getvalue())

    def test_an_encrypted_zip_is_not_opened(self) -> None:
        content = bytearray(_book())
        for at in range(len(content) - 4):  # say in every header that the part is encrypted
            if content[at : at + 4] == b"PK\x01\x02":
                content[at + 8] |= 1
            if content[at : at + 4] == b"PK\x03\x04":
                content[at + 6] |= 1
        with pytest.raises(UnreadableFile, match="kan ikke åpnes"):
            reading.read("a.xlsx", bytes(content))

    @given(st.data())
    def test_a_damaged_workbook_is_unreadable_and_nothing_else(self, data: st.DataObject) -> None:
        content = bytearray(BOOK)
        for _ in range(data.draw(st.integers(1, 20))):
            content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
        try:
            reading.read("a.xlsx", bytes(content))
        except UnreadableFile as unreadable:
            assert unreadable.text

    @given(
        st.binary(max_size=2000),
        st.sampled_from(["a.csv", "a.txt", "a.tsv", "a.xlsx", "a.xls", "a.png", "", "../a.csv"]),
    )
    def test_any_bytes_under_any_name_are_read_or_unreadable(self, content: bytes, name: str) -> None:
        try:
            tables = reading.read(name, content)
        except UnreadableFile as unreadable:
            assert unreadable.text
        else:
            assert not any("\x00" in str(cell) for table in tables for _, row in table.rows for cell in row)

    @pytest.mark.django_db
    def test_one_who_sends_such_a_file_is_told_and_nothing_is_kept(self, cast: Cast, client: Client) -> None:
        client.force_login(cast.admin.user)
        upload = io.BytesIO(_declaring("xl/workbook.xml", DECLARATIONS["billion laughs"], "UTF-8"))
        upload.name = "../../kommune.xlsx"

        answer = client.post("/import/start/", {"files": [upload]})

        assert answer.status_code == 422
        assert "hører hjemme" in answer.content.decode()
        assert not ImportRun.objects.exists()

    def test_too_much_is_refused_before_it_is_read(self) -> None:
        with pytest.raises(UnreadableFile, match="25 MB"):
            reading.refuse_too_large([20 * 1024 * 1024, 6 * 1024 * 1024])


class TestWriting:
    @pytest.mark.parametrize("begins", ["=", "+", "-", "@", "\t=", "\r=", "\n=", "  =", "＝", "＠"])
    def test_no_text_of_ours_is_a_formula(self, begins: str) -> None:
        made = workbook.export({"units": [[f'{begins}cmd|" /C calc"!A0', "B1", "team", "", "", "", None, None, ""]]})

        cell = load_workbook(io.BytesIO(made)).worksheets[0].cell(2, 1)
        assert str(cell.value).startswith("'")
        assert cell.data_type == "s"

    @given(st.text(max_size=30))
    def test_any_text_can_be_written_and_is_text(self, text: str) -> None:
        text = text.encode("utf-8", "ignore").decode()
        made = workbook.export({"units": [[text, "B1", "team", "", "", "", None, None, ""]]})

        cell = load_workbook(io.BytesIO(made)).worksheets[0].cell(2, 1)
        assert cell.data_type != "f"
        assert not str(cell.value or "").startswith(("=", "+", "-", "@"))

    @pytest.mark.django_db
    def test_nor_is_what_stands_in_the_guide(self, cast: Cast) -> None:
        Competence.objects.create(code="X", name="=HYPERLINK(1)")

        sheet = load_workbook(io.BytesIO(workbook.template())).worksheets[0]

        assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
        assert any(cell.value == "'=HYPERLINK(1)" for row in sheet.iter_rows() for cell in row)
