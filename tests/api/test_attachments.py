"""Files of filings over the API: what is taken in and what is refused, the receipt, and how a file goes out again."""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from api.state import Options
from tests.api.conftest import VAULT, Desk, allow_all, opened
from tests.api.refusals import errors_of, nothing_written, problem
from tests.api.test_filings import SHEET, reported
from tests.workflow.store.test_files import room_for
from workflow.lifecycle.vocabulary import Role
from workflow.store.faults import Flaw
from workflow.store.files import Files
from workflow.store.verify import verify
from workflow.store.writer import Writer

OFFICER, HEAD, REGISTRAR = Role.CASE_OFFICER, Role.HEAD_OF_ENFORCEMENT, Role.REGISTRAR
PDF = b"%PDF-1.7\n" + bytes(range(256)) * 40
HASH = sha256(PDF).hexdigest()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "files"


def filed(desk: Desk, case: str, **members: Any) -> str:
    """The path of a report that came on 10 December 2022, on the 12th."""
    return f"/v1/filings/{reported(desk, case, **members)[1]['id']}"


def kept(folder: Path) -> list[str]:
    """The names of everything that lies in the folder of files."""
    return sorted(each.name for each in folder.rglob("*") if each.is_file())


def findings(desk: Desk, folder: Path) -> list[tuple[Flaw, str]]:
    with desk.writer.engine.connect() as connection:
        return [(each.flaw, each.detail) for each in verify(connection, folder)]


def test_a_file_is_kept_answered_with_a_receipt_and_goes_out_as_it_came(desk: Desk, folder: Path) -> None:
    path = filed(desk, "ATT-1")
    before = desk.get(path).json()["version"]
    answer = desk.attach(path, PDF, name='Preuve n° 1 "finale".pdf', received_on="2022-12-11")
    assert answer.status_code == 201, answer.text
    receipt = answer.json()
    assert answer.headers["etag"] == f'"{before + 1}"'
    event = receipt.pop("event")
    described = {
        "sha256": HASH,
        "size": len(PDF),
        "media_type": "application/pdf",
        "name": 'Preuve n° 1 "finale".pdf',
        "received_on": "2022-12-11",
        "in_time": True,
        "file_by": "2022-12-19",
    }
    assert receipt == described | {
        "outcome": "done",
        "filing": path.rpartition("/")[2],
        "version": before + 1,
        "recorded_at": "2022-12-12T12:00:00Z",
    }
    assert desk.get(path).json()["attachments"] == [described]
    assert (folder / HASH[:2] / HASH).read_bytes() == PDF
    assert kept(folder) == [HASH]
    out = desk.get(f"{path}/attachments/{HASH}", Role.AUDITOR)
    assert (out.status_code, out.content) == (200, PDF)
    assert out.headers["content-disposition"] == "attachment; filename*=utf-8''Preuve%20n%C2%B0%201%20%22finale%22.pdf"
    assert out.headers["x-content-type-options"] == "nosniff"
    assert out.headers["content-security-policy"].startswith("sandbox")
    assert out.headers["content-type"] == "application/pdf"
    journal = desk.get(f"/v1/cases/{desk.get(path).json()['case']['id']}/journal").json()["items"]
    (said,) = [each for each in journal if each["type"] == "filing.attached"]
    assert (said["id"], said["audience"], said["effective_on"]) == (event, "served", "2022-12-11")
    assert "name" not in said["data"]
    assert findings(desk, folder) == []


def test_a_file_sent_again_has_the_first_receipt_whatever_the_version(desk: Desk, folder: Path) -> None:
    path = filed(desk, "ATT-2")
    first = desk.attach(path, PDF).json()
    desk.clock.jump("2022-12-13")
    again = desk.attach(path, PDF, OFFICER, name="other.pdf", version=1)
    assert again.status_code == 200
    assert again.json() == first | {"outcome": "already_done"}
    assert (len(desk.get(path).json()["attachments"]), kept(folder)) == (1, [HASH])


@pytest.mark.parametrize(("on", "in_time"), [("2022-12-19", True), ("2022-12-20", False)])
def test_whether_a_file_came_in_time_is_said_of_the_file(desk: Desk, on: str, in_time: bool) -> None:
    path = filed(desk, "ATT-3")
    desk.clock.jump(on)
    receipt = desk.attach(path, PDF).json()
    assert (receipt["received_on"], receipt["in_time"]) == (on, in_time)
    assert desk.get(path).json()["in_time"] is True


ZIP, OFFICE = b"PK\3\4 something", "application/vnd.openxmlformats-officedocument."
GOOD = {
    "scan.PNG": ("image/png", b"\x89PNG\r\n\x1a\n..."),
    "photo.jpeg": ("image/jpeg", b"\xff\xd8\xff\xe0..."),
    "log.txt": ("text/plain; charset=utf-8", "\ufeffdeleted: 3 < 4".encode()),
    "wide.txt": ("text/plain", "\ufeffsupprimé".encode("utf-16-le")),
    "rows.csv": ("Text/CSV", b"a,b\n1,2\n"),
    "said.json": ("application/json", b' {"a": 1}'),
    "letter.docx": (f"{OFFICE}wordprocessingml.document", ZIP),
    "table.xlsx": (f"{OFFICE}spreadsheetml.sheet", ZIP),
    "all.zip": ("application/zip", ZIP),
    "mail.eml": ("message/rfc822", b"From: a@b.example\r\n\r\n<html>"),
}


def test_each_kind_of_file_that_is_taken_in(desk: Desk, folder: Path) -> None:
    path = filed(desk, "ATT-4")
    for name, (media_type, file) in GOOD.items():
        answer = desk.attach(path, file, media_type=media_type, name=name)
        assert answer.status_code == (200 if name in ("table.xlsx", "all.zip") else 201), answer.text
    for each in desk.get(path).json()["attachments"]:
        out = desk.get(f"{path}/attachments/{each['sha256']}")
        assert (out.status_code, sha256(out.content).hexdigest()) == (200, each["sha256"])
        assert out.headers["content-type"] == each["media_type"]
    assert len(kept(folder)) == 8


LIES = {
    "a program": ("application/pdf", "a.pdf", b"MZ\x90\0", "/"),
    "a program as text": ("text/plain", "a.txt", b"\x7fELF\2\1\1\0\0", "/"),
    "a script as text": ("text/plain", "a.txt", b"#!/bin/sh\n", "/"),
    "a page as text": ("text/plain", "a.txt", b"\xef\xbb\xbf \n<!DOCTYPE html><p>", "/"),
    "a page in wide text": ("text/plain", "a.txt", "\ufeff<html>".encode("utf-16-be"), "/"),
    "a drawing as rows": ("text/csv", "a.csv", b'<?xml version="1.0"?><svg xmlns="x">', "/"),
    "a zip as a picture": ("image/png", "a.png", ZIP, "/"),
    "a picture as a zip": ("application/zip", "a.zip", b"\x89PNG\r\n\x1a\n", "/"),
    "a document that is none": (f"{OFFICE}wordprocessingml.document", "a.docx", b"{\\rtf1", "/"),
    "no JSON": ("application/json", "a.json", b"a: 1", "/"),
    "no letter": ("message/rfc822", "a.eml", b"<html>", "/"),
    "empty": ("application/pdf", "a.pdf", b"", "/"),
    "a page": ("text/html", "a.html", b"<html>", "/header/content-type"),
    "a drawing": ("image/svg+xml", "a.svg", b"<svg>", "/header/content-type"),
    "a program, said so": ("application/x-msdownload", "a.exe", b"MZ", "/header/content-type"),
    "no type": ("", "a.pdf", PDF, "/header/content-type"),
    "a name that runs": ("text/plain", "a.txt.bat", b"del *", "/query/name"),
    "another type's name": ("application/pdf", "a.docx", PDF, "/query/name"),
}


@pytest.fixture(scope="module")
def path(shared_desk: Desk) -> str:
    return filed(shared_desk, "ATT-SHARED")


@pytest.mark.parametrize("what", LIES)
def test_what_is_not_what_it_says_is_refused(shared_desk: Desk, path: str, what: str) -> None:
    media_type, name, file, where = LIES[what]
    with nothing_written(shared_desk):
        answer = shared_desk.attach(path, file, media_type=media_type, name=name)
    assert list(errors_of(problem(answer, 422, "invalid_request"))) == [where]


@pytest.mark.parametrize("name", ["", " ", "a\nb.pdf", "log\u202efdp.csv", "\x00.pdf", "x" * 200 + ".pdf"])
def test_a_name_is_one_line_of_words(shared_desk: Desk, path: str, name: str) -> None:
    found = problem(shared_desk.attach(path, PDF, name=name), 422, "invalid_request")
    assert list(errors_of(found)) == ["/query/name"]


def test_a_name_is_never_a_path(desk: Desk, folder: Path) -> None:
    path = filed(desk, "ATT-5")
    assert desk.attach(path, PDF, name="../../../etc/passwd.pdf").status_code == 201
    assert [each.relative_to(folder).as_posix() for each in folder.rglob("*") if each.is_file()] == [
        f"{HASH[:2]}/{HASH}"
    ]
    out = desk.get(f"{path}/attachments/{HASH}").headers["content-disposition"]
    assert out == "attachment; filename*=utf-8''..%2F..%2F..%2Fetc%2Fpasswd.pdf"
    for id in (f"../{HASH}", HASH[:-1], HASH.upper(), "0" * 64, "x", "%2e%2e%2fenjoin.db"):
        problem(desk.get(f"{path}/attachments/{id}"), 404, "not_found")


def test_who_may_and_in_which_order_it_is_said(shared_desk: Desk, path: str) -> None:
    desk = shared_desk
    nowhere = "/v1/filings/7b2f0e1c-0000-5000-8000-000000000000"
    with nothing_written(desk):
        problem(desk.client.post(f"{path}/attachments", content=PDF), 401, "not_authenticated")
        problem(desk.attach(nowhere, PDF, version=1), 404, "not_found")
        problem(desk.attach(nowhere, PDF, version=1, nobody="x"), 404, "not_found")
        problem(desk.attach(path, PDF, Role.COUNSEL), 404, "not_found")
        problem(desk.attach(path, PDF, nobody="x"), 422, "invalid_request")
        for role in (HEAD, Role.AUDITOR, Role.SCHEDULER, Role.RAPPORTEUR):
            problem(desk.attach(path, b"", role, media_type="x/y"), 403, "role_not_permitted")
        headers = desk.key(REGISTRAR) | {"Content-Type": "application/pdf"}
        unread = desk.client.post(f"{path}/attachments?name=a.pdf", content=PDF, headers=headers)
        problem(unread, 428, "version_missing")
        stale = problem(desk.attach(path, PDF, version=99), 412, "version_conflict")
        assert stale["changes"] == []
        early = problem(desk.attach(path, PDF, received_on="2022-12-09"), 409, "guard_refused")
        assert early["guard"] == "came_with_or_after"
        problem(desk.attach(path, PDF, received_on="2023-12-09"), 409, "guard_refused")
    problem(desk.get(f"{path}/attachments/{HASH}", Role.COUNSEL), 404, "not_found")
    problem(desk.get(f"{path}/attachments/{HASH}", Role.SCHEDULER), 403, "role_not_permitted")


def test_a_hash_alone_attaches_nothing(desk: Desk) -> None:
    path = filed(desk, "ATT-6")
    data = {"sha256": HASH, "size": len(PDF), "media_type": "application/pdf", "name": "a.pdf"}
    with nothing_written(desk):
        found = problem(desk.pull(path, "attach", REGISTRAR, data=data), 422, "invalid_request")
        subject = {"kind": "filing", "id": path.rpartition("/")[2]}
        item = {"subject": subject, "trigger": "attach", "version": 1, "data": data}
        (result,) = desk.post("/v1/transitions", {"items": [item]}, REGISTRAR).json()["results"]
    assert list(errors_of(found)) == ["/trigger"]
    assert (result["outcome"], result["problem"]["code"]) == ("refused", "invalid_request")


def test_a_filing_that_is_dealt_with_takes_nothing_more(desk: Desk) -> None:
    path = filed(desk, "ATT-7")
    assert desk.pull(path, "assess", OFFICER).status_code == 200
    assert desk.attach(path, PDF).status_code == 201
    assert desk.pull(path, "reject", OFFICER, data=SHEET).status_code == 202
    assert desk.pull(path, "confirm", HEAD).json()["state"] == "rejected"
    with nothing_written(desk):
        found = problem(desk.attach(path, PDF + b"more"), 409, "illegal_transition")
    assert "rejected" in found["detail"]
    assert desk.attach(path, PDF).json()["outcome"] == "already_done"


@pytest.fixture
def small(engine: Engine, folder: Path) -> Iterator[Desk]:
    options = Options(check_url=allow_all, vault=VAULT, files=folder, largest_attachment=20_000, largest_body=5_000)
    with opened(engine, options) as desk:
        yield desk


def test_a_file_has_a_limit_of_its_own(small: Desk, folder: Path) -> None:
    path = filed(small, "ATT-8")
    assert len(PDF) > 5_000
    assert small.attach(path, PDF.ljust(20_000)).status_code == 201
    with nothing_written(small):
        found = problem(small.attach(path, PDF.ljust(20_001)), 413, "body_too_large")
        assert "20,000 bytes" in found["detail"]
        headers = small.key(REGISTRAR) | {"Content-Type": "application/pdf", "If-Match": '"1"'}
        pieces = (PDF for _ in range(3))  # of a length that is not declared
        undeclared = small.client.post(f"{path}/attachments?name=a.pdf", content=pieces, headers=headers)
        problem(undeclared, 413, "body_too_large")
    assert len(kept(folder)) == 1
    problem(small.post("/v1/cases", {"x": "y" * 6_000}), 413, "body_too_large")


class _Dies(Writer):
    """A writer whose next transaction ends before its commit."""

    dying = False

    def _before_commit(self) -> None:
        if self.dying:
            raise RuntimeError("gone")


def test_a_file_without_its_event_harms_nothing(desk: Desk, folder: Path) -> None:
    path = filed(desk, "ATT-9")
    dies = _Dies(desk.writer.engine, desk.clock)
    state = desk.client.app.state  # type: ignore[attr-defined]
    whole = state.enjoin
    state.enjoin = type(whole)(whole.reader, dies, whole.clock, whole.options, whole.watch)
    dies.dying = True
    problem(desk.attach(path, PDF), 500, "internal_error")
    assert kept(folder) == [HASH]
    assert (desk.get(path).json()["attachments"], findings(desk, folder)) == ([], [])
    dies.dying = False
    assert desk.attach(path, PDF).status_code == 201
    assert (kept(folder), findings(desk, folder)) == ([HASH], [])
    dies.close()


def test_a_file_that_was_lost_or_changed_is_named_and_never_handed_out(desk: Desk, folder: Path) -> None:
    path = filed(desk, "ATT-10")
    desk.attach(path, PDF)
    file = folder / HASH[:2] / HASH
    for change, said in (
        (lambda: file.write_bytes(PDF[:-1] + b"x"), "its contents are others: the hash is not theirs"),
        (lambda: file.write_bytes(PDF[:-1]), "it has 10,248 bytes, not 10,249"),
        (file.unlink, "it is not there"),
    ):
        change()
        assert findings(desk, folder) == [(Flaw.DAMAGED_FILE, f"the file {HASH}: {said}")]
        problem(desk.get(f"{path}/attachments/{HASH}"), 500, "internal_error")
    # Whoever has the file sends it once more: what is kept is whole again, and nothing is recorded twice.
    assert desk.attach(path, PDF).json()["outcome"] == "already_done"
    assert (Files(folder).read(HASH), findings(desk, folder)) == (PDF, [])


def test_a_full_disk_is_a_problem_and_nothing_is_kept(shared_desk: Desk) -> None:
    path = filed(shared_desk, "ATT-FULL")
    folder = shared_desk.client.app.state.enjoin.files.folder  # type: ignore[attr-defined]
    before = kept(folder)
    with nothing_written(shared_desk), room_for(8_000_000):  # more than the database of the tests needs
        found = problem(shared_desk.attach(path, PDF.ljust(9_000_000)), 507, "no_room")
    assert found["detail"].startswith("There is no room for the file; nothing of it is kept.")
    assert kept(folder) == before
