"""A server as the examinee, over a loopback socket."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from wellread.errors import ModelError, WellreadError
from wellread.evaluate.server import Server, is_address


class Stub(BaseHTTPRequestHandler):
    """Answers each question with itself in capitals; after `limit` of them it is gone."""

    served = ("one",)
    asked: list[str]
    limit = 100

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        self._send({"data": [{"id": name} for name in self.served]})

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if len(self.asked) >= self.limit:
            self.send_error(401)
            return
        prompt = body["messages"][0]["content"]
        self.asked.append(prompt)
        said = {"message": {"role": "assistant", "content": prompt.upper()}, "finish_reason": "stop"}
        self._send({"choices": [said], "usage": {"prompt_tokens": 3, "completion_tokens": 3}})

    def _send(self, value: dict) -> None:
        raw = json.dumps(value).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)


@pytest.fixture
def stub() -> Iterator[tuple[str, type[Stub]]]:
    handler = type("Handler", (Stub,), {"asked": []})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/v1", handler
    server.shutdown()


def answers(server: Server, prompts: list[str]) -> dict[int, str | None]:
    return {r.index: r.text for batch in server.answers(prompts, 8, 2, True) for r in batch}


def test_every_question_is_answered_once(stub, tmp_path: Path) -> None:
    address, handler = stub
    server = Server(address, tmp_path / "cache")
    assert server.model == "one"
    assert answers(server, ["a?", "b?", "a?"]) == {0: "A?", 1: "B?", 2: "A?"}
    assert sorted(handler.asked) == ["a?", "b?"]
    assert answers(Server(address, tmp_path / "cache"), ["b?"]) == {0: "B?"}
    assert len(handler.asked) == 2


def test_a_server_that_is_gone_half_way_leaves_what_it_said(stub, tmp_path: Path) -> None:
    address, handler = stub
    handler.limit = 2
    prompts = [f"{i}?" for i in range(6)]
    with pytest.raises(WellreadError):
        answers(Server(address, tmp_path / "cache"), prompts)
    handler.limit = 100
    assert answers(Server(address, tmp_path / "cache"), prompts) == dict(enumerate(prompts))
    assert len(handler.asked) == 6


def test_of_several_models_one_must_be_named(stub, tmp_path: Path) -> None:
    address, handler = stub
    handler.served = ("one", "two")
    with pytest.raises(ModelError, match="serves 2 models: one, two"):
        Server(address, tmp_path / "cache")
    assert Server(f"{address}#two", tmp_path / "cache").model == "two"


def test_nobody_there(tmp_path: Path) -> None:
    assert is_address("https://x")
    assert not is_address("x/y")
    with pytest.raises(ModelError, match="doesn't say which models it serves"):
        Server("http://127.0.0.1:9/v1", tmp_path / "cache")
