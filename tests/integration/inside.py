"""The command line run in this process: what a user sees, without the seconds that starting takes."""

import contextlib
import io
import os
from dataclasses import dataclass
from pathlib import Path
from unittest import mock


@dataclass
class Done:
    returncode: int
    stdout: str
    stderr: str


def wellread(*args, cwd: Path, **more: str) -> Done:
    """As `wellread ARGS` in the folder `cwd`, with a cache of its own and no keys but those in `more`."""
    from wellread.cli import main

    keys = ("OPENAI_API_KEY", "OPENAI_BASE_URL", "WELLREAD_API_KEY", "WELLREAD_ARTIFACTS")
    env = {k: v for k, v in os.environ.items() if k not in keys}
    env |= {"WELLREAD_CACHE": str(cwd / "cache"), "WELLREAD_SECRETS": str(cwd / "none"), **more}
    out, err = io.StringIO(), io.StringIO()
    code: object = 0
    with (
        mock.patch.dict(os.environ, env, clear=True),
        mock.patch("sys.argv", ["wellread", *map(str, args)]),
        contextlib.chdir(cwd),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        try:
            main()
        except SystemExit as end:
            code = end.code
    return Done(int(code or 0), out.getvalue(), err.getvalue())
