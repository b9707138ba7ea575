"""What was just done, and the way back."""

from django.contrib.messages.storage.base import Message

from tillit.ui.toasts import waiting


class TestToasts:
    def test_carry_the_way_back(self) -> None:
        assert [toast.undo_href for toast in waiting([Message(20, "Flyttet.", "undo:/angre/7/%3Fa%3D1")])] == [
            "/angre/7/?a=1"
        ]

    def test_have_no_way_back_unless_there_is_one(self) -> None:
        assert [toast.undo_href for toast in waiting([Message(20, "Lagret.")])] == [""]
