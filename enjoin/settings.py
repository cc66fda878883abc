"""The settings of the API, read from the environment here and nowhere else; a misspelt name is refused."""

import os
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from enjoin.complaints import file_of
from scheduler.addresses import addresses
from scheduler.settings import API_NAMES, PREFIX, SCHEDULER_NAMES, nearest_setting
from workflow.store.sealed import read_vault


class SettingsRefused(Exception):
    """The settings are not usable. Its text is one sentence for whoever started the process."""


class Settings(BaseSettings):
    """What the API is told; each setting says what it is."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, hide_input_in_errors=True)

    database_url: Annotated[
        str, Field(description="`sqlite:///file`, or `postgresql://…` with the extra `postgres` installed.")
    ] = "sqlite:///enjoin.db"
    host: Annotated[str, Field(description="The address the API listens on.")] = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535, description="The port the API listens on; 0 takes a free one.")] = 8000
    egress_allow: Annotated[
        frozenset[str],
        NoDecode,
        Field(description="Addresses webhooks may go to though they are not public or not https, separated by commas."),
    ] = frozenset()
    secret_keys: Annotated[
        SecretStr | None,
        Field(
            description="The keys that seal the secrets of webhooks, newest first, separated by commas; by default in "
            "a file beside the SQLite database."
        ),
    ] = None
    files: Annotated[
        Path | None,
        Field(description="The folder of attached files; by default `enjoin-files` beside the SQLite database."),
    ] = None
    largest_attachment: Annotated[
        int, Field(ge=1, le=1_000_000_000, description="How many bytes an attached file may have.")
    ] = 50_000_000

    @property
    def keys(self) -> str | None:
        """The text of `secret_keys`."""
        return None if self.secret_keys is None else self.secret_keys.get_secret_value()

    @property
    def folder(self) -> Path:
        """The folder of attached files: the one that is set, or one beside a SQLite database or the process."""
        return self.files or files_beside(self.database_url)

    @field_validator("secret_keys")
    @classmethod
    def _are_keys(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None:
            read_vault(value.get_secret_value())
        return value

    @field_validator("egress_allow", mode="before")
    @classmethod
    def _separated_by_commas(cls, value: Any) -> Any:
        return addresses(value) if isinstance(value, str) else value


def files_beside(database_url: str) -> Path:
    """Where files lie when nothing says where: beside a SQLite database, else beside the process."""
    database = file_of(database_url)
    return Path(database or "").parent / "enjoin-files"


def read_settings() -> Settings:
    """Read the settings; raises SettingsRefused for a wrong or unknown one."""
    known = API_NAMES | SCHEDULER_NAMES
    for name in sorted(os.environ):
        if name.upper().startswith(PREFIX) and name.upper() not in known:
            near = nearest_setting(name, known)
            hint = f"; is {near} meant?" if near else f"; known are {', '.join(sorted(known))}."
            raise SettingsRefused(f"{name} is not a setting of Enjoin{hint}")
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        name = PREFIX + "_".join(str(part) for part in first["loc"]).upper()
        raise SettingsRefused(f"{name}: {first['msg'].removeprefix('Value error, ')}.") from None
