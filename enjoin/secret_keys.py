"""Where the keys come from that seal the secrets of endpoints: the setting, or a file beside a SQLite database."""

import os
from pathlib import Path

from enjoin.complaints import file_of
from workflow.store.sealed import KeysRefused, Vault, new_key, read_vault

SUFFIX = ".key"


def vault_of(database_url: str, secret_keys: str | None) -> Vault:
    """The keys of the setting; else those in the file beside a SQLite database, which is made with one; else none.

    KeysRefused when what is there are no keys.
    """
    if secret_keys is not None:
        return read_vault(secret_keys)
    database = file_of(database_url)
    if not database or database == ":memory:" or not Path(database).parent.is_dir():
        return Vault([])
    file = Path(database + SUFFIX)
    try:
        return read_vault(_read_or_make(file))
    except KeysRefused as refused:
        raise KeysRefused(f"{file}: {refused}") from None
    except OSError as error:
        raise KeysRefused(f"{file} cannot be used: {error.strerror}") from None


def _read_or_make(file: Path) -> str:
    """The keys in a file for its owner's eyes alone; two processes that make it at once agree on one of them."""
    if not file.exists():
        fresh = file.with_name(f"{file.name}.{os.getpid()}")
        try:
            descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "w") as stream:
                stream.write(f"{new_key()}\n")
                stream.flush()
                os.fsync(stream.fileno())
            os.link(fresh, file)  # fails when the other was faster
        except FileExistsError:
            pass
        finally:
            fresh.unlink(missing_ok=True)
    return ",".join(file.read_text().split())
