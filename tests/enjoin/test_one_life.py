"""The page `docs/one-life-over-http.md` word by word: every command against a real server, every line it prints."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from tests.support.processes import PATIENCE, ROOT, environment

PAGE = ROOT / "docs" / "one-life-over-http.md"
_BLOCK = re.compile(r"^```sh\n(.*?)^```\n(?:\n```text\n(.*?)^```\n)?", re.DOTALL | re.MULTILINE)
_MARK = "-- the next block --\n"


def test_the_page_does_what_it_says(tmp_path: Path) -> None:
    blocks = [(commands, said or "") for commands, said in _BLOCK.findall(PAGE.read_text())]
    assert len(blocks) == PAGE.read_text().count("```sh\n") > 10
    script = "".join(f"{commands}printf %s '{_MARK}'\n" for commands, _ in blocks)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    path = f"{Path(sys.executable).parent}:{Path(str(shutil.which('curl'))).parent}"
    settings = environment(ENJOIN_PORT=str(port), PATH=f"{path}:/usr/bin:/bin")
    life = subprocess.Popen(
        ["bash", "-u"],
        env=settings,
        cwd=tmp_path,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        printed, wrong = life.communicate(script, PATIENCE * 4)
    finally:
        with suppress(ProcessLookupError):  # nothing of it is left, as it should be
            os.killpg(life.pid, signal.SIGKILL)
    assert wrong == ""
    assert list(zip([commands for commands, _ in blocks], printed.split(_MARK), strict=False)) == blocks
    log = (tmp_path / "serve.log").read_text()
    assert "Traceback" not in log
