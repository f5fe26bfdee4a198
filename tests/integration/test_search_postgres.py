"""A search kept in PostgreSQL: the server is started by the test, from what Debian's packages install."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from wellread.errors import InputError
from wellread.search.storage import driven, open_storage, shown

pytestmark = pytest.mark.slow


def test_addresses() -> None:
    assert driven("postgresql://me:pw@host/db") == "postgresql+pg8000://me:pw@host/db"
    assert driven("postgresql+psycopg://host/db") == "postgresql+psycopg://host/db"
    assert shown("postgresql://me:pw@host/db") == "postgresql://me:***@host/db"


def _programs() -> Path:
    found = shutil.which("initdb") or next((str(p) for p in Path("/usr/lib/postgresql").glob("*/bin/initdb")), None)
    if found is None:
        pytest.skip("no PostgreSQL server is installed")
    return Path(found).resolve().parent


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The address of a server that is thrown away afterwards."""
    programs = _programs()
    who: dict[str, Any] = {}
    if os.geteuid() == 0:  # which the server refuses to be
        try:
            pwd.getpwnam("postgres")
        except KeyError:
            pytest.skip("PostgreSQL doesn't run as root, and there is no user postgres")
        who = {"user": "postgres"}
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port = s.getsockname()[1]
    home = Path(tempfile.mkdtemp(prefix="wellread-pg-", dir="/tmp"))
    if who:
        shutil.chown(home, **who)

    def tell(name: str, *args: object) -> None:
        subprocess.run([str(programs / name), *map(str, args)], check=True, cwd=home, capture_output=True, **who)

    try:
        tell("initdb", "-D", home / "data", "-U", "me", "--auth=trust", "--no-sync")
        options = f"-p {port} -k {home} -c listen_addresses=127.0.0.1 -c fsync=off"
        tell("pg_ctl", "-D", home / "data", "-w", "-l", home / "log", "-o", options, "start")
        try:
            yield f"postgresql://me@127.0.0.1:{port}/postgres"
        finally:
            tell("pg_ctl", "-D", home / "data", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(home, ignore_errors=True)


def test_workers_killed_one_after_another_lose_nothing(server: str, tmp_path: Path, tiny_folder: Path) -> None:
    from test_search import EXAMPLES, RECIPE, check, killed_among_three

    (tmp_path / "s.yaml").write_text(RECIPE.format(model=tiny_folder, examples=EXAMPLES))
    check(killed_among_three(tmp_path, server, aim=10, kills=2), 10)


def test_a_database_that_is_not_there(server: str) -> None:
    with pytest.raises(InputError, match=r"can't be reached: .*nowhere"):
        open_storage(server.replace("/postgres", "/nowhere"))
