"""Counsel's server, well or badly behaved: what it does is the path it is called at."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Receiver:
    """Its `url`, and what it was sent: (path, headers in lower case, body)."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.got: list[tuple[str, dict[str, str], bytes]] = []
        self.body_bytes_taken = 0
        self.moved_to = ""
        self.closing = threading.Event()


@contextmanager
def receiver() -> Iterator[Receiver]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            counsel.got.append((self.path, {name.lower(): value for name, value in self.headers.items()}, body))
            with suppress(OSError):  # the sender hung up, as it should
                self.behave(self.path.strip("/"))

        def behave(self, manner: str) -> None:
            if manner == "hang":
                counsel.closing.wait(30)
            elif manner == "drop":
                self.close_connection = True
            elif manner == "nonsense":
                self.wfile.write(b"<script>hello</script>\r\n\r\n")
            elif manner == "drip":
                self.answer(200, {"content-length": "100000"})
                while not counsel.closing.wait(0.02):
                    self.wfile.write(b".")
            elif manner == "big":
                self.answer(200, {"content-length": str(10**9)})
                while not counsel.closing.is_set():
                    counsel.body_bytes_taken += self.wfile.write(b"." * 65536)
            elif manner == "redirect":
                self.answer(302, {"location": f"{counsel.url}/ok", "content-length": "0"})
            elif manner == "moved":
                self.answer(307, {"location": counsel.moved_to, "content-length": "0"})
            elif manner == "patience":
                self.answer(429, {"retry-after": "7200", "content-length": "0"})
            elif manner == "busy":
                self.answer(503, {"retry-after": "120", "content-length": "0"})
            else:
                self.answer(int(manner) if manner.isdigit() else 204, {"set-cookie": "a=b"})

        def answer(self, status: int, headers: dict[str, str]) -> None:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            pass

    class Server(ThreadingHTTPServer):
        request_queue_size = 128  # with five, connecting many at once takes a second

    with Server(("127.0.0.1", 0), Handler) as server:
        counsel = Receiver(f"http://127.0.0.1:{server.server_port}")
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield counsel
        finally:
            counsel.closing.set()
            server.shutdown()
            thread.join()
