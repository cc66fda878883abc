"""A file of access requests: read whole or refused whole, with every wrong line by its number."""

import pytest

from workflow.law.invalid import InvalidRequest
from workflow.use_cases.imports.request_file import MOST, read_lines

GOOD = "reference,received_on\nR-1,2022-03-14\nR-2,2022-03-15\n"


def read(text: str | bytes) -> list[tuple[int, str, str]]:
    raw = text if isinstance(text, bytes) else text.encode()
    return [
        (each.line, each.content.reference, each.content.received_on.isoformat()) for each in read_lines("order", raw)
    ]


def wrong(text: str | bytes) -> dict[str, str]:
    with pytest.raises(InvalidRequest) as refused:
        read(text)
    return {error.path: error.problem for error in refused.value.errors}


@pytest.mark.parametrize(
    "text",
    [
        GOOD,
        GOOD.replace("\n", "\r\n"),
        GOOD.rstrip(),
        "\ufeff" + GOOD,
        'reference,received_on\n"R-1","2022-03-14"\nR-2,2022-03-15',
    ],
)
def test_a_line_is_a_request_with_the_number_of_its_line(text: str) -> None:
    assert read(text) == [(2, "R-1", "2022-03-14"), (3, "R-2", "2022-03-15")]


def test_empty_lines_are_passed_over_and_counted() -> None:
    assert read("reference,received_on\n\nR-1,2022-03-14\n\n") == [(3, "R-1", "2022-03-14")]


@pytest.mark.parametrize(
    "header", ["", "reference", "received_on,reference", "reference;received_on", "Reference,Received_on"]
)
def test_another_header_is_refused(header: str) -> None:
    assert list(wrong(f"{header}\nR-1,2022-03-14\n")) == ["/lines/1"]


def test_every_wrong_line_is_named() -> None:
    lines = ["R-1,2022-02-30", "R-2", "R-3,2022-01-01,x", ",2022-01-01", "R-4,14.03.2022", "R-5,2022-03-14",
             "R-5,2022-03-14"]  # fmt: skip
    found = wrong("reference,received_on\n" + "\n".join(lines))
    assert list(found) == [
        "/lines/2/received_on",
        "/lines/3",
        "/lines/4",
        "/lines/5/reference",
        "/lines/6/received_on",
        "/lines/8/reference",
    ]
    assert found["/lines/8/reference"] == "line 8, column reference: R-5 stands on line 7 already"
    assert found["/lines/3"] == "line 3: 2 values, reference and received_on, not 1"
    assert found["/lines/2/received_on"] == "line 2, column received_on: 2022-02-30 is no day of the calendar"


def test_a_line_is_counted_as_the_file_shows_it() -> None:
    broken = 'reference,received_on\n"R\n-1",2022-01-01\n\nR-2,2022-02-30\n'
    assert list(wrong(broken)) == ["/lines/2/reference", "/lines/5/received_on"]


def test_there_is_at_least_one_and_at_most_five_thousand() -> None:
    rows = [f"R-{n},2022-03-14" for n in range(MOST + 1)]
    assert len(read("\n".join(["reference,received_on", *rows[:-1]]))) == MOST
    assert wrong("\n".join(["reference,received_on", *rows])) == {
        "/lines": "at most 5,000 requests at once, not 5,001; send the rest in another file"
    }
    assert wrong("reference,received_on\n") == {"/lines": "at least one request below the header"}


@pytest.mark.parametrize("raw", [b"reference,received_on\n\xff,2022-01-01", b'reference,received_on\n"R-1,2022-01-01'])
def test_what_is_no_csv_in_utf_8_is_refused(raw: bytes) -> None:
    assert list(wrong(raw)) == ["/"]
