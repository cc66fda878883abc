"""Filing over the API in one request: what is said and its files, by counsel and by officers, and what is refused."""

import asyncio
import json
import tracemalloc
from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import httpx2
import pytest
from sqlalchemy import Engine

from api import multipart
from api.state import Options
from tests.api.conftest import VAULT, Desk, allow_all, opened
from tests.api.counsel import Counsel
from tests.api.refusals import errors_of, nothing_written, problem
from tests.api.test_attachments import PDF, findings, kept
from tests.api.test_filings import CLAIMS
from workflow.lifecycle.vocabulary import Role
from workflow.store.files import Incoming

OFFICER, HEAD, REGISTRAR, DECIDER = (
    Role.CASE_OFFICER,
    Role.HEAD_OF_ENFORCEMENT,
    Role.REGISTRAR,
    Role.DECISION_MAKER,
)
LOG = b"2022-12-01 deleted 3 < 4\n"
Files = list[tuple[str, bytes, str]]
TWO: Files = [("report.pdf", PDF, "application/pdf"), ("log.txt", LOG, "text/plain")]


def form(said: Any, files: Files = TWO) -> list[tuple[str, tuple[str | None, bytes, str]]]:
    """The parts of a form."""
    filing = said if isinstance(said, bytes) else json.dumps(said).encode()
    parts: list[tuple[str, tuple[str | None, bytes, str]]] = [("filing", (None, filing, "application/json"))]
    return parts + [("file", each) for each in files]


def post(desk: Desk, headers: dict[str, str], said: Any, files: Files = TWO) -> httpx2.Response:
    return desk.client.post("/v1/filings", files=form(said, files), headers=headers)


def about(decision: dict[str, Any], n: int = 3) -> dict[str, str]:
    return {"kind": "order", "id": decision["orders"][n - 1]["id"]}


def claim(decision: dict[str, Any], **members: Any) -> dict[str, Any]:
    return {"about": about(decision), "kind": "compliance_report", "claims": CLAIMS, **members}


def served(desk: Desk, case: str, on: str = "2022-12-10") -> tuple[dict[str, Any], Counsel]:
    """A decision served on party 1, and its counsel."""
    decision = desk.serve(in_case=case)
    desk.clock.jump(on)
    return decision, Counsel(desk, f"Counsel in {case}").represent(decision["case"]["id"])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "files"


@pytest.fixture(scope="module")
def shared(shared_desk: Desk) -> tuple[dict[str, Any], Counsel]:
    return served(shared_desk, "NEW-SHARED")


def test_counsel_files_a_report_with_its_files_and_gets_the_receipt(desk: Desk, folder: Path) -> None:
    decision, counsel = served(desk, "NEW-1")
    answer = post(desk, counsel.headers, claim(decision, text="All deleted."))
    assert answer.status_code == 201, answer.text
    receipt = answer.json()
    events = [receipt.pop("event"), *(each.pop("event") for each in receipt["files"])]
    described: list[dict[str, Any]] = [
        {"name": name, "media_type": media_type, "sha256": sha256(file).hexdigest(), "size": len(file)}
        | {"received_on": "2022-12-10", "in_time": True, "file_by": "2022-12-19"}
        for name, file, media_type in TWO
    ]
    id = answer.headers["location"].rpartition("/")[2]
    assert receipt == {
        "filing": id,
        "n": 1,
        "version": 3,
        "case": decision["case"],
        "kind": "compliance_report",
        "about": about(decision),
        "party": {"n": 1, "id": receipt["party"]["id"], "name": "Clearview AI Inc."},
        "recorded_at": "2022-12-10T12:00:00Z",
        "recorded_on": "2022-12-10",
        "received_on": "2022-12-10",
        "in_time": True,
        "file_by": "2022-12-19",
        "files": described,
    }
    assert answer.headers["etag"] == '"3"'
    assert sorted(kept(folder)) == sorted(each["sha256"] for each in described)
    assert findings(desk, folder) == []
    journal = desk.get(f"/v1/cases/{decision['case']['id']}/journal").json()["items"]
    filed = [each for each in journal if each["id"] in events]
    assert [each["type"] for each in filed] == ["filing.received", "filing.attached", "filing.attached"]
    assert len({each["act"] for each in filed}) == 1
    assert {each["actor"]["name"] for each in filed} == {counsel.name}
    seen = counsel.get(f"/v1/filings/{id}").json()
    assert (seen["text"], seen["attachments"]) == ("All deleted.", described)
    assert {each["trigger"] for each in seen["open_transitions"] if each["open"]} == {"attach", "withdraw"}
    told = [each["id"] for each in counsel.events() if each["type"].startswith("filing.")]
    assert told == events


def test_a_file_is_added_later_and_the_filing_withdrawn_before_its_assessment(desk: Desk) -> None:
    decision, counsel = served(desk, "NEW-2")
    id = post(desk, counsel.headers, claim(decision), []).json()["filing"]
    path = f"/v1/filings/{id}"
    headers = counsel.headers | {"Content-Type": "application/pdf", "If-Match": '"1"'}
    late = desk.client.post(f"{path}/attachments?name=a.pdf&received_on=2022-12-09", content=PDF, headers=headers)
    assert problem(late, 409, "guard_refused")["guard"] == "dated_today"
    added = desk.client.post(f"{path}/attachments?name=a.pdf", content=PDF, headers=headers)
    assert (added.status_code, added.json()["file_by"]) == (201, "2022-12-19")
    withdrawn = counsel.ask("POST", f"{path}/transitions", {"trigger": "withdraw"}, version=2)
    assert withdrawn.json()["state"] == "withdrawn"

    id = post(desk, counsel.headers, claim(decision), []).json()["filing"]
    path = f"/v1/filings/{id}"
    assert desk.pull(path, "assess", OFFICER).status_code == 200
    item = {"subject": {"kind": "filing", "id": id}, "trigger": "withdraw", "version": 2}
    (result,) = counsel.ask("POST", "/v1/transitions", {"items": [item]}).json()["results"]
    assert (result["outcome"], result["problem"]["code"]) == ("refused", "illegal_transition")
    assert desk.pull(path, "withdraw", REGISTRAR).json()["state"] == "withdrawn"


def test_the_day_is_that_of_the_recording_in_the_zone_of_the_authority(desk: Desk) -> None:
    decision, counsel = served(desk, "NEW-3")
    for instant, on, in_time in (("22:59:59", "2022-12-19", True), ("23:00:00", "2022-12-20", False)):
        desk.clock.instant = datetime.fromisoformat(f"2022-12-19T{instant}").replace(tzinfo=UTC)
        receipt = post(desk, counsel.headers, claim(decision)).json()
        assert (receipt["received_on"], receipt["recorded_on"], receipt["in_time"]) == (on, on, in_time)
        assert receipt["recorded_at"] == f"2022-12-19T{instant}Z"


def test_officers_say_on_which_day_it_came_and_counsel_cannot(desk: Desk, folder: Path) -> None:
    decision, counsel = served(desk, "NEW-4", "2022-12-20")
    earlier = claim(decision, received_on="2022-12-19")
    with nothing_written(desk):
        refused = problem(post(desk, counsel.headers, earlier), 409, "guard_refused")
    assert (refused["guard"], refused["who"]) == ("dated_today", ["registrar"])
    receipt = post(desk, desk.key(REGISTRAR), earlier).json()
    assert (receipt["received_on"], receipt["recorded_on"], receipt["in_time"]) == ("2022-12-19", "2022-12-20", True)
    assert {each["in_time"] for each in receipt["files"]} == {True}
    assert findings(desk, folder) == []


def test_sent_again_under_its_key_it_is_filed_once(desk: Desk) -> None:
    decision, counsel = served(desk, "NEW-5")
    headers = counsel.headers | {"Idempotency-Key": "3f1c"}
    first = post(desk, headers, claim(decision))
    again = post(desk, headers, claim(decision))
    assert (again.status_code, again.json()) == (201, first.json())
    other = post(desk, headers, claim(decision), TWO[:1])
    assert list(errors_of(problem(other, 422, "invalid_request"))) == ["/header/idempotency-key"]
    assert len(desk.get(f"/v1/filings?about={about(decision)['id']}").json()["items"]) == 1


def test_what_counsel_does_not_see_is_not_there(desk: Desk) -> None:
    decision, counsel = served(desk, "NEW-6")
    stranger = Counsel(desk, "Stranger")
    other = Counsel(desk, "Of party 2").represent(decision["case"]["id"], 2)
    id = post(desk, counsel.headers, claim(decision), []).json()["filing"]
    order = about(decision)["id"]
    said = {"trigger": "record_report", "data": {"claims": CLAIMS}}
    items = {"items": [{"subject": {"kind": "order", "id": order}, "version": 1, **said}]}
    nowhere = claim(decision) | {"about": {"kind": "order", "id": "7b2f0e1c-0000-5000-8000-000000000000"}}
    with nothing_written(desk):
        problem(post(desk, counsel.headers, nowhere), 404, "not_found")
        for who in (stranger, other):
            problem(post(desk, who.headers, claim(decision)), 404, "not_found")
            problem(who.ask("POST", f"/v1/orders/{order}/transitions", said, version=1), 404, "not_found")
            (result,) = who.ask("POST", "/v1/transitions", items).json()["results"]
            assert result["problem"]["code"] == "not_found"
            headers = who.headers | {"Content-Type": "application/pdf", "If-Match": '"1"'}
            sent = desk.client.post(f"/v1/filings/{id}/attachments?name=a.pdf", content=PDF, headers=headers)
            problem(sent, 404, "not_found")
            problem(
                who.ask("POST", f"/v1/filings/{id}/transitions", {"trigger": "withdraw"}, version=1), 404, "not_found"
            )
        for trigger in ("assess", "accept", "refuse"):
            pulled = counsel.ask("POST", f"/v1/filings/{id}/transitions", {"trigger": trigger}, version=1)
            refused = problem(pulled, 403, "role_not_permitted")
            assert refused["open"] == ["attach", "withdraw"]
        stale = problem(
            counsel.ask("POST", f"/v1/filings/{id}/transitions", {"trigger": "withdraw"}, version=9),
            412,
            "version_conflict",
        )
        assert "changes" not in stale
    counsel.leave(decision["case"]["id"])
    problem(post(desk, counsel.headers, claim(decision)), 404, "not_found")


def test_before_the_decision_was_served_its_orders_are_not_there(desk: Desk) -> None:
    decision = desk.adopt(in_case="NEW-7")
    counsel = Counsel(desk, "Early").represent(decision["case"]["id"])
    problem(post(desk, counsel.headers, claim(decision)), 404, "not_found")


def test_roles_that_file_nothing_are_told_so(shared_desk: Desk, shared: tuple[dict[str, Any], Counsel]) -> None:
    for role in (HEAD, Role.AUDITOR, Role.SCHEDULER, Role.RAPPORTEUR):
        with nothing_written(shared_desk):
            problem(post(shared_desk, shared_desk.key(role), claim(shared[0])), 403, "role_not_permitted")
    problem(post(shared_desk, {}, claim(shared[0])), 401, "not_authenticated")


BAD_FILES: dict[str, tuple[Files, str]] = {
    "a page": ([("a.html", b"<html>", "text/html")], "/file/0/type"),
    "no name of its type": ([TWO[0], ("a.exe", LOG, "text/plain")], "/file/1/name"),
    "not what it says": ([TWO[0], ("a.png", LOG, "image/png")], "/file/1"),
    "empty": ([("a.pdf", b"", "application/pdf")], "/file/0"),
    "the same twice": ([TWO[0], TWO[1], ("b.pdf", PDF, "application/pdf")], "/file/2"),
    "too many": ([(f"{n}.txt", b"%d" % n, "text/plain") for n in range(21)], "/file"),
}


@pytest.mark.parametrize("what", BAD_FILES)
def test_a_file_that_is_not_taken_in_leaves_nothing(
    shared_desk: Desk, shared: tuple[dict[str, Any], Counsel], what: str
) -> None:
    files, where = BAD_FILES[what]
    folder = shared_desk.client.app.state.enjoin.files.folder  # type: ignore[attr-defined]
    before = kept(folder) if folder.exists() else []
    with nothing_written(shared_desk):
        answer = post(shared_desk, shared[1].headers, claim(shared[0]), files)
    assert list(errors_of(problem(answer, 422, "invalid_request"))) == [where]
    assert (kept(folder) if folder.exists() else []) == before


BAD_SAYINGS: dict[str, tuple[Any, str]] = {
    "no JSON": (b"{", "/filing"),
    "no object": ([], "/filing"),
    "a member twice": (b'{"kind": "request", "kind": "request"}', "/filing/kind"),
    "no kind": ({"kind": None}, "/filing/kind"),
    "an unknown kind": ({"kind": "report"}, "/filing/kind"),
    "about what has none": ({"kind": "observations"}, "/filing/about/kind"),
    "an unknown member": ({"nobody": 1}, "/filing/nobody"),
    "a wrong member": ({"claims": [{"limb": 1, "met_on": "soon"}]}, "/filing/claims/0/met_on"),
    "another kind's member": ({"until": "2023-01-31"}, "/filing/until"),
}


@pytest.mark.parametrize("what", BAD_SAYINGS)
def test_a_filing_that_cannot_be_read_is_refused_by_its_place(
    shared_desk: Desk, shared: tuple[dict[str, Any], Counsel], what: str
) -> None:
    said, where = BAD_SAYINGS[what]
    with nothing_written(shared_desk):
        answer = post(shared_desk, shared[1].headers, claim(shared[0]) | said if isinstance(said, dict) else said)
    assert list(errors_of(problem(answer, 422, "invalid_request"))) == [where]


def test_what_a_filing_can_be_about_is_said_in_the_words_of_the_api(
    shared_desk: Desk, shared: tuple[dict[str, Any], Counsel]
) -> None:
    said = claim(shared[0]) | {"about": {"kind": "key", "id": "x"}}
    found = errors_of(problem(post(shared_desk, shared[1].headers, said), 422, "invalid_request"))
    assert found == {"/filing/about/kind": "one of 'order' or 'penalty_decision', not 'key'"}


def body(*parts: bytes, end: bytes = b"--x--\r\n") -> bytes:
    return b"".join(b"--x\r\n" + each + b"\r\n" for each in parts) + end


FILING = b'Content-Disposition: form-data; name="filing"\r\n\r\n%s'
PART = b'Content-Disposition: form-data; name="%s"; filename="%s"\r\nContent-Type: text/plain\r\n\r\n%s'


@pytest.fixture
def small(engine: Engine, folder: Path) -> Iterator[Desk]:
    options = Options(check_url=allow_all, vault=VAULT, files=folder, largest_attachment=20_000, largest_body=5_000)
    with opened(engine, options) as desk:
        yield desk


def test_each_part_has_its_limit(small: Desk, folder: Path) -> None:
    decision, counsel = served(small, "NEW-9")
    fits = [("a.pdf", PDF.ljust(20_000), "application/pdf"), ("b.pdf", PDF.ljust(19_999), "application/pdf")]
    assert post(small, counsel.headers, claim(decision), fits).status_code == 201
    with nothing_written(small):
        larger = post(small, counsel.headers, claim(decision), [("a.pdf", PDF.ljust(20_001), "application/pdf")])
        assert "20,000 bytes" in problem(larger, 413, "body_too_large")["detail"]
        wordy = post(small, counsel.headers, claim(decision, text="x" * 5_000), [])
        assert "5,000 bytes" in problem(wordy, 413, "body_too_large")["detail"]
        headers = counsel.headers | {"Content-Type": "multipart/form-data; boundary=x", "Content-Length": "500000"}
        problem(small.client.post("/v1/filings", content=b"", headers=headers), 413, "body_too_large")
    assert len(kept(folder)) == 2


def asked_piecemeal(desk: Desk, headers: dict[str, str], pieces: list[bytes | None]) -> tuple[int, Any]:
    """What the app answers to a body that comes in these pieces; at None the client goes away.

    A client of tests would put the pieces together first.
    """
    coming = iter([*pieces, b""])
    answered: list[Any] = []

    async def receive() -> dict[str, Any]:
        piece = next(coming)
        if piece is None:
            return {"type": "http.disconnect"}
        return {"type": "http.request", "body": piece, "more_body": piece != b""}

    async def send(message: Any) -> None:
        answered.append(message)

    raw = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": "http", "method": "POST", "path": "/v1/filings", "query_string": b"", "headers": raw}
    asyncio.run(desk.client.app(scope, receive, send))  # type: ignore[arg-type]
    return answered[0]["status"], json.loads(b"".join(each.get("body", b"") for each in answered))


def test_of_a_form_whose_sender_went_away_nothing_is_kept(desk: Desk, folder: Path) -> None:
    decision, counsel = served(desk, "NEW-GONE")
    headers = counsel.headers | {"Content-Type": "multipart/form-data; boundary=x"}
    sent = body(FILING % json.dumps(claim(decision)).encode(), PART % (b"file", b"a.txt", LOG), end=b"")
    with nothing_written(desk):
        status, answer = asked_piecemeal(desk, headers, [sent, None])
    assert (status, answer["errors"][0]["path"]) == (422, "/")
    assert kept(folder) == []


def test_memory_does_not_grow_with_the_file(desk: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    decision, counsel = served(desk, "NEW-10")
    longest = 0
    take = Incoming.take

    def watched(self: Incoming, chunk: bytes) -> None:
        nonlocal longest
        longest = max(longest, len(chunk))
        take(self, chunk)

    monkeypatch.setattr(Incoming, "take", watched)
    piece, times = bytes(1_000_000), 30
    head = b"--x\r\n" + FILING % json.dumps(claim(decision)).encode() + b"\r\n--x\r\n"
    head += PART.replace(b"text/plain", b"application/pdf") % (b"file", b"a.pdf", b"%PDF-")

    headers = counsel.headers | {"Content-Type": "multipart/form-data; boundary=x"}
    tracemalloc.start()
    status, answer = asked_piecemeal(desk, headers, [head, *[piece] * times, b"\r\n--x--\r\n"])
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (status, answer["files"][0]["size"]) == (201, 5 + times * len(piece))
    assert 0 < longest <= multipart.AT_ONCE
    assert peak < 8_000_000


def test_a_request_for_time_is_a_task_and_is_refused_or_granted(desk: Desk) -> None:
    decision, counsel = served(desk, "NEW-11")
    said = {"about": about(decision), "kind": "request", "asks_for": "extension"}
    said |= {"until": "2023-01-31", "grounds": "The archive is large."}
    first = post(desk, counsel.headers, said).json()
    assert (first["kind"], first["in_time"], first["file_by"]) == ("request", True, "2022-12-19")
    (task,) = desk.get(f"/v1/cases/{decision['case']['id']}/tasks").json()["items"]
    assert (task["task"], task["who"], task["urgent"]) == ("answer_request", ["decision_maker"], True)
    path = f"/v1/filings/{first['filing']}"
    refused = desk.pull(path, "refuse", DECIDER, data={"reasons": "Two months were enough."})
    assert refused.json()["state"] == "refused"
    seen = counsel.get(path).json()
    assert (seen["state"], seen["text"], seen["answer"]) == (
        "refused",
        "The archive is large.",
        "Two months were enough.",
    )
    second = post(desk, counsel.headers, said, []).json()
    order = f"/v1/orders/{about(decision)['id']}"
    granted = desk.pull(order, "extend", DECIDER, data={"last_day": "2023-01-15", "request": second["n"]})
    assert granted.json()["period"]["last_day"] == "2023-01-15"
    assert counsel.get(f"/v1/filings/{second['filing']}").json()["state"] == "granted"
    told = [each["type"] for each in counsel.events()]
    assert told[-5:] == ["filing.attached", "filing.refused", "filing.received", "order.extended", "filing.granted"]
    assert desk.get(f"/v1/cases/{decision['case']['id']}/tasks").json()["items"] == []
