"""Derived ids are those of the standard library."""

from uuid import UUID, uuid5

from hypothesis import given
from hypothesis import strategies as st

from workflow.lifecycle.facts.ids import derived_id


@given(st.uuids(), st.text())
def test_a_derived_id_is_a_uuid_of_version_5(namespace: UUID, name: str) -> None:
    assert derived_id(str(namespace), name) == str(uuid5(namespace, name))
