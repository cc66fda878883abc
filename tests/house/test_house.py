"""What the house keeps to: files of one idea, imports that stay with their thing, short ways of a request."""

import subprocess
from pathlib import Path

import pytest

from tests.house.imports import edges, inside
from tests.house.walks import walks

ROOT = Path(__file__).parents[2]
MOST_LINES = 400
LEAST_INSIDE = 70
MOST_CROSSED = {"order read": 54, "extend": 97}
"""Files of ours that a request crosses. More is a reason to look at what came into its way."""

_ONE_PIECE = {"migrations/versions/0001_first_tables.py"}
"""A migration is not cut: it is run as a whole."""


def test_no_file_is_longer_than_one_idea_is_long() -> None:
    listed = subprocess.run(["git", "ls-files", "*.py"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    lengths = {name: len((ROOT / name).read_text("utf-8").splitlines()) for name in listed.split()}
    assert {name: n for name, n in lengths.items() if n > MOST_LINES and name not in _ONE_PIECE} == {}


def test_imports_between_things_stay_with_the_thing() -> None:
    found = edges()
    assert inside(found) * 100 >= LEAST_INSIDE * len(found)


@pytest.mark.parametrize("name", MOST_CROSSED)
def test_a_request_crosses_few_files(name: str, crossed: dict[str, list[str]]) -> None:
    assert len(crossed[name]) <= MOST_CROSSED[name], crossed[name]


@pytest.fixture(scope="module")
def crossed() -> dict[str, list[str]]:
    return walks()
