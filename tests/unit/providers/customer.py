"""A process that asks for NUMBER texts, to be killed: customer.py URL CACHE NUMBER CONCURRENCY."""

import sys
from pathlib import Path

from wellread.providers.config import ProviderConfig
from wellread.providers.provider import Provider
from wellread.providers.records import Request

if __name__ == "__main__":
    url, cache, number, concurrency = sys.argv[1:]
    config = ProviderConfig(name=url, model="good-model", backoff=0.01, concurrency=int(concurrency), timeout=5.0)
    requests = [Request(prompt=f"text {i}") for i in range(int(number))]
    done = [o for o in Provider(config, "run", Path(cache)).complete(requests) if o.reply]
    print(len(done), flush=True)
