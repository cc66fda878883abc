import json

import httpx
import pytest

from scheduler import escalate
from scheduler.client import ApiAway, ApiDisagrees, KeyRefused
from scheduler.escalate import sweep
from tests.scheduler.fake_api import FakeApi, step


def test_nothing_due_is_one_question() -> None:
    api = FakeApi()
    report = sweep(api.client())
    assert api.asked == ["GET /v1/due?limit=500"]
    assert (report.done, report.pages, report.passes, report.finished) == (0, 0, 1, True)
    assert report.first_request_at <= report.last_answer_at


def test_every_page_is_pulled_and_a_last_pass_finds_nothing() -> None:
    api = FakeApi(due=[step(number) for number in range(7)], page=3)
    report = sweep(api.client())
    assert (report.done, report.pages, report.passes) == (7, 3, 2)
    assert not api.due
    asked = [each.split("?")[0] for each in api.asked]
    assert (asked.count("GET /v1/due"), asked.count("POST /v1/transitions")) == (4, 3)
    assert asked[0] == asked[-1] == "GET /v1/due"


def test_what_one_act_makes_due_is_done_in_the_same_sweep() -> None:
    expiry, proposal = step(1, "record_expiry"), step(1, "propose_penalty")
    api = FakeApi(due=[expiry], then={expiry["step"]: [proposal]})
    report = sweep(api.client())
    assert (report.done, report.passes) == (2, 3)


def test_a_second_sweep_does_nothing() -> None:
    api = FakeApi(due=[step(1), step(2)])
    sweep(api.client())
    assert sweep(api.client()).done == 0


def test_refusals_are_reported_once_and_hold_up_nothing() -> None:
    bad, good = step(1), step(2)
    api = FakeApi(due=[bad, good], refuse={bad["step"]})
    report = sweep(api.client())
    assert (report.done, report.refused, report.passes) == (1, 1, 2)
    assert report.refusals[0]["step"] == bad["step"]
    assert report.refusals[0]["problem"] == {"code": "guard", "detail": "Not so."}
    assert api.asked.count("POST /v1/transitions") == 1


def test_of_many_refusals_all_are_counted_and_some_are_shown() -> None:
    due = [step(number) for number in range(30)]
    report = sweep(FakeApi(due=due, refuse={one["step"] for one in due}).client())
    assert report.refused == 30
    assert len(report.refusals) == 20


def test_what_another_did_is_no_reason_for_another_pass() -> None:
    one = step(1)
    report = sweep(FakeApi(due=[one], taken={one["step"]}).client())
    assert (report.done, report.already_done, report.passes, report.finished) == (0, 1, 1, True)


def test_a_list_that_never_ends_is_left_to_the_next_tick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(escalate, "PASSES", 3)
    api = FakeApi(due=[step(1)])
    api.then = {step(number)["step"]: [step(number + 1)] for number in range(1, 10)}
    report = sweep(api.client())
    assert (report.done, report.passes, report.finished) == (3, 3, False)


def test_a_page_that_names_itself_as_the_next_is_a_defect_and_no_endless_loop() -> None:
    page = {"items": [], "next": "x"}
    with pytest.raises(ApiDisagrees, match="'x'"):
        sweep(FakeApi(failures=[httpx.Response(200, json=page), httpx.Response(200, json=page)]).client())


def test_a_stop_is_heard_between_pages() -> None:
    api = FakeApi(due=[step(number) for number in range(4)], page=2)
    report = sweep(api.client(), stopping=lambda: len(api.due) < 4)
    assert (report.done, report.finished) == (2, False)


def test_the_next_sweep_finds_what_was_left_when_the_api_went_away() -> None:
    api = FakeApi(due=[step(1)], failures=[httpx.ConnectError("refused")])
    with pytest.raises(ApiAway):
        sweep(api.client())
    assert sweep(api.client()).done == 1


def test_a_key_that_is_refused_is_said() -> None:
    with pytest.raises(KeyRefused):
        sweep(FakeApi(key="another").client())


def test_the_report_is_plain_json() -> None:
    report = json.loads(json.dumps(sweep(FakeApi(due=[step(1)]).client()).to_json()))
    assert report["done"] == 1
    assert report["first_request_at"].endswith("+00:00")
