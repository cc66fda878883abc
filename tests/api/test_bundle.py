"""The bundle over the API: for staff alone, whole, and for one party without a word of the other."""

import io
import json
import zipfile
from typing import Any

import pytest

from tests.api.conftest import Desk
from tests.api.refusals import errors_of, problem
from tests.api.test_penalty_life import pulled
from tests.support.register import a_clause, a_draft, an_order
from workflow.lifecycle.vocabulary import Role
from workflow.use_cases.accounts.keys import CONSOLE, NewKey, create_key
from workflow.use_cases.bundle.verify import check

ROLE = frozenset({Role.DECISION_MAKER})


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
    clauses = [a_clause(covers=[1]), a_clause(n=2, covers=[2], rate="70000.00")]
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
    assert answer.status_code in (200, 202), answer.text
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


@pytest.fixture
def fined(desk: Desk, case: str) -> dict[int, dict[str, bytes]]:
    """By party, the ids of its report, penalty, observations and debt, and the hashes of its files; both were fined."""
    (decision,) = desk.get("/v1/decisions", params={"case": case.split("/")[3]}).json()["items"]
    orders = desk.get(f"/v1/decisions/{decision['id']}").json()["orders"]
    found: dict[int, dict[str, bytes]] = {}
    desk.clock.jump("2022-12-12")
    for n, order in enumerate(orders, start=1):
        data = {"received_on": "2022-12-12", "claims": [{"limb": 1, "met_on": "2022-12-01"}], "text": f"Words of {n}"}
        report = pulled(desk, f"/v1/orders/{order['id']}", "record_report", Role.REGISTRAR, data=data)["id"]
        file = desk.attach(f"/v1/filings/{report}", b"%PDF-1.7 report of " + b"12"[n - 1 : n], name=f"{n} report.pdf")
        found[n] = {"report": report.encode(), "file": file.json()["sha256"].encode()}
        finding = {"limb": 1, "finding": "not met", "evidence": f"looked at {n}"}
        pulled(desk, f"/v1/filings/{report}", "assess", Role.CASE_OFFICER)
        pulled(desk, f"/v1/filings/{report}", "reject", Role.CASE_OFFICER, data={"findings": [finding]})
        pulled(desk, f"/v1/filings/{report}", "confirm", Role.HEAD_OF_ENFORCEMENT)
    desk.clock.jump("2023-02-20")
    desk.sweep()
    penalties = desk.get("/v1/penalty-decisions", params={"decision": decision["id"]}).json()["items"]
    present = [desk.get(f"/v1/decisions/{decision['id']}").json()["adopted_by"]["id"]]
    present += [desk.writer.run(create_key, NewKey(f"m{n}", ROLE), CONSOLE).account for n in (1, 2, 3)]
    for n, each in enumerate(sorted(penalties, key=lambda line: str(line["n"])), start=1):
        path = f"/v1/penalty-decisions/{each['id']}"
        desk.clock.jump("2023-02-20")
        pulled(desk, path, "take_up", Role.CASE_OFFICER)
        notice = {"notified_on": "2023-02-20", "channel": "registered_letter"}
        shown = pulled(desk, path, "notify_grounds", Role.DECISION_MAKER, data=notice)
        data = {"received_on": "2023-02-20", "text": f"Protest of {n}"}
        observed = pulled(desk, path, "record_observations", Role.REGISTRAR, data=data)["id"]
        file = desk.attach(f"/v1/filings/{observed}", b"%PDF-1.7 protest of " + b"12"[n - 1 : n])
        reply = {"replied_on": "2023-02-20", "outcome": "rejected", "text": f"Answer to {n}"}
        pulled(desk, f"/v1/filings/{observed}", "reply", Role.CASE_OFFICER, data=reply)
        desk.clock.jump("2023-03-20")
        pulled(desk, path, "deliberate", Role.DECISION_MAKER, data={"session_on": "2023-03-20", "present": present})
        pulled(desk, path, "adopt", Role.DECISION_MAKER)
        service = {"addressee": n, "served_on": "2023-03-20", "channel": "registered_letter"}
        pulled(desk, path, "record_service", Role.REGISTRAR, data=service)
        (debt,) = [line for line in desk.get("/v1/debts").json()["items"] if line["addressee"] == n]
        paid = {"paid_on": "2023-03-20", "amount": {"amount": f"{n}7.00", "currency": "EUR"}, "reference": f"Bank {n}"}
        pulled(desk, f"/v1/debts/{debt['id']}", "record_payment", Role.FINANCE_OFFICER, data=paid)
        found[n] |= {
            "penalty": each["id"].encode(),
            "sum": shown["grounds"]["amount"]["amount"].encode(),
            "observations": observed.encode(),
            "protest": file.json()["sha256"].encode(),
            "debt": debt["id"].encode(),
            **{said: f"{said} {n}".encode() for said in ("Words of", "Protest of", "Answer to", "looked at", "Bank")},
        }
    return found


OF_ANY_VERSION = {"report", "file", "penalty", "sum", "observations", "protest", "debt"}


@pytest.mark.parametrize("audience", ["confidential", "public"])
@pytest.mark.parametrize(("party", "other"), [(1, 2), (2, 1)])
def test_reports_penalties_and_debts_are_in_the_bundle_of_their_party_alone(
    desk: Desk, case: str, fined: dict[int, dict[str, bytes]], audience: str, party: int, other: int
) -> None:
    raw = desk.get(case, params={"audience": audience, "addressee": party}).content
    list(check(raw))
    files = files_of(raw)
    said = b"".join(data for name, data in files.items() if name not in {"verify.py", "README.txt"})
    for name, own in fined[party].items():
        told = name in OF_ANY_VERSION or (
            audience == "confidential" and name in {"Words of", "Protest of", "Answer to"}
        )
        assert (own in said) is told or name == "Bank", name
        assert fined[other][name] not in said, name
    held = {name[12:].encode() for name in files if name.startswith("attachments/")}
    own_files = {fined[party]["file"], fined[party]["protest"]}
    assert held == (own_files if audience == "confidential" else set())


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
