"""A thing that is not there."""

from workflow.lifecycle.vocabulary import SubjectKind


class NotFound(Exception):
    """There is no such thing."""

    def __init__(self, kind: SubjectKind | str, id: str) -> None:
        super().__init__(f"there is no {kind} {id!r}")
        self.kind = kind
        self.id = id
