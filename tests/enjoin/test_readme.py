"""What the README shows is what the program does."""

import json
import re
import xml.etree.ElementTree as ElementTree
from textwrap import dedent

import pytest

from enjoin.demo import Demo, run_demo
from enjoin.demo_picture import FILE, picture
from tests.support.processes import ROOT
from workflow.law.penalty import compute_penalty

README = (ROOT / "README.md").read_text("utf-8")


@pytest.fixture(scope="module")
def demo() -> Demo:
    return run_demo("cnil-clearview", None)


def blocks_of_json() -> list[dict[str, object]]:
    return [json.loads(dedent(block)) for block in re.findall(r"(?m)^    \{\n(?:    .*\n)+?    \}\n", README)]


def test_the_answer_of_the_calculator_is_the_one_shown() -> None:
    request, shown = blocks_of_json()
    answer = compute_penalty(request)
    assert shown == {name: answer[name] for name in answer if name != "explanation"}


def test_the_picture_is_what_the_demo_prints(demo: Demo) -> None:
    assert FILE.read_text("utf-8") == picture(demo), "write it anew with `python -m enjoin.demo_picture`"


def test_the_picture_shows_the_sum_and_asks_no_other_host() -> None:
    drawn = FILE.read_text("utf-8")
    said = "".join(ElementTree.fromstring(drawn).itertext()).replace("\N{NO-BREAK SPACE}", " ")
    assert "EUR 5,200,000.00" in said
    assert "16 messages, 16 verified" in said
    assert set(re.findall(r"https?://[^\"' )]+", drawn)) == {"http://www.w3.org/2000/svg"}
    assert "@import" not in drawn
    assert "url(http" not in drawn


def test_every_file_it_links_is_there() -> None:
    for link in re.findall(r"\]\(([^)]+)\)", README):
        assert (ROOT / link).exists(), link
