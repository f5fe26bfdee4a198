"""A loopback server that speaks OpenAI's protocol and misbehaves by plan. Run alone, it serves until it is killed.

Which request fails, and how, depends on the seed, the prompt and how often it was asked: the same plan at any speed.
"""

import argparse
import asyncio
import contextlib
import hashlib
import json
import threading
import time
from collections import Counter, defaultdict

FAULTS = ("429", "500", "503", "slow", "cut", "truncated", "schema", "empty", "garbage", "surrogate", "html")


class Server:
    """`faults`: the share of requests that go wrong. `answer(prompt)` is what it writes."""

    def __init__(
        self, faults=0.0, latency=0.0, seed=0, kinds=FAULTS, answer=None, storms=0.0, key=None, tokens=(10, 5)
    ):
        self.faults, self.latency, self.seed, self.kinds, self.storms, self.key = (
            faults,
            latency,
            seed,
            kinds,
            storms,
            key,
        )
        self.answer = answer or (lambda prompt: f"said: {prompt}")
        self.tokens = tokens
        self.asked, self.paid, self.made = Counter(), Counter(), Counter()
        self.replies = defaultdict(list)  # prompt -> [(status, body)] that come instead of an answer, in this order
        self.models = (200, {"data": [{"id": "good-model"}, {"id": "other-model"}]})
        self.open_at = 0.0
        self.early = 0  # requests that came well after a storm had begun, though all had been told to wait
        self.now = self.peak = 0
        self.loop = asyncio.new_event_loop()
        self.ready = threading.Event()

    def __enter__(self):
        threading.Thread(target=self._run, daemon=True).start()
        assert self.ready.wait(10)
        return self

    def __exit__(self, *_):
        asyncio.run_coroutine_threadsafe(self._close(), self.loop).result(10)
        self.loop.call_soon_threadsafe(self.loop.stop)

    async def _close(self):
        mine = asyncio.current_task()
        others = [task for task in asyncio.all_tasks() if task is not mine]
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}/v1"

    def _run(self):
        self.loop.run_until_complete(self.start())
        self.ready.set()
        self.loop.run_forever()

    async def start(self, port=0):
        server = await asyncio.start_server(self._serve, "127.0.0.1", port, backlog=1024)
        self.port = server.sockets[0].getsockname()[1]

    async def _serve(self, reader, writer):
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError, TimeoutError):
            while line := await reader.readline():
                method, path, _ = line.decode().split()
                headers = {}
                while (line := await reader.readline()).strip():
                    name, _, value = line.decode().partition(":")
                    headers[name.lower()] = value.strip()
                body = await reader.readexactly(int(headers.get("content-length", 0)))
                self.now += 1
                self.peak = max(self.peak, self.now)
                try:
                    go_on = await self._answer(writer, method, path, headers, body)
                    await writer.drain()
                finally:
                    self.now -= 1
                if not go_on:
                    break
        writer.close()

    async def _answer(self, writer, method, path, headers, body):
        if self.key and headers.get("authorization") != f"Bearer {self.key}":
            said = headers.get("authorization", "")
            return send(
                writer, 401, {"error": {"message": f"Incorrect API key provided: {said}", "code": "invalid_api_key"}}
            )
        if path.endswith("/models"):
            return send(writer, *self.models)
        asked = json.loads(body)
        if asked["model"] != "good-model":
            return send(writer, 404, {"error": {"message": "The model does not exist", "code": "model_not_found"}})
        prompt = asked["messages"][0]["content"]
        self.asked[prompt] += 1
        if self.replies[prompt]:
            return send(writer, *self.replies[prompt].pop(0))
        if time.monotonic() < self.open_at:
            self.made["429"] += 1
            self.early += time.monotonic() > self.open_at - 0.7
            return send(writer, 429, {"error": {"message": "slow down"}}, {"Retry-After": "1"})
        kind = self._fault(prompt)
        if self.latency:
            await asyncio.sleep(self.latency)
        if kind:
            self.made[kind] += 1
            return await self._misbehave(writer, kind, prompt)
        self.paid[prompt] += 1
        return send(writer, 200, self._good(prompt))

    def _good(self, prompt):
        read, written = self.tokens
        choice = {"index": 0, "message": {"role": "assistant", "content": self.answer(prompt)}, "finish_reason": "stop"}
        return {"choices": [choice], "usage": {"prompt_tokens": read, "completion_tokens": written}}

    def _fault(self, prompt):
        drawn = hashlib.sha256(f"{self.seed}|{prompt}|{self.asked[prompt]}".encode()).digest()
        if int.from_bytes(drawn[8:12]) / 2**32 < self.storms and time.monotonic() > self.open_at + 1:
            self.open_at = time.monotonic() + 1.0  # a storm: nobody is served for a second
            self.made["storm"] += 1
            return "429"
        if int.from_bytes(drawn[:4]) / 2**32 >= self.faults:
            return None
        return self.kinds[int.from_bytes(drawn[4:8]) % len(self.kinds)]

    async def _misbehave(self, writer, kind, prompt):
        whole = json.dumps(self._good(prompt)).encode()
        if kind == "429":
            return send(writer, 429, {"error": {"message": "slow down"}}, {"Retry-After": "0"})
        if kind in ("500", "503"):
            return send(writer, int(kind), {"error": {"message": "out of order"}})
        if kind == "slow":  # a body that drips: a byte now and then, never all of it
            writer.write(head(200, len(whole)))
            with contextlib.suppress(ConnectionError):
                for byte in whole:
                    writer.write(bytes([byte]))
                    await writer.drain()
                    await asyncio.sleep(0.5)
            return False
        if kind == "cut":
            writer.write(head(200, len(whole)) + whole[: len(whole) // 2])
            return False
        if kind == "truncated":
            return send(writer, 200, whole[: len(whole) // 2])
        if kind == "schema":
            return send(writer, 200, {"choices": [{"text": "an older protocol"}], "usage": "?"})
        if kind == "empty":
            return send(writer, 200, {"choices": [], "usage": {}})
        if kind == "garbage":
            return send(writer, 200, whole.replace(b"said", b"\xff\xfe\x80\x81"))
        if kind == "surrogate":
            return send(writer, 200, whole.replace(b"said", b"\\ud800\\u0000"))
        assert kind == "html"
        return send(writer, 200, b"<!DOCTYPE html><html><body>Bad gateway</body></html>", {"Content-Type": "text/html"})


def head(status, length, more=None):
    lines = [f"HTTP/1.1 {status} X", f"Content-Length: {length}"]
    fields = {"Content-Type": "application/json", **(more or {})}
    return "\r\n".join([*lines, *(f"{k}: {v}" for k, v in fields.items()), "", ""]).encode()


def send(writer, status, body, more=None):
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    writer.write(head(status, len(raw), more) + raw)
    return True


async def _forever(server, port):
    await server.start(port)
    print(server.url, flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--faults", type=float, default=0.0)
    parser.add_argument("--latency", type=float, default=0.0)
    parser.add_argument("--port", type=int, default=0)
    given = parser.parse_args()
    asyncio.run(_forever(Server(given.faults, given.latency), given.port))
