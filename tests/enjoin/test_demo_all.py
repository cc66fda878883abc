"""Every packaged case ends as its file says; one that does not is named, and the command exits 1."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from enjoin import demo
from enjoin.case_file import CaseFile, Check, load, names
from enjoin.checks import at_path
from enjoin.replay import ReplayFailed
from tests.enjoin.console import enjoin

SHOWN = {"dates": ["a", {"b": None}], "state": "final"}


@pytest.mark.parametrize("name", names())
def test_the_case_ends_as_its_file_says(name: str) -> None:
    found = demo.run_demo(name, None)
    assert found.result["journal_verified"]
    assert found.messages
    assert found.checks or found.file.expect.figures


def test_there_are_eight_and_more() -> None:
    assert "cnil-clearview" in names()
    assert len(names()) >= 8


@pytest.fixture
def changed(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Let there be one case alone, with other words in its file."""

    def change(**members: Any) -> None:
        file = load("complied-in-time")
        other = file.model_copy(update={"expect": file.expect.model_copy(update=members)})
        monkeypatch.setattr(demo, "names", lambda: ["complied-in-time"])
        monkeypatch.setattr(demo, "load", lambda _name: other)

    return change


def test_the_list_says_what_was_checked(changed: Callable[..., None]) -> None:
    changed()
    result = enjoin("demo", "--all", "--json")
    (case,) = json.loads(result.stdout)
    assert result.exit_code == 0
    assert (case["name"], case["agrees"], case["differs"]) == ("complied-in-time", True, [])
    assert case["checks"][0] == {"what": "order/1 state", "is": "complied", "expected": "complied", "agrees": True}
    assert (case["webhooks_sent"], case["webhooks_verified"], case["journal_verified"]) == (7, 7, True)


def test_one_that_differs_is_named(changed: Callable[..., None]) -> None:
    checks = [
        Check.model_validate({"read": "order/1", "path": "state", "is": "expired"}),
        Check.model_validate({"read": "debt/1", "path": "state", "is": "paid"}),
        Check.model_validate(
            {"read": "order/1", "path": "period.last", "is": 1, "as_known_at": "2025-03-01T12:00:00Z"}
        ),
    ]
    changed(messages=8, checks=tuple(checks))
    result = enjoin("demo", "--all", COLUMNS="160")
    assert result.exit_code == 1
    for said in (
        "order/1 state is 'complied', not 'expired'",
        "debt/1 state is 'nothing made so far is called debt/1', not 'paid'",
        "order/1 period.last as known at 2025-03-01T12:00:00Z is \"there is no 'last' on the way to period.last\"",
        "7 messages sent, 7 verified, not 8",
        "0 of 3",
    ):
        assert said in result.stdout.replace("\n", " ")
    assert result.stderr == "enjoin: 1 of 1 cases ended otherwise than they say\n"


def test_one_that_stops_on_the_way_is_named_and_the_next_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(file: CaseFile, _keep: object) -> demo.Demo:
        raise ReplayFailed(f"{file.title}: 2025-02-17: adopt on decision: 409")

    monkeypatch.setattr(demo, "_replay", fail)
    ended = list(demo.run_all(None))
    assert [each.name for each in ended] == names()
    assert all(each.differs[0].endswith("adopt on decision: 409") for each in ended)
    assert ended[0].to_json()["agrees"] is False


@pytest.mark.parametrize(("path", "value"), [("state", "final"), ("dates.0", "a"), ("dates.1.b", None)])
def test_a_path_leads_to_a_value(path: str, value: Any) -> None:
    assert at_path(SHOWN, path) == value


@pytest.mark.parametrize("path", ["states", "dates.2", "dates.x", "state.0", "dates.1.c", ""])
def test_a_path_to_nothing_is_no_value(path: str) -> None:
    with pytest.raises(LookupError):
        at_path(SHOWN, path)
