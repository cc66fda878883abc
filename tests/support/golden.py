"""The golden cases: published decisions and worked examples of the law."""

import json
from pathlib import Path
from typing import Any

_ROOT = Path(__file__).resolve().parents[2]


def golden(name: str) -> list[dict[str, Any]]:
    shared = _ROOT.parent / "shared" / "golden" / name
    path = shared if shared.exists() else _ROOT / "tests" / "golden" / name
    cases: list[dict[str, Any]] = json.loads(path.read_text("utf-8"))
    return cases
