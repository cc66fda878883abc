import os

import pytest

from scheduler.settings import API_NAMES, SCHEDULER_NAMES, Settings, SettingsRefused, read_settings


@pytest.fixture(autouse=True)
def _empty_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.upper().startswith("ENJOIN_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("ENJOIN_API_KEY", "abc")


def test_what_is_not_set_has_a_default() -> None:
    settings = read_settings()
    assert (settings.tick, settings.concurrency, settings.egress_allow) == (5.0, 64, frozenset())
    assert settings.api_url == "http://127.0.0.1:8000"


def test_what_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    values = {"ENJOIN_API_URL": "https://api.example/x", "ENJOIN_TICK": "0.5", "ENJOIN_CONCURRENCY": "8"}
    values |= {"ENJOIN_EGRESS_ALLOW": "127.0.0.1, ::1", "ENJOIN_API_KEY": " abc\n"}
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    settings = read_settings()
    assert (settings.api_url, settings.tick, settings.concurrency) == ("https://api.example/x", 0.5, 8)
    assert settings.egress_allow == {"127.0.0.1", "::1"}
    assert settings.api_key.get_secret_value() == "abc"
    assert "abc" not in repr(settings)


def test_the_names_are_those_of_the_fields() -> None:
    assert {f"ENJOIN_{name.upper()}" for name in Settings.model_fields} == SCHEDULER_NAMES
    assert not SCHEDULER_NAMES & API_NAMES


@pytest.mark.parametrize("name", sorted(API_NAMES))
def test_the_names_of_the_api_are_left_alone(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(name, "whatever")
    read_settings()


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("ENJOIN_API_KEYS", "ENJOIN_API_KEYS is not a setting of Enjoin; is ENJOIN_API_KEY meant?"),
        ("ENJOIN_EGRES_ALLOW", "ENJOIN_EGRES_ALLOW is not a setting of Enjoin; is ENJOIN_EGRESS_ALLOW meant?"),
        ("ENJOIN_DATABASEURL", "ENJOIN_DATABASEURL is not a setting of Enjoin; is ENJOIN_DATABASE_URL meant?"),
        ("ENJOIN_ZZ", "ENJOIN_ZZ is not a setting of Enjoin."),
    ],
)
def test_an_unknown_name_is_refused(monkeypatch: pytest.MonkeyPatch, name: str, sentence: str) -> None:
    monkeypatch.setenv(name, "1")
    with pytest.raises(SettingsRefused) as raised:
        read_settings()
    assert str(raised.value) == sentence


@pytest.mark.parametrize("value", [None, "", " \n"])
def test_a_missing_key_is_refused(monkeypatch: pytest.MonkeyPatch, value: str | None) -> None:
    monkeypatch.delenv("ENJOIN_API_KEY")
    if value is not None:
        monkeypatch.setenv("ENJOIN_API_KEY", value)
    with pytest.raises(SettingsRefused, match=r"^ENJOIN_API_KEY is missing: .*\.$"):
        read_settings()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ENJOIN_TICK", "0"),
        ("ENJOIN_TICK", "soon"),
        ("ENJOIN_TICK", "nan"),
        ("ENJOIN_CONCURRENCY", "0"),
        ("ENJOIN_CONCURRENCY", "1.5"),
        ("ENJOIN_EGRESS_ALLOW", "localhost"),
        ("ENJOIN_EGRESS_ALLOW", "10.0.0.0/8"),
        ("ENJOIN_API_URL", ""),
        ("ENJOIN_API_URL", "api.example"),
        ("ENJOIN_API_URL", "https://u:p@api.example"),
        ("ENJOIN_API_KEY", "two words"),
        ("ENJOIN_API_KEY", "é"),
    ],
)
def test_a_wrong_value_is_refused_by_name_without_showing_the_key(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsRefused) as raised:
        read_settings()
    assert str(raised.value).startswith(f"{name}: ")
    if name == "ENJOIN_API_KEY":
        assert value not in str(raised.value)
