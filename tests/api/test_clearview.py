"""The first case through the API, from opening to a draft penalty."""

from tests.api.conftest import Desk
from workflow.lifecycle.vocabulary import Role


def test_the_case_runs_to_a_draft_penalty_of_5_200_000_euros(desk: Desk) -> None:
    decision = desk.serve()
    order = f"/v1/orders/{decision['orders'][1]['id']}"
    assert desk.get(order).json()["period"]["last_day"] == "2022-12-19"
    for day, done in (("2022-11-19", 3), ("2022-12-12", 3), ("2022-12-18", 3), ("2022-12-20", 3), ("2023-02-10", 1)):
        desk.clock.jump(day)
        results = desk.sweep()
        assert [result["outcome"] for result in results] == ["done"] * done
    penalty = f"/v1/penalty-decisions/{results[0]['subject']['id']}"
    refused = desk.post(f"{penalty}/transitions", {"trigger": "adopt"}, Role.SCHEDULER)
    assert refused.status_code == 403
    assert refused.json()["open"] == [
        "take_up (case_officer)",
        "close_without_penalty (decision_maker)",
        "withdraw (decision_maker)",
    ]
    taken_up = desk.pull(penalty, "take_up", Role.CASE_OFFICER).json()
    assert taken_up["state"] == "draft"
    assert taken_up["slice"] == {"from": "2022-12-20", "to": "2023-02-09"}
    assert taken_up["amount"] == {"amount": "5200000.00", "currency": "EUR"}
    assert taken_up["statement"]["result"]["units"] == 52
    assert taken_up["assumed"] == ["hearing.window_ended_on", "served_on"]
    journal = desk.get(f"/v1/cases/{decision['case']['id']}/journal").json()["items"]
    assert [event["seq"] for event in journal] == list(range(1, 27))
    shown = desk.get(order).json()
    assert (shown["state"], shown["is_overdue"], shown["version"]) == ("expired", True, 6)
