import pytest

from wellread.runs.provenance import gather


def test_no_password_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["/bin/wellread", "search", "--storage", "postgresql://me:s3cret@host/db", "a:b@c"])
    assert gather()["command"] == ["wellread", "search", "--storage", "postgresql://me:***@host/db", "a:b@c"]
