"""The bundle over the API: for staff alone, whole, and for one party without a word of the other."""

import io
import json
import zipfile
from typing import Any

import pytest

from tests.api.conftest import Desk
from tests.api.refusals import errors_of, problem
from tests.workflow.lifecycle.register import a_clause, a_draft, an_order
from workflow.lifecycle.vocabulary import Role
from workflow.use_cases.verify_bundle import check


def files_of(raw: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture
def case(desk: Desk) -> str:
    """The path of a case whose decision was served on two parties, each with an order and a listener of its own."""
    parties = [{"name": "Clearview AI Inc.", "country": "US"}, {"name": "Clearview AI SAS", "country": "FR"}]
    representatives = [{"party": 1, "name": "A. Counsel"}, {"party": 2, "name": "B. Counsel"}]
    case = desk.open_case(parties=parties, representatives=representatives)["id"]
    desk.clock.jump("2022-10-13")
    orders = [an_order(1, "delete_data"), an_order(2, "cease_collection", addressee=2)]
    clauses = [a_clause(covers=[1]), a_clause(n=2, covers=[2])]
    draft = {"case": case, **a_draft(orders=orders, clauses=clauses, addressees=[1, 2])}
    path = f"/v1/decisions/{desk.post('/v1/decisions', draft).json()['id']}"
    for party in (1, 2):
        body = {"case": case, "party": party, "url": f"https://user:pass@counsel-{party}.example/token-{party}"}
        assert desk.post("/v1/webhook-endpoints", body).status_code == 201
    assert desk.pull(path, "submit", Role.CASE_OFFICER, reason="An inner thought").status_code == 200
    desk.clock.jump("2022-10-17")
    assert desk.pull(path, "adopt", Role.DECISION_MAKER).status_code == 200
    for party, day in ((1, "2022-10-19"), (2, "2022-10-25")):
        desk.clock.jump(day)
        data = {"addressee": party, "served_on": day, "channel": "registered_letter", "proof": f"Receipt {party} AR"}
        assert desk.pull(path, "record_service", Role.REGISTRAR, data=data).status_code == 200
    desk.clock.jump("2022-11-02")
    return f"/v1/cases/{case}/bundle"


def test_the_whole_bundle_and_the_public_one(desk: Desk, case: str) -> None:
    answer = desk.get(case, Role.AUDITOR)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/zip"
    assert answer.headers["content-disposition"] == 'attachment; filename="SAN-2022-019-confidential.zip"'
    assert len(list(check(answer.content))) == 9
    assert desk.get(case, Role.AUDITOR).content == answer.content
    for held in (b"An inner thought", b"Receipt 1 AR", b"Receipt 2 AR", b"A. Counsel", b"counsel-2.example"):
        assert held in answer.content
    for secret in (b"whsec_", b"user:pass", b"token-"):
        assert secret not in answer.content
    public = desk.get(case, params={"audience": "public"}).content
    list(check(public))
    for kept in (b"inner thought", b" AR", b"A. Counsel", b"counsel-", b'salt"', b"decision.adopted", b"_clause."):
        assert kept not in public.replace(files_of(public)["verify.py"], b"")


@pytest.mark.parametrize("audience", ["confidential", "public"])
@pytest.mark.parametrize(("party", "other"), [(1, 2), (2, 1)])
def test_the_bundle_for_a_party_holds_nothing_of_the_other(
    desk: Desk, case: str, audience: str, party: int, other: int
) -> None:
    answer = desk.get(case, params={"audience": audience, "addressee": party})
    assert f"-{audience}-party-{party}.zip" in answer.headers["content-disposition"]
    list(check(answer.content))
    files = files_of(answer.content)
    events: list[dict[str, Any]] = [json.loads(each) for each in files["journal.jsonl"].splitlines()]
    said = [json.loads(each["text"]) for each in events if "text" in each]
    assert [each["type"] for each in said] == ["decision.served", "order.entered_into_force"]
    assert said[0]["data"]["addressee"] == party
    assert {each["party"] for each in json.loads(files["deliveries.json"])} == {party}
    names = {1: b"Clearview AI Inc.", 2: b"Clearview AI SAS"}
    decision = desk.get("/v1/decisions", params={"case": said[0]["case"]}).json()["items"][0]["id"]
    listed = desk.get(f"/v1/decisions/{decision}").json()["orders"]
    orders = {n: each["id"].encode() for n, each in enumerate(listed, start=1)}
    assert names[party] in answer.content
    assert orders[party] in answer.content
    day = {1: b"2022-10-19", 2: b"2022-10-25"}
    for kept in (names[other], orders[other], f"Receipt {other} AR".encode(), f"counsel-{other}".encode(), day[other]):
        assert (
            kept not in files["journal.jsonl"] + files["deliveries.json"] + files["case.json"] + files["receipts.json"]
        )
        assert kept not in files.get("texts.jsonl", b"")
    assert (f"Receipt {party} AR".encode() in answer.content) is (audience == "confidential")
    assert b"inner thought" not in answer.content


def test_it_is_for_staff_and_for_a_case_and_an_addressee_that_are_there(shared_desk: Desk) -> None:
    path = f"/v1/cases/{shared_desk.open_case(reference='B-1')['id']}/bundle"
    for role in (Role.SCHEDULER, Role.COUNSEL, Role.ADMINISTRATOR):
        problem(shared_desk.get(path, role), 403, "role_not_permitted")
    problem(shared_desk.client.get(path), 401, "not_authenticated")
    problem(shared_desk.get("/v1/cases/x/bundle"), 404, "not_found")
    problem(shared_desk.get("/v1/cases/x/bundle", params={"audience": "x"}), 404, "not_found")
    found = problem(shared_desk.get(path, params={"addressee": 2}), 422, "invalid_request")
    assert errors_of(found) == {"/query/addressee": "the number of a party of the case: 1"}
    for query in ({"audience": "secret"}, {"addressee": 0}, {"adressee": 1}):
        problem(shared_desk.get(path, params=query), 422, "invalid_request")
