"""The calendar of deadlines: it parses, moves, is cancelled, names nobody, and ends with its token."""

from datetime import date, timedelta
from typing import Any

import pytest
from icalendar import Calendar

from tests.api.conftest import Desk
from tests.api.counsel import Counsel
from tests.api.refusals import nothing_written, problem
from workflow.lifecycle.vocabulary import Role


@pytest.fixture
def counsel(desk: Desk) -> Counsel:
    """Counsel of party 1 of the case of the tests."""
    return Counsel(desk, "Maître Durand").represent(desk.adopt()["case"]["id"])


def serve(desk: Desk) -> dict[str, Any]:
    (decision,) = desk.get("/v1/decisions").json()["items"]
    desk.clock.jump("2022-10-19")
    data = {"addressee": 1, "served_on": "2022-10-19", "channel": "registered_letter"}
    served = desk.pull(f"/v1/decisions/{decision['id']}", "record_service", Role.REGISTRAR, data=data)
    made: dict[str, Any] = served.json()
    return made


def new_feed(counsel: Counsel, **body: Any) -> tuple[str, str]:
    answer = counsel.ask("POST", "/v1/feeds", body)
    assert answer.status_code == 201, answer.text
    return answer.json()["id"], answer.json()["path"]


def entries(desk: Desk, path: str) -> dict[str, Any]:
    """The entries of a feed by their UID, once the calendar has been read by a library."""
    answer = desk.client.get(path)
    assert answer.status_code in (200, 202), answer.text
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    calendar = Calendar.from_ical(answer.content)
    assert calendar.errors == []
    return {str(each["UID"]): each for each in calendar.walk("VEVENT")}


def test_a_feed_shows_the_last_day_of_each_order_from_service_on(desk: Desk, counsel: Counsel) -> None:
    _, path = new_feed(counsel)
    assert entries(desk, path) == {}
    decision = serve(desk)
    found = entries(desk, path)
    orders = [found[f"compliance-{order['id']}@enjoin"] for order in decision["orders"]]
    for entry in orders:
        assert entry["DTSTART"].dt == date(2022, 12, 19)
        assert entry["DTEND"].dt == date(2022, 12, 20)
        assert entry["STATUS"] == "CONFIRMED"
        assert entry["SEQUENCE"] == 0
        triggers = [alarm["TRIGGER"].dt for alarm in entry.walk("VALARM")]
        assert triggers == [timedelta(days=-7), timedelta(days=-1)]
    assert str(orders[0]["SUMMARY"]) == "Last day to comply: order SAN-2022-019/1"


def test_an_extended_deadline_moves_its_entry(desk: Desk, counsel: Counsel) -> None:
    _, path = new_feed(counsel)
    order = serve(desk)["orders"][0]["id"]
    uid = f"compliance-{order}@enjoin"
    before = entries(desk, path)[uid]
    desk.clock.jump("2022-11-15")
    data = {"last_day": "2023-01-31", "undoes_accrued": False}
    reason = "asked for by letter of 10 November"
    extended = desk.pull(f"/v1/orders/{order}", "extend", Role.DECISION_MAKER, data=data, reason=reason)
    assert extended.status_code == 200, extended.text
    after = entries(desk, path)[uid]
    assert (before["DTSTART"].dt, after["DTSTART"].dt) == (date(2022, 12, 19), date(2023, 1, 31))
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert after["LAST-MODIFIED"].dt > before["LAST-MODIFIED"].dt


def test_a_duty_met_in_time_is_cancelled(desk: Desk, counsel: Counsel) -> None:
    _, path = new_feed(counsel)
    order = serve(desk)["orders"][2]["id"]
    uid = f"compliance-{order}@enjoin"
    before = entries(desk, path)[uid]
    desk.clock.jump("2022-11-15")
    path_of_order = f"/v1/orders/{order}"
    proposed = desk.pull(path_of_order, "accept_compliance", Role.CASE_OFFICER, data={"complied_on": "2022-11-10"})
    assert proposed.status_code == 202, proposed.text
    assert entries(desk, path)[uid] == before  # what waits for a second person is nobody else's to know
    assert desk.pull(path_of_order, "confirm", Role.HEAD_OF_ENFORCEMENT).status_code == 200
    after = entries(desk, path)[uid]
    assert after["STATUS"] == "CANCELLED"
    assert after.walk("VALARM") == []
    assert after["SEQUENCE"] == before["SEQUENCE"] + 1


def test_the_last_day_to_pay_a_fine_that_was_served_is_shown_until_it_is_paid(desk: Desk) -> None:
    fine = {"amount": "1000.00", "currency": "EUR"}
    case = desk.adopt(fine=fine, clauses=[])["case"]["id"]
    _, path = new_feed(Counsel(desk, "Counsel").represent(case))
    serve(desk)
    (debt,) = desk.get("/v1/debts", params={"case": case}).json()["items"]
    uid = f"payment-{debt['id']}@enjoin"
    before = entries(desk, path)[uid]
    assert (before["DTSTART"].dt, before["STATUS"]) == (date(2022, 11, 21), "CONFIRMED")
    desk.clock.jump("2022-11-02")
    data = {"paid_on": "2022-11-01", "amount": fine, "reference": "X 1"}
    paid = desk.pull(f"/v1/debts/{debt['id']}", "record_payment", Role.FINANCE_OFFICER, data=data)
    assert paid.status_code == 200, paid.text
    after = entries(desk, path)[uid]
    assert (after["STATUS"], after["SEQUENCE"]) == ("CANCELLED", before["SEQUENCE"] + 1)


def test_what_was_never_served_is_cancelled_and_said_so_for_a_while(desk: Desk, counsel: Counsel) -> None:
    _, path = new_feed(counsel)
    decision = serve(desk)
    before = entries(desk, path)
    kinds = ("appeal-", "compliance-")
    assert sorted(uid.partition("-")[0] + "-" for uid in before) == ["appeal-", *["compliance-"] * 3]
    desk.clock.jump("2022-11-10")
    data = {"addressee": 1, "never_served": True, "proof": "the postman's book"}
    of_decision = f"/v1/decisions/{decision['id']}"
    assert desk.pull(of_decision, "correct_service", Role.REGISTRAR, data=data).status_code == 202
    assert entries(desk, path) == before
    assert desk.pull(of_decision, "confirm", Role.HEAD_OF_ENFORCEMENT).status_code == 200
    after = entries(desk, path)
    assert set(after) == set(before)
    for uid, entry in after.items():
        assert uid.startswith(kinds)
        assert (entry["STATUS"], entry["DTSTART"].dt) == ("CANCELLED", before[uid]["DTSTART"].dt)
        assert entry["SEQUENCE"] > before[uid]["SEQUENCE"]
        assert entry.walk("VALARM") == []
        assert entry["DTSTAMP"].dt == entry["LAST-MODIFIED"].dt == desk.clock.instant
    desk.clock.jump("2023-03-19")  # 90 days after the last day to comply
    assert {uid.partition("-")[0] for uid in entries(desk, path)} == {"compliance", "appeal"}
    desk.clock.jump("2023-06-01")
    assert entries(desk, path) == {}


def test_the_file_is_as_the_format_has_it(desk: Desk) -> None:
    reference = "SAN-2022-019; " + "délibération, " * 10 + "fin\\"
    case = desk.adopt(reference=reference)["case"]["id"]
    _, path = new_feed(Counsel(desk, "Counsel").represent(case))
    serve(desk)
    with nothing_written(desk):
        content = desk.client.get(path).content
    lines = content.split(b"\r\n")
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert max(map(len, lines)) == 75
    assert b"\\; d" in content
    assert reference in {str(each["SUMMARY"]).partition(": ")[2] for each in entries(desk, path).values()}


def test_the_calendar_names_nobody(desk: Desk, counsel: Counsel) -> None:
    _, path = new_feed(counsel)
    serve(desk)
    text = desk.client.get(path).text
    assert not any(word in text for word in ("Durand", "Clearview", "100000", "20000000"))


def test_nothing_new_is_said_in_one_line(desk: Desk, counsel: Counsel) -> None:
    _, path = new_feed(counsel)
    etag = desk.client.get(path).headers["etag"]
    for tag in (etag, f"W/{etag}", f'"x", {etag}', "*"):
        again = desk.client.get(path, headers={"If-None-Match": tag})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", etag)
    assert desk.client.get(path, headers={"If-None-Match": '"x"'}).status_code == 200
    serve(desk)
    assert desk.client.get(path, headers={"If-None-Match": etag}).status_code == 200


def test_a_revoked_feed_is_gone(desk: Desk, counsel: Counsel) -> None:
    id, path = new_feed(counsel)
    (listed,) = counsel.get("/v1/feeds").json()["items"]
    assert listed["id"] == id
    assert path.removeprefix("/feeds/") not in counsel.get("/v1/feeds").text
    other = Counsel(desk, "Other")
    problem(other.ask("DELETE", f"/v1/feeds/{id}"), 404, "not_found")
    assert counsel.ask("DELETE", f"/v1/feeds/{id}").json() == {"id": id}
    found = problem(desk.client.get(path), 404, "not_found")
    token = path.removeprefix("/feeds/").removesuffix(".ics")
    assert found["detail"] == f"There is no feed '{token[:6]}…'; GET /v1/feeds lists yours."
    problem(counsel.ask("DELETE", f"/v1/feeds/{id}"), 404, "not_found")
    problem(desk.client.get("/feeds/x.ics"), 404, "not_found")
    assert counsel.get("/v1/feeds").json() == {"items": [], "next": None}


def test_an_officer_has_a_feed_of_a_case(desk: Desk, counsel: Counsel) -> None:
    decision = serve(desk)
    problem(desk.post("/v1/feeds", {}), 422, "invalid_request")
    made = desk.post("/v1/feeds", {"case": decision["case"]["id"]})
    assert made.status_code == 201, made.text
    assert len(entries(desk, made.json()["path"])) >= len(decision["orders"])
