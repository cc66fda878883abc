"""What goes over the wire to and from the API, as values. Each `read` raises KeyError, TypeError or ValueError on
anything that is not the agreed shape; members it does not know are left alone, so that the API may add some."""

from dataclasses import dataclass
from typing import Any

JSON = dict[str, Any]


@dataclass(frozen=True, slots=True)
class DueStep:
    """A step due now: what to pull (`trigger`), on what (`kind`, `id`), and the key that makes it happen once."""

    kind: str
    id: str
    trigger: str
    step: str

    @classmethod
    def read(cls, item: JSON) -> "DueStep":
        """Read one item of `GET /v1/due`."""
        subject = item["subject"]
        return cls(_text(subject["kind"]), _text(subject["id"]), _text(item["trigger"]), _text(item["step"]))

    def to_json(self) -> JSON:
        """Write it as an item of `POST /v1/transitions`."""
        return {"subject": {"kind": self.kind, "id": self.id}, "trigger": self.trigger, "step": self.step}


@dataclass(frozen=True, slots=True)
class DuePage:
    """One page of what is due; `next` is the cursor of the page after it, None on the last."""

    steps: tuple[DueStep, ...]
    next: str | None


@dataclass(frozen=True, slots=True)
class StepResult:
    """What became of one step: `done`, `already_done` (by whoever came first) or `refused`, with the API's problem."""

    outcome: str
    problem: JSON | None

    @classmethod
    def read(cls, item: JSON) -> "StepResult":
        """Read one item of the answer to `POST /v1/transitions`."""
        outcome = item["outcome"]
        if outcome not in ("done", "already_done", "refused"):
            raise ValueError(f"outcome {outcome!r}")
        return cls(outcome, item.get("problem"))


@dataclass(frozen=True, slots=True)
class Lease:
    """One message to send now: signed headers, the body as it was signed, and the seconds that sending may last."""

    id: str
    lease: str
    url: str
    headers: dict[str, str]
    body: str
    deadline_s: float

    @classmethod
    def read(cls, item: JSON) -> "Lease":
        """Read one item of `POST /v1/deliveries/lease`."""
        headers = {_text(name): _text(value) for name, value in item["headers"].items()}
        return cls(
            _text(item["id"]),
            _text(item["lease"]),
            _text(item["url"]),
            headers,
            _text(item["body"]),
            float(item["deadline_s"]),
        )


@dataclass(frozen=True, slots=True)
class Attempt:
    """What came of sending one message once. `status` is the receiver's, None when it gave none.

    `failure` is why it was not taken, one of the API's words; `error` says it in ours.
    """

    id: str
    lease: str
    outcome: str
    took_ms: int
    status: int | None = None
    error: str | None = None
    failure: str | None = None
    retry_after_s: int | None = None

    def to_json(self) -> JSON:
        """Write it as an item of `POST /v1/deliveries/report`; what is not known is left out."""
        known: JSON = {"id": self.id, "lease": self.lease, "outcome": self.outcome, "took_ms": self.took_ms}
        why = {"failure": self.failure, "error": self.error}
        optional = {"status": self.status, **why, "retry_after_s": self.retry_after_s}
        return known | {name: value for name, value in optional.items() if value is not None}


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} where text belongs")
    return value
