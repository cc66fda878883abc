"""`If-Match`: the version of a thing that its reader saw."""

import re
from typing import Annotated

from fastapi import Header
from pydantic import BeforeValidator, WithJsonSchema

_ETAG = re.compile(r'"([0-9]{1,9})"')


def _version(if_match: str) -> int:
    """The version in an If-Match header: one strong number, nothing else."""
    found = _ETAG.fullmatch(if_match.strip())
    if found is None:
        raise ValueError(f'the version you read, as "7", not {if_match[:40]!r}')
    return int(found[1])


VersionRead = Annotated[
    int, BeforeValidator(_version), WithJsonSchema({"type": "string", "pattern": r'^"[0-9]{1,9}"$'})
]
IfMatch = Annotated[VersionRead | None, Header(description='The version you read, as "7".')]
