"""Requests to a loopback server at 32 under way and 200 ms each: ours beside the plain openai client in a gather loop.

Same server, same prompts, equal answers (checked). The ratio is requests per second, ours over the peer's; `share` is ours
over the rate that latency alone allows (160 a second), which is to be 0.9 or more. Ours also parses with suspicion and has
every reply on disk, synchronised, before it hands it on; the peer keeps nothing. The openai package isn't a dependency:
it gets an environment of its own on first use. `--json` prints one JSON object as the last line.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
import venv
from importlib.metadata import version
from pathlib import Path

CONCURRENT, LATENCY = 32, 0.2
SERVER = Path(__file__).parents[1] / "tests" / "unit" / "providers" / "server.py"
PEER = """
import asyncio, importlib.metadata, json, resource, sys, time
from openai import AsyncOpenAI
async def main(url, n):
    async with AsyncOpenAI(base_url=url, api_key="none") as client:
        free = asyncio.Semaphore(32)
        async def one(i):
            async with free:
                said = await client.chat.completions.create(
                    model="good-model", messages=[{"role": "user", "content": f"text {i}"}], max_tokens=1024, temperature=0.7)
                return said.choices[0].message.content
        start = time.perf_counter()
        texts = await asyncio.gather(*map(one, range(n)))
        seconds = time.perf_counter() - start
    used = resource.getrusage(resource.RUSAGE_SELF)
    print(json.dumps({"seconds": seconds, "texts": texts, "version": importlib.metadata.version("openai"),
                      "cpu_seconds": used.ru_utime + used.ru_stime}))
asyncio.run(main(sys.argv[1], int(sys.argv[2])))
"""


def peer_python() -> Path:
    """An interpreter that has the openai package."""
    home = Path(tempfile.gettempdir()) / "wellread-bench-openai"
    python = home / "bin" / "python"
    if not (home / "ready").exists():
        venv.create(home, with_pip=True, clear=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", "openai>=3"], check=True)
        (home / "ready").touch()
    return python


def ours(url: str, n: int) -> dict:
    """All texts by our own client, into a fresh cache."""
    from wellread.providers.config import ProviderConfig
    from wellread.providers.provider import Provider
    from wellread.providers.records import Request

    config = ProviderConfig(name=url, model="good-model", concurrency=CONCURRENT)
    with tempfile.TemporaryDirectory() as folder:
        provider = Provider(config, "bench", Path(folder) / "cache.sqlite")
        start = time.perf_counter()
        outcomes = list(provider.complete(Request(prompt=f"text {i}") for i in range(n)))
        seconds = time.perf_counter() - start
    used = resource.getrusage(resource.RUSAGE_SELF)
    texts = {o.request.prompt: o.reply.text for o in outcomes if o.reply}
    return {
        "seconds": seconds,
        "texts": [texts[f"text {i}"] for i in range(n)],
        "cpu_seconds": used.ru_utime + used.ru_stime,
        "version": version("wellread"),
    }


def measured(command: list) -> dict:
    """What a client in a process of its own prints."""
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()[-1])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=1600)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--ours", metavar="URL", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.ours:
        print(json.dumps(ours(given.ours, given.requests)))
        return
    python = peer_python()
    server = subprocess.Popen([sys.executable, SERVER, "--latency", str(LATENCY)], stdout=subprocess.PIPE, text=True)
    try:
        url = server.stdout.readline().strip()
        mine = measured([sys.executable, __file__, "--ours", url, "--requests", str(given.requests)])
        peer = measured([python, "-c", PEER, url, str(given.requests)])
    finally:
        server.terminate()
    assert mine["texts"] == peer["texts"], "the two clients got different texts"
    rate, other = given.requests / mine["seconds"], given.requests / peer["seconds"]
    result = {
        "benchmark": "providers", "ratio": round(rate / other, 3), "share_of_latency_bound": round(rate / (CONCURRENT / LATENCY), 3),
        "requests": given.requests, "concurrent": CONCURRENT, "latency_s": LATENCY,
        "per_second": round(rate, 1), "peer_per_second": round(other, 1),
        "cpu_seconds": round(mine["cpu_seconds"], 2), "peer_cpu_seconds": round(peer["cpu_seconds"], 2),
        "versions": {"wellread": mine["version"], "openai": peer["version"], "httpx2": version("httpx2")},
        "cores": os.cpu_count(), "load": round(os.getloadavg()[0], 1),
    }  # fmt: skip
    for name, value in result.items():
        if not given.json:
            print(f"{name:>24}  {value}")
    if given.json:
        print(json.dumps(result))


if __name__ == "__main__":
    main()
