"""Settings come from the environment; each may also be read from a file named by NAME_FILE."""

import os
import secrets
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from samspill.intelligence.choice import EncoderChoice


def read(name: str, default: str = "") -> str:
    """The value of SAMSPILL_<name>, from the environment or from the file SAMSPILL_<name>_FILE."""
    file = os.environ.get(f"SAMSPILL_{name}_FILE")
    if file:
        return Path(file).read_text(encoding="utf-8").strip()
    return os.environ.get(f"SAMSPILL_{name}", default)


def read_flag(name: str, default: bool = False) -> bool:
    """True for 1, true, yes, on."""
    return read(name, "1" if default else "0").lower() in {"1", "true", "yes", "on"}


def read_list(name: str) -> list[str]:
    """Values between commas."""
    return [part.strip() for part in read(name).split(",") if part.strip()]


def data_folder() -> Path:
    """Where everything that must survive lies: database, uploads, model files, the secret key."""
    default = Path(os.environ.get("XDG_DATA_HOME", Path.home() / ".local" / "share")) / "samspill"
    return Path(read("DATA") or default).expanduser().resolve()


def database_url() -> str:
    """The database that was named; else the one that `samspill up` runs in the data folder; '' while there is none."""
    return read("DATABASE_URL") or _embedded(data_folder() / "postgres" / "postmaster.pid")


def _embedded(told: Path) -> str:
    try:
        folder_of_socket = told.read_text(encoding="utf-8").splitlines()[4]
    except (OSError, IndexError):  # not running, or just starting
        return ""
    return at_socket(folder_of_socket)


def at_socket(folder: str, database: str = "samspill") -> str:
    """Where clients find an embedded database, by the folder of its server's socket."""
    return f"postgresql://postgres@/{database}?host={quote(folder)}"


def secret_key(folder: Path) -> str:
    """The installation's key; written to the data folder the first time nobody gave one."""
    return read("SECRET_KEY") or _kept_key(folder / "secret_key")


def _kept_key(file: Path) -> str:
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return file.read_text(encoding="ascii").strip()
    with os.fdopen(descriptor, "w", encoding="ascii") as handle:
        handle.write(key := secrets.token_urlsafe(48))
    return key


def encoder_choice() -> "EncoderChoice":
    """Which text encoder was set."""
    from samspill.intelligence.choice import EncoderChoice

    return EncoderChoice(
        url=read("ENCODER_URL"),
        model=read("ENCODER_MODEL"),
        key=read("ENCODER_KEY"),
        shorten=read_flag("ENCODER_SHORTEN"),
        graph=read("ENCODER_GRAPH"),
        graph_sha256=read("ENCODER_GRAPH_SHA256"),
        tokens=read("ENCODER_TOKENS"),
        tokens_sha256=read("ENCODER_TOKENS_SHA256"),
    )
