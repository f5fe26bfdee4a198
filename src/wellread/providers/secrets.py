"""Keys from the environment or a file. A key is never part of settings, a log, a message or an artefact."""

import os
from pathlib import Path
from urllib.parse import urlsplit

import platformdirs

from wellread.errors import ConfigError, InputError

# Whose endpoint reads its key from which variable, by the end of its host name.
_VARIABLES = {
    "openai.com": "OPENAI_API_KEY",
    "googleapis.com": "GEMINI_API_KEY",
    "anthropic.com": "ANTHROPIC_API_KEY",
}
OTHER = "WELLREAD_API_KEY"
_LOCAL = ("localhost", "127.0.0.1", "::1", "0.0.0.0")


class Secret:
    """A key that doesn't show: not when printed, not in a traceback's variables."""

    def __init__(self, value: str) -> None:
        """`value` is the key itself."""
        self._value = value

    def reveal(self) -> str:
        """The key itself, to be sent."""
        return self._value

    def hidden_in(self, text: str) -> str:
        """`text` with the key blotted out, should a server repeat it."""
        return text.replace(self._value, "***") if self._value else text

    def __repr__(self) -> str:
        return "Secret(***)"


def variable_for(url: str) -> str:
    """The environment variable that holds the key of the endpoint `url`."""
    host = urlsplit(url).hostname or ""
    return next((v for end, v in _VARIABLES.items() if host == end or host.endswith(f".{end}")), OTHER)


def is_local(url: str) -> bool:
    """Whether `url` is on this machine, where keys are seldom wanted."""
    return (urlsplit(url).hostname or "") in _LOCAL


def secrets_file() -> Path:
    """WELLREAD_SECRETS, or `secrets` in the user's settings folder: lines of NAME=key."""
    return Path(os.environ.get("WELLREAD_SECRETS") or Path(platformdirs.user_config_dir("wellread")) / "secrets")


def find(variable: str, *, needed: bool) -> Secret:
    """The key called `variable`: from the environment, else from the secrets file; empty where none is `needed`.

    Raises ConfigError where it is needed and missing, InputError where the file can be read by others.
    """
    value = os.environ.get(variable, "").strip() or _from_file(variable)
    if not value and needed:
        raise ConfigError(
            f"no key: {variable} is not set",
            f"Set it in the environment, or write {variable}=... into {secrets_file()}.",
        )
    if any(not 32 < ord(c) < 127 for c in value):
        raise ConfigError(
            f"{variable} holds spaces or signs that no key has", "Set it again, without quotes or line ends."
        )
    return Secret(value)


def _from_file(variable: str) -> str:
    path = secrets_file()
    try:
        if path.stat().st_mode & 0o077:
            raise InputError(f"{path} can be read by other users", f"chmod 600 {path}")
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path} can't be read: {error}", "Write it as lines of NAME=key, or remove it.") from None
    pairs = (line.split("=", 1) for line in lines if "=" in line and not line.lstrip().startswith("#"))
    return {name.strip(): value.strip() for name, value in pairs}.get(variable, "")
