"""What is stored is still known: one value of each kind, as it was made before the derivations became one."""

import os
import stat
from pathlib import Path

import pytest

from tillit.kernel import key_files, private_files
from tillit.kernel.keyed import derived_key, hash_of, is_hash_of, keyed_hash

KEY = b"k" * 32


class TestKeyedHash:
    def test_a_log_rows_signature(self) -> None:
        assert keyed_hash(KEY, b"[1]") == "07f5d813700fd553cb58a19a53921be56ab3371325e2c119ccc96334fa4db380"

    def test_the_blind_index_of_a_number(self) -> None:
        assert hash_of(KEY, "national id", "13116900216") == (
            "b9914cd0916b0b2043af3f2587ff9f1d2a489e3dfcb78a5a63d40db481a3c584"
        )

    def test_the_mark_of_a_key(self) -> None:
        mark = "c4e56c59d8071c1724e6bcd335df2644ad044f65c832b4dee0987d228ae9d090"
        assert is_hash_of(KEY, b"tillit key mark", mark)
        assert not is_hash_of(b"l" * 32, b"tillit key mark", mark)
        assert not is_hash_of(KEY, b"tillit key mark", "")

    def test_the_key_that_seals_what_login_keeps(self) -> None:
        assert derived_key(KEY + b"k" * 18, "tillit login seal").hex() == (
            "e9fb048f3c3d60d5e0a3ef6d01fb2ccc35bb41a34d75d7f852c6a346c371183e"
        )

    def test_parts_are_kept_apart_and_a_purpose_is_a_key_of_its_own(self) -> None:
        assert hash_of(KEY, "ab", "c") != hash_of(KEY, "a", "bc")
        assert derived_key(KEY, "a") != derived_key(KEY, "b") != derived_key(KEY, "b", salt=b"s")


class TestKeyFiles:
    def test_keys_with_and_without_a_kind_in_the_order_they_were_added(self, tmp_path: Path) -> None:
        plain, kinds = tmp_path / "log-keys", tmp_path / "data" / "keys"
        first, second = key_files.add_key(plain), key_files.add_key(plain)
        sealing, index = key_files.add_key(kinds, "seal"), key_files.add_key(kinds, "index")

        assert list(key_files.read_keys(plain)[key_files.PLAIN]) == [first, second]
        read = key_files.read_keys(kinds, ("seal", "index"))
        assert list(read["seal"]) == [sealing] and list(read["index"]) == [index]

    @pytest.mark.parametrize(
        "line",
        [f"a:{'0' * 63}", f"a:{'0' * 66}", f":{'0' * 64}", f"{'a' * 17}:{'0' * 64}", "a", "a:b:c:d", f"seal:a:{'0' * 64}",
         f"x:{'0' * 64}"],
    )  # fmt: skip
    def test_a_line_that_is_no_key_is_told_by_its_number_alone(self, tmp_path: Path, line: str) -> None:
        path = tmp_path / "keys"
        path.write_text(f"x:{'1' * 64}\n{line}\n")

        with pytest.raises(key_files.UnreadableKeys) as told:
            key_files.read_keys(path)
        assert told.value.number == 2 and "0" not in str(told.value)

    def test_a_key_is_taken_out_and_the_others_stay(self, tmp_path: Path) -> None:
        path = tmp_path / "keys"
        gone, kept = key_files.add_key(path, "seal"), key_files.add_key(path, "seal")
        same_id = path.read_text().replace("seal:", "index:").split()[0]
        private_files.add_line(path, same_id)

        key_files.drop_key(path, gone, "seal")

        read = key_files.read_keys(path, ("seal", "index"))
        assert list(read["seal"]) == [kept] and list(read["index"]) == [gone]
        assert [one.name for one in tmp_path.iterdir()] == ["keys"]


class TestPrivateFiles:
    def test_are_the_owners_alone_whatever_the_mask_and_the_mode_before(self, tmp_path: Path) -> None:
        before = os.umask(0)
        try:
            private_files.write_new(tmp_path / "new", "x")
            private_files.add_line(tmp_path / "deep" / "lines", "x")
            (tmp_path / "open").write_text("a\n")
            (tmp_path / "open").chmod(0o644)
            private_files.add_line(tmp_path / "open", "b")
            (tmp_path / "wide").write_text("a\n")
            (tmp_path / "wide").chmod(0o644)
            private_files.replace(tmp_path / "wide", "c")
        finally:
            os.umask(before)

        for name in ("new", "deep/lines", "open", "wide"):
            assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600, name
        assert (tmp_path / "open").read_text() == "a\nb\n" and (tmp_path / "wide").read_text() == "c"

    def test_a_file_that_is_there_is_never_written_over(self, tmp_path: Path) -> None:
        private_files.write_new(tmp_path / "key", "first")
        with pytest.raises(FileExistsError):
            private_files.write_new(tmp_path / "key", "second")
        assert (tmp_path / "key").read_text() == "first"
