"""Secrets sealed for the database: only for their owner, only with a key at hand."""

import pytest

from workflow.store.sealed import CannotOpen, KeysRefused, Vault, new_key, read_vault

OLD, NEW = Vault([b"o" * 32]), Vault([b"n" * 32, b"o" * 32])


def test_what_is_sealed_opens_for_its_owner_alone() -> None:
    sealed = OLD.seal("whsec_x", "endpoint/1")
    assert "whsec" not in sealed
    assert OLD.open(sealed, "endpoint/1") == "whsec_x"
    assert OLD.seal("whsec_x", "endpoint/1") != sealed
    with pytest.raises(CannotOpen, match="not as it was sealed"):
        OLD.open(sealed, "endpoint/2")
    with pytest.raises(CannotOpen, match="not as it was sealed"):
        OLD.open(sealed[:-4] + "AAAA", "endpoint/1")
    for wrong in ("whsec_x", "", "s1.x", "s2" + sealed[2:], Vault([b"x" * 32]).seal("x", "endpoint/1")):
        with pytest.raises(CannotOpen):
            OLD.open(wrong, "endpoint/1")


def test_the_first_key_seals_and_every_key_opens() -> None:
    before, after = OLD.seal("x", "a"), NEW.seal("x", "a")
    assert NEW.open(before, "a") == NEW.open(after, "a") == "x"
    assert (NEW.is_newest(before), NEW.is_newest(after), OLD.is_newest(before)) == (False, True, True)
    with pytest.raises(CannotOpen, match="not at hand"):
        OLD.open(after, "a")


def test_without_a_key_nothing_is_sealed() -> None:
    empty = Vault([])
    assert empty.is_empty
    with pytest.raises(CannotOpen, match="no key"):
        empty.seal("x", "a")
    assert not empty.is_newest(OLD.seal("x", "a"))


def test_keys_are_read_from_text_and_never_repeated_in_an_error() -> None:
    first, second = new_key(), new_key()
    vault = read_vault(f" {first} , {second}\n")
    assert vault.open(read_vault(second).seal("x", "a"), "a") == "x"
    for wrong in ("", " , ", "c2hvcnQ=", "not base64!", "é"):
        with pytest.raises(KeysRefused) as refused:
            read_vault(wrong)
        assert wrong.strip(" ,") == "" or wrong not in str(refused.value)
