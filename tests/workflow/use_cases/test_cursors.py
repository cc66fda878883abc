"""Cursors: what a page gave is read again, whatever stands in its last line."""

from datetime import date

import pytest

from workflow.law.invalid import InvalidRequest
from workflow.store.cursors import day, read_cursor, text, whole, write_cursor


def test_a_cursor_of_ours_is_read_again_whatever_words_it_holds() -> None:
    for words in ("SAN\u00a02022\u2011019", "soft\u00adhyphen", "\u200b", "", "é", "💶"):
        assert read_cursor(write_cursor("list", words, 7, date(2022, 12, 19)), "list", text, whole, day) == (
            words,
            7,
            date(2022, 12, 19),
        )


@pytest.mark.parametrize("words", ["a\0", "\ud800", 3, None])
def test_what_no_database_holds_is_no_text(words: object) -> None:
    with pytest.raises(InvalidRequest, match="no cursor of this list"):
        read_cursor(write_cursor("list", words), "list", text)
