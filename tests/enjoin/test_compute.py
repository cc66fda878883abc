"""The calculators, the regimes and the receipts at the command line."""

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from enjoin.cli import app
from tests.support.golden import golden

CLEARVIEW: dict[str, Any] = {
    "served_on": "2022-10-19",
    "compliance_period": "P2M",
    "rate": "100000",
    "currency": "EUR",
    "per": "P1D",
    "assessed_to": "2023-02-09",
    "regime": "fr-cnil",
}


def run(*arguments: str, given: Any = None) -> tuple[int, str]:
    """Run a command; its exit code and what it printed."""
    text = None if given is None else given if isinstance(given, str) else json.dumps(given)
    done = CliRunner().invoke(app, arguments, input=text)
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.stdout


@pytest.mark.parametrize("kind", ["deadline", "penalty", "interest"])
def test_all_golden_cases_pass_through_the_command_line(kind: str) -> None:
    cases = golden(f"{kind}-calculations.json")
    code, printed = run("compute", kind, "-", given=[case["request"] for case in cases])
    assert code == (2 if any("refused" in case for case in cases) else 0)
    for case, answer in zip(cases, json.loads(printed), strict=True):
        if "refused" in case:
            paths = [error["path"] for error in answer["errors"]]
            assert any(path.startswith(begin) for path in paths for begin in case["refused"]), case["id"]
        else:
            assert case["expect"].items() <= answer.items(), case["id"]


def test_the_reasoning_of_clearview_reads_like_a_decision() -> None:
    code, printed = run("compute", "penalty", "-", "--explain", given=CLEARVIEW)
    assert code == 0
    for said in (
        "The order was served on 19 October 2022.",
        "two months run to 19 December 2022 (CPC art. 641).",
        "From 20 December 2022 to 9 February 2023, both included, 52 days",
        "The penalty amounts to EUR 5,200,000.00.",
        "not yet verified",
    ):
        assert said in printed


def test_two_readings_of_clearview_give_the_published_sum() -> None:
    disputed = CLEARVIEW | {
        "served_on": ["2022-10-18", "2022-10-19"],
        "assessed_to": ["2023-02-08", "2023-02-09"],
    }
    code, printed = run("compute", "readings", "-", "--json", given=disputed)
    assert code == 0
    sums = sorted(reading["amount"] for reading in json.loads(printed)["readings"])
    assert sums == ["5100000.00", "5200000.00", "5200000.00", "5300000.00"]
    _, table = run("compute", "readings", "-", given=disputed)
    assert table.count("5200000.00") == 2


def test_a_single_bad_request_is_a_problem_and_exit_status_2(tmp_path: Path) -> None:
    code, printed = run("compute", "deadline", "-", given={"event_on": "2026-01-31", "period": "P1.5M"})
    assert code == 2
    assert json.loads(printed)["errors"][0]["path"] == "/period"
    code, printed = run("compute", "deadline", "-", "--explain", given={"event_on": 0, "period": "P1M"})
    assert code == 2
    assert printed.startswith("/event_on: ")


@pytest.mark.parametrize(
    "text",
    ['{"per": "P1D", "per": "P1W"}', "{", "", "nonsense", "[" * 100_000, '{"rate": NaN}', "9" * 5000],
)
def test_what_is_no_json_is_said_in_a_sentence(text: str) -> None:
    code, printed = run("compute", "penalty", "-", given=text)
    assert (code, printed) == (2, "")


def test_a_file_of_another_encoding_is_refused_and_a_mark_before_the_text_is_not(tmp_path: Path) -> None:
    file = tmp_path / "request.json"
    file.write_bytes(b'\xef\xbb\xbf{"event_on": "2026-01-31", "period": "P1M"}')
    assert run("compute", "deadline", str(file))[0] == 0
    file.write_bytes(b'{"event_on": "\xe9"}')
    assert run("compute", "deadline", str(file)) == (2, "")
    assert run("compute", "deadline", str(tmp_path))[0] == 2


def test_a_file_may_hold_more_requests_than_the_api_takes_at_once() -> None:
    code, printed = run("compute", "deadline", "-", given=[{"event_on": "2026-01-31", "period": "P1M"}] * 1_001)
    assert code == 0
    assert len(json.loads(printed)) == 1_001


@pytest.mark.parametrize("text", ['{"event_on": "\\ud800", "period": "P1M"}', '{"\\ud800": 1}'])
@pytest.mark.parametrize("more", [(), ("--explain",)])
def test_half_a_character_is_shown_escaped(text: str, more: tuple[str, ...]) -> None:
    code, printed = run("compute", "deadline", "-", *more, given=text)
    assert code == 2
    assert "\\ud800" in printed
    assert (
        run("receipt", "check", "-", given='{"\\ud800": {"request": 1, "regime": 1, "result": 1, "sha256": 1}}')[0] == 1
    )


def test_a_file_that_is_not_there_is_said_in_a_sentence(tmp_path: Path) -> None:
    assert run("compute", "penalty", str(tmp_path / "none.json"))[0] == 2


def test_regimes_are_listed_and_shown_with_their_references() -> None:
    code, printed = run("regimes", "list")
    assert code == 0
    assert {"fr-cnil@1", "nl-ap@1", "uk-ico@1"} <= set(printed.split())
    code, printed = run("regimes", "show", "fr-cnil")
    assert code == 0
    assert "roll: none  (observed in Kourou, SAN-2024-009; unverified)" in printed
    assert "max_rate: EUR 100000.00 per P1D  (LIL art. 20 IV)" in printed
    _, printed = run("regimes", "show", "eu-commission")
    assert "rates: 0.05 % from 2014-09-10, 0 % from 2016-03-16" in printed
    assert run("regimes", "show", "fr-cnli")[0] == 2


def test_a_receipt_is_checked_wherever_it_stands_and_a_changed_one_is_named() -> None:
    from workflow.law.receipt import receipt
    from workflow.law.regime import regime

    request = CLEARVIEW | {"regime": "fr-cnil@1"}
    journal = {"items": [{"data": {"receipt": deepcopy(dict(receipt(request, regime("fr-cnil@1"))))}}]}
    assert run("receipt", "check", "-", given=journal) == (0, "/items/0/data/receipt: agrees\n")
    journal["items"][0]["data"]["receipt"]["result"]["units"] = 51
    code, printed = run("receipt", "check", "-", given=journal)
    assert code == 1
    assert "units is 51 in it, 52 when computed again" in printed
    assert run("receipt", "check", "-", given={})[0] == 2
