"""The scheduler's settings, read from the environment; a misspelt name is refused, not ignored."""

import os
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Annotated, Any

import httpx
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from scheduler.addresses import addresses

PREFIX = "ENJOIN_"

SCHEDULER_NAMES = frozenset(
    {"ENJOIN_API_URL", "ENJOIN_API_KEY", "ENJOIN_TICK", "ENJOIN_CONCURRENCY", "ENJOIN_EGRESS_ALLOW"}
)
"""What this process reads."""

API_NAMES = frozenset(
    {
        "ENJOIN_DATABASE_URL",
        "ENJOIN_HOST",
        "ENJOIN_PORT",
        "ENJOIN_SECRET_KEYS",
        "ENJOIN_FILES",
        "ENJOIN_LARGEST_ATTACHMENT",
    }
)
"""What the API reads: accepted here, as both may run from one environment, and not looked at."""


class SettingsRefused(Exception):
    """The settings are not usable. Its text is one sentence for whoever started the process."""


class Settings(BaseSettings):
    """What the scheduler is told; each setting says what it is."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="forbid", hide_input_in_errors=True)

    api_url: str = Field(default="http://127.0.0.1:8000", description="Where the API is.")
    api_key: SecretStr = Field(min_length=1, description="A key with the role scheduler.")
    tick: float = Field(default=5.0, ge=0.1, le=3600, description="Seconds between two looks at what is due.")
    concurrency: int = Field(default=64, ge=1, le=256, description="Messages under way at once.")
    egress_allow: Annotated[
        frozenset[str],
        NoDecode,
        Field(description="Addresses that deliveries may go to though they are not public, separated by commas."),
    ] = frozenset()

    @field_validator("api_key", mode="before")
    @classmethod
    def _without_spaces(cls, value: Any) -> Any:
        return value.strip() if isinstance(value, str) else value  # a key from a file often ends in a newline

    @field_validator("api_key")
    @classmethod
    def _fit_for_a_header(cls, value: SecretStr) -> SecretStr:
        key = value.get_secret_value()
        if not key.isascii() or not key.isprintable() or " " in key:
            raise ValueError("this is not a key")
        return value

    @field_validator("api_url")
    @classmethod
    def _is_http(cls, value: str) -> str:
        try:
            url = httpx.URL(value)
        except (httpx.InvalidURL, ValueError):
            raise ValueError("this is not a URL") from None
        if url.scheme not in ("http", "https") or not url.host or url.query or url.fragment or url.userinfo:
            raise ValueError("the URL of the API looks like https://enjoin.example")
        return value

    @field_validator("egress_allow", mode="before")
    @classmethod
    def _separated_by_commas(cls, value: Any) -> Any:
        return addresses(value) if isinstance(value, str) else value


def read_settings() -> Settings:
    """Read the settings from the environment; raises SettingsRefused for a missing, wrong or unknown one."""
    known = SCHEDULER_NAMES | API_NAMES
    for name in sorted(os.environ):
        if name.upper().startswith(PREFIX) and name.upper() not in known:
            near = nearest_setting(name, known)
            raise SettingsRefused(f"{name} is not a setting of Enjoin" + (f"; is {near} meant?" if near else "."))
    if not os.environ.get("ENJOIN_API_KEY", "").strip():
        raise SettingsRefused(
            "ENJOIN_API_KEY is missing: `enjoin key create --role scheduler --name …` prints a key, once."
        )
    try:
        return Settings()  # type: ignore[call-arg]  # from the environment
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        name = PREFIX + "_".join(str(part) for part in first["loc"]).upper()
        raise SettingsRefused(f"{name}: {first['msg'].removeprefix('Value error, ')}.") from None


def nearest_setting(name: str, known: Iterable[str]) -> str | None:
    """The setting that a misspelt name may mean; None if none is near."""
    # Without the prefix, which all share and which would make any two names alike.
    near = get_close_matches(name.upper().removeprefix(PREFIX), [one.removeprefix(PREFIX) for one in known], n=1)
    return PREFIX + near[0] if near else None
