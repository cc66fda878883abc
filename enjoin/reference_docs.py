"""docs/reference/, written from the code: triggers, events, regimes, settings, commands.

    python -m enjoin.reference_docs            write the pages
    python -m enjoin.reference_docs --check    say which is out of step, and exit 1

Only `main` touches files.
"""

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import typer
from pydantic_core import PydanticUndefined
from typer.core import TyperGroup

from enjoin.cli import app
from enjoin.settings import Settings
from scheduler.settings import PREFIX
from scheduler.settings import Settings as SchedulerSettings
from workflow.law.regime import Regime, regimes
from workflow.lifecycle.door.decide import triggers_on
from workflow.lifecycle.door.events import EVENTS
from workflow.lifecycle.door.machine import SECOND, rows_of
from workflow.lifecycle.kernel.events import Payload, members_told
from workflow.lifecycle.vocabulary import Audience, SubjectKind, Trigger
from workflow.use_cases.acting.fields import DataField, example_of, fields_of
from workflow.use_cases.views.regime import CitedView

FOLDER = Path(__file__).parents[1] / "docs" / "reference"
_WRITTEN = "Written by `python -m enjoin.reference_docs` from the code; CI fails when it is out of step.\n"


def pages() -> dict[str, str]:
    """Every page by its name."""
    found = {
        "triggers.md": _triggers(),
        "events.md": _events(),
        "regimes.md": _regimes(),
        "settings.md": _settings(),
        "commands.md": _commands(),
    }
    return {name: "\n".join(lines).rstrip() + "\n" for name, lines in found.items()}


def _triggers() -> Iterator[str]:
    yield "# Triggers\n"
    yield _WRITTEN
    yield "A trigger is pulled by `POST /v1/orders/{id}/transitions` and its like, with what stands here in `data`."
    yield "`effective_on`, `reason` and `assumed` stand beside it, the version that was read in `If-Match`."
    yield "`GET /v1/orders/{id}` says in `open_transitions` which of them you may pull now.\n"
    for kind in SubjectKind:
        yield f"## {_words(kind).capitalize()}\n"
        for trigger in triggers_on(kind).values():
            yield from _trigger(kind, trigger)


def _trigger(kind: SubjectKind, trigger: Trigger) -> Iterator[str]:
    yield f"### `{trigger}`\n"
    rows = [row for _, row in rows_of(kind, trigger)]
    if trigger in SECOND:
        yield "For the second person of an act that waits, never the one who proposed it.\n"
    else:
        roles = _either(role for row in rows for role in row.roles)
        second = _either(role for row in rows for role in row.confirmed_by)
        yield f"{rows[0].label}. For: {roles}{f'; confirmed by: {second}' if second else ''}.\n"
    if fields := fields_of(kind, trigger):
        yield "| member of `data` | type | needed | what it is |\n| --- | --- | --- | --- |"
        yield from _fields(fields, "")
        yield f"\n```json\n{json.dumps(example_of(kind, trigger), ensure_ascii=False)}\n```\n"


def _fields(fields: list[DataField], below: str) -> Iterator[str]:
    for field in fields:
        type_ = f"list of {field.items}" if field.items else _words(field.type)
        if field.choices:
            type_ = " · ".join(f"`{each}`" for each in field.choices)
        yield f"| `{below}{field.name}` | {type_} | {'yes' if field.required else ''} | {field.says} |"
        inner = f"{below}{field.name}.*." if field.type == "list" else f"{below}{field.name}."
        yield from _fields(field.fields or [], inner)


def _events() -> Iterator[str]:
    yield "# Events\n"
    yield _WRITTEN
    yield "The journal is a list of events. One that is *served* is told to the parties it concerns, with the members"
    yield "that have words here; [webhooks.md](../webhooks.md) has each message with an example and its schema.\n"
    for audience in Audience:
        yield f"## {audience.value.capitalize()}\n"
        yield "| type | what happened |\n| --- | --- |"
        for type_, said in EVENTS.items():
            if said.audience is audience:
                yield f"| `{type_}` | {_first(said)}{_told(said)} |"
        yield ""


def _told(said: type[Payload]) -> str:
    members = members_told(said)
    return "".join(f"<br>`{name}`: {each.metadata['says']}" for name, each in members.items())


def _regimes() -> Iterator[str]:
    yield "# Regimes\n"
    yield _WRITTEN
    yield "The rules of an authority are a file of data: each value with its reference, and whether a lawyer has"
    yield "verified it.\n"
    for each in regimes():
        yield f"- [{each.pin}](#{each.pin.replace('@', '')}): {each.title}"
    for each in regimes():
        yield from _regime(each)


def _regime(rules: Regime) -> Iterator[str]:
    until = f" to {rules.valid_to}" if rules.valid_to else ""
    yield f"\n## {rules.pin}\n\n{rules.title}. {rules.authority}. In force from {rules.valid_from}{until}.\n"
    yield "| value | is | reference | verified |\n| --- | --- | --- | --- |"
    for name, cited in rules.values.items():
        value = CitedView(value=cited.value, ref=cited.ref, verified=cited.verified).value
        shown = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        yield f"| `{name}` | {_cell(shown)} | {_cell(cited.ref)} | {'yes' if cited.verified else 'no'} |"


def _settings() -> Iterator[str]:
    yield "# Settings\n"
    yield _WRITTEN
    yield "They are read from the environment. A misspelt name stops the start, and says which is meant.\n"
    for title, model in (("The API", Settings), ("The scheduler", SchedulerSettings)):
        yield f"## {title}\n\n| name | what it is | default |\n| --- | --- | --- |"
        for name, field in model.model_fields.items():
            yield f"| `{PREFIX}{name.upper()}` | {field.description} | {_default(field.default)} |"
        yield ""


def _default(value: Any) -> str:
    if value is PydanticUndefined:
        return "must be set"
    return "none" if value in (None, frozenset()) else f"`{value}`"


def _commands() -> Iterator[str]:
    yield "# Commands\n"
    yield _WRITTEN
    group = typer.main.get_command(app)
    assert isinstance(group, TyperGroup)
    yield from _group(group, "enjoin")


def _group(group: TyperGroup, name: str) -> Iterator[str]:
    for word, command in sorted(group.commands.items()):
        if isinstance(command, TyperGroup):
            yield from _group(command, f"{name} {word}")
            continue
        arguments = [str(each.name).upper() for each in command.params if each.param_type_name == "argument"]
        yield f"## `{' '.join([name, word, *arguments])}`\n"
        yield f"{(command.help or '').strip()}\n"
        options = [each for each in command.params if each.param_type_name == "option"]
        for option in options:
            yield f"- `{', '.join(option.opts)}`: {getattr(option, 'help', None) or 'see above'}"
        yield ""


def _words(name: str) -> str:
    return name.replace("_", " ")


def _either(roles: Iterable[Any]) -> str:
    return " or ".join(dict.fromkeys(sorted(_words(role) for role in roles)))


def _first(documented: Any) -> str:
    """The first paragraph of a docstring, on one line."""
    return " ".join((documented.__doc__ or "").split("\n\n")[0].split())


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def main(arguments: list[str], folder: Path = FOLDER) -> int:
    """Write the pages, or with `--check` name those that are out of step."""
    wrong = {name: text for name, text in pages().items() if not _is(folder / name, text)}
    if arguments == ["--check"]:
        for name in wrong:
            sys.stderr.write(f"docs/reference/{name} is out of step: python -m enjoin.reference_docs writes it\n")
        return 1 if wrong else 0
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in wrong.items():
        (folder / name).write_text(text, encoding="utf-8")
    return 0


def _is(file: Path, text: str) -> bool:
    return file.exists() and file.read_text(encoding="utf-8") == text


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
