"""The form in which counsel files: what is broken in it is refused by its place, and nothing is kept."""

import json
from hashlib import sha256
from typing import Any

import pytest

from tests.api.conftest import Desk
from tests.api.counsel import Counsel
from tests.api.refusals import errors_of, nothing_written, problem
from tests.api.test_new_filing import FILING, LOG, PART, body, claim, served


@pytest.fixture(scope="module")
def shared(shared_desk: Desk) -> tuple[dict[str, Any], Counsel]:
    return served(shared_desk, "FORM-SHARED")


BAD_FORMS: dict[str, tuple[Any, str]] = {
    "nothing": (lambda _: b"", "/"),
    "no boundary in it": (lambda _: LOG, "/"),
    "no end": (lambda said: body(FILING % said, end=b""), "/"),
    "half a part": (lambda said: b"--x\r\n" + FILING % said, "/"),
    "no filing": (lambda _: body(PART % (b"file", b"a.txt", LOG)), "/filing"),
    "two filings": (lambda said: body(FILING % said, FILING % said), "/filing"),
    "an unknown part": (lambda said: body(FILING % said, PART % (b"files", b"a.txt", LOG)), "/files"),
    "a part without a name": (lambda said: body(b"Content-Disposition: form-data\r\n\r\n" + said), "/"),
    "a part without headers": (lambda said: body(b"\r\n" + said), "/"),
    "no name of a file": (lambda said: body(FILING.replace(b"filing", b"file") % said), "/file/0/name"),
    "a name that is not UTF-8": (lambda said: body(FILING % said, PART % (b"file", b"\xff.txt", LOG)), "/"),
    "bytes that stand for others": (
        lambda said: body(FILING % said, b"Content-Transfer-Encoding: base64\r\n" + PART % (b"file", b"a.txt", LOG)),
        "/file",
    ),
    "a header twice": (lambda said: body(b"Content-Type: a/b\r\n" + PART % (b"file", b"a.txt", LOG)), "/"),
}


@pytest.mark.parametrize("what", BAD_FORMS)
def test_a_form_that_is_broken_is_refused_and_nothing_is_kept(
    shared_desk: Desk, shared: tuple[dict[str, Any], Counsel], what: str
) -> None:
    make, where = BAD_FORMS[what]
    headers = shared[1].headers | {"Content-Type": "multipart/form-data; boundary=x"}
    with nothing_written(shared_desk):
        sent = make(json.dumps(claim(shared[0])).encode())
        answer = shared_desk.client.post("/v1/filings", content=sent, headers=headers)
    assert list(errors_of(problem(answer, 422, "invalid_request"))) == [where]


@pytest.mark.parametrize("declared", ["application/json", "", "multipart/form-data", "multipart/mixed; boundary=x"])
def test_another_content_type_is_refused(
    shared_desk: Desk, shared: tuple[dict[str, Any], Counsel], declared: str
) -> None:
    headers = shared[1].headers | {"Content-Type": declared}
    answer = shared_desk.client.post("/v1/filings", content=body(FILING % b"{}"), headers=headers)
    assert list(errors_of(problem(answer, 422, "invalid_request"))) == ["/header/content-type"]


def test_what_follows_the_last_boundary_and_the_order_of_parts_do_not_matter(desk: Desk) -> None:
    decision, counsel = served(desk, "NEW-8")
    headers = counsel.headers | {"Content-Type": 'Multipart/Form-Data; boundary="x"'}
    said = json.dumps(claim(decision)).encode()
    sent = body(PART % (b"file", b"l%22og.txt", LOG), FILING % said) + b"epilogue"
    answer = desk.client.post("/v1/filings", content=(sent[i : i + 1] for i in range(len(sent))), headers=headers)
    assert answer.status_code == 201, answer.text
    (found,) = answer.json()["files"]
    assert (found["name"], found["sha256"]) == ('l"og.txt', sha256(LOG).hexdigest())
