"""The command line: one file per verb, found by its name. A verb parses, calls, and shows; it holds no logic."""

import os
import sys
from typing import NoReturn

import typer

from wellread import plugins
from wellread.errors import StoppedError, WellreadError

__all__ = ["app", "main"]

app = typer.Typer(
    name="wellread",
    help="Teach a language model the papers you give it, and prove what it learned.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)

for _name in plugins.names("wellread.cli"):
    plugins.load("wellread.cli", _name).register(app)


def main() -> NoReturn:
    """Run the command line. User errors end in one line and their exit code; bugs end in a traceback."""
    # Libraries' notes on standard error are not for the reader of a report.
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")
    os.environ.setdefault("TQDM_DISABLE", "1")
    try:
        app(prog_name="wellread", standalone_mode=True)
    except WellreadError as e:
        print(f"wellread: {e}", file=sys.stderr)
        sys.exit(e.exit_code)
    except KeyboardInterrupt:
        print(f"wellread: {StoppedError('stopped', 'The same command continues what was begun.')}", file=sys.stderr)
        sys.exit(StoppedError.exit_code)
    except BrokenPipeError:  # the reader of our output went away, as `| head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    sys.exit(0)
