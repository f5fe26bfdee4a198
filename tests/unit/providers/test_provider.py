"""What a user meets: wrong keys, wrong models, budgets, refusals; and where a key may never show."""

import sqlite3
import traceback

import pytest

from wellread.errors import ConfigError, InputError, UnknownNameError
from wellread.providers.config import ProviderConfig
from wellread.providers.failures import BudgetReachedError, ProviderError
from wellread.providers.provider import payer, rightly_named
from wellread.providers.records import Request

KEY = "sk-very-secret-0123456789"


def ask(provider, *prompts, **kw):
    return list(provider.complete(Request(prompt=p, **kw) for p in prompts))


def test_a_reply_comes_once_and_from_the_cache_after_that(serve, connect):
    server = serve()
    provider = connect(server.url)
    first = ask(provider, "a", "b", "a")
    assert {(o.request.prompt, o.reply.text, o.cached) for o in first} == {
        ("a", "said: a", False),
        ("b", "said: b", False),
    }
    assert all(o.cached for o in ask(provider, "a", "b"))
    assert server.paid == {"a": 1, "b": 1}
    ask(provider, "a", seed=1)
    ask(provider, "a", temperature=0.0)
    assert server.paid["a"] == 3


def test_a_wrong_key_stops_at_once_and_names_the_variable(serve, connect, monkeypatch, capfd, tmp_path):
    server = serve(key="another")
    monkeypatch.setenv("WELLREAD_API_KEY", KEY)
    with pytest.raises(ProviderError, match="WELLREAD_API_KEY") as caught:
        ask(connect(server.url), *map(str, range(50)))
    assert not server.asked
    everything = "".join(traceback.format_exception(caught.value)) + "".join(capfd.readouterr())
    everything += "".join(p.read_bytes().decode("latin-1") for p in tmp_path.rglob("*") if p.is_file())
    assert KEY not in everything


def test_the_right_key_shows_nowhere(serve, connect, monkeypatch, tmp_path):
    server = serve(key=KEY)
    monkeypatch.setenv("WELLREAD_API_KEY", KEY)
    server.replies["bad"] = [(400, {"error": {"message": f"rejected; your key {KEY} is noted"}})]
    provider = connect(server.url)
    good, bad = sorted(ask(provider, "good", "bad"), key=lambda o: o.reply is None)
    assert good.reply.text == "said: good"
    assert "rejected" in bad.reason
    shown = repr(vars(provider.backend)) + repr(provider.config) + str(bad)
    assert KEY not in shown
    assert all(KEY.encode() not in p.read_bytes() for p in tmp_path.rglob("*") if p.is_file())


def test_no_key_where_one_is_needed(connect, monkeypatch):
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    monkeypatch.delenv("OPENAI_BASE_URL", raising=False)
    with pytest.raises(ConfigError, match="OPENAI_API_KEY is not set"):
        connect("openai")
    with pytest.raises(ConfigError, match="GEMINI_API_KEY"):
        connect("https://generativelanguage.googleapis.com/v1beta/openai")
    with pytest.raises(ConfigError, match="MY_KEY"):
        connect("http://127.0.0.1:9/v1", key_variable="MY_KEY")


def test_a_key_from_the_secrets_file(serve, connect, monkeypatch, tmp_path):
    path = tmp_path / "secrets"
    path.write_text(f"# mine\nWELLREAD_API_KEY = {KEY}\n")
    path.chmod(0o600)
    server = serve(key=KEY)
    maker = connect(server.url)  # sets WELLREAD_SECRETS elsewhere: no key yet
    with pytest.raises(ProviderError, match="wants a key"):
        ask(maker, "a")
    monkeypatch.setenv("WELLREAD_SECRETS", str(path))
    assert ask(connect(server.url), "a")[0].reply
    path.chmod(0o644)
    with pytest.raises(InputError, match="chmod 600"):
        connect(server.url)


@pytest.mark.parametrize("url", ["http://user:pw@127.0.0.1/v1", "http://127.0.0.1/v1?key=abc", "http:///v1"])
def test_urls_that_hold_keys_or_no_host(connect, url):
    with pytest.raises(ConfigError):
        connect(url)


@pytest.mark.parametrize("url", ["http://127.0.0.1:abc/v1", "http://[::1", "http://127.0.0.1:99999/v1", "HTTP://:80"])
def test_urls_that_are_none(connect, url):
    with pytest.raises(ConfigError, match="Write it as"):
        connect(url)


@pytest.mark.parametrize("status", [401, 403])
def test_a_key_that_may_not_list_models_may_still_write(serve, connect, status):
    server = serve()
    server.models = (status, {"error": {"message": "Missing scopes: api.model.read"}})
    assert ask(connect(server.url), "a")[0].reply


def test_a_refusal_by_403_is_no_wrong_key(serve, connect):
    server = serve()
    server.replies["bad"] = [(403, {"error": {"message": "the input was flagged by moderation"}})]
    server.replies["shut"] = [(403, {"error": {"message": "this region is not served"}})]
    assert "refused the content" in ask(connect(server.url), "bad")[0].reason
    with pytest.raises(ProviderError, match="region is not served"):
        ask(connect(server.url), "shut")


def test_a_server_that_asks_to_wait_for_a_day_is_not_waited_for(serve, connect):
    server = serve()
    server.replies["a"] = [(503, {"error": {"message": "maintenance"}}, {"Retry-After": "86400"})]
    with pytest.raises(ProviderError, match="asks to wait 86400 s"):
        ask(connect(server.url), "a")


EMPTY = (200, {"choices": [{"message": {"content": ""}, "finish_reason": "length"}],
               "usage": {"prompt_tokens": 40, "completion_tokens": 60}})  # fmt: skip


def test_one_request_that_is_never_answered_does_not_stop_the_others(serve, connect):
    server = serve()
    server.replies["bad"] = [EMPTY] * 9
    provider = connect(server.url, retries=2)
    assert "empty reply" in ask(provider, "bad")[0].reason
    server.replies["gone"] = [(500, {})] * 9
    assert ask(provider, "good")[0].reply
    assert "the server failed" in ask(provider, "gone")[0].reason


def test_replies_that_are_of_no_use_count_in_the_budget(serve, connect):
    server = serve()
    for i in range(20):
        server.replies[str(i)] = [EMPTY] * 99
    provider = connect(server.url, retries=50, budget="1000tokens", concurrency=1)
    with pytest.raises(BudgetReachedError):
        ask(provider, *map(str, range(20)), max_tokens=100)
    assert sum(server.asked.values()) <= 11


def test_requests_that_come_down_to_the_same_are_all_answered_and_paid_once(serve, connect):
    server = serve()
    provider = connect(server.url, body={"seed": None, "temperature": None})
    requests = [Request(prompt="a", seed=seed) for seed in range(3)]
    outcomes = list(provider.complete([*requests, *requests]))
    assert sorted(o.request.seed for o in outcomes) == [0, 1, 2]
    assert all(o.reply.text == "said: a" for o in outcomes)
    assert server.paid["a"] == 1
    assert len(list(provider.complete(requests))) == 3


def test_an_unknown_model_names_those_that_are_there(serve, connect):
    server = serve()
    with pytest.raises(ProviderError, match=r"404.*good-model"):
        ask(connect(server.url, model="god-model"), "a", "b")


def test_what_is_wrongly_named_is_a_setting_until_something_is_paid(serve, connect):
    provider = connect(serve().url, model="god-model")
    with pytest.raises(ConfigError, match="404"), rightly_named(provider):
        ask(provider, "a")
    server = serve()
    paid = connect(server.url)
    ask(paid, "a")
    server.replies["b"] = [(401, {"error": {"message": "this key has ended"}})]
    with pytest.raises(ProviderError, match="has ended"), rightly_named(paid, None):
        ask(paid, "b")


def test_no_model_and_no_such_provider(connect):
    with pytest.raises(ConfigError, match="--model"):
        connect("http://127.0.0.1:9/v1", model="")
    with pytest.raises(UnknownNameError, match="local"):
        ProviderConfig(name="locl")


def test_nobody_there(connect):
    with pytest.raises(ProviderError, match="can't connect"):
        ask(connect("http://127.0.0.1:9/v1"), "a")


@pytest.mark.parametrize(
    ("status", "body", "reason"),
    [
        (
            400,
            {"error": {"message": "This model's maximum context length is 8192 tokens"}},
            "longer than the model's context",
        ),
        (400, {"error": {"code": "content_policy_violation", "message": "no"}}, "refused the content"),
        (200, {"choices": [{"message": {"content": "x"}, "finish_reason": "content_filter"}]}, "refused the content"),
        (200, {"choices": [{"message": {"content": None, "refusal": "I won't"}}]}, "refused the content"),
        (422, {"detail": "strange"}, "rejects the request"),
    ],
)
def test_a_request_that_can_not_be_answered_is_given_up_and_never_cached(serve, connect, status, body, reason):
    server = serve()
    server.replies["bad"] = [(status, body)]
    provider = connect(server.url)
    outcomes = {o.request.prompt: o for o in ask(provider, "bad", "good")}
    assert reason in outcomes["bad"].reason
    assert outcomes["good"].reply
    assert ask(provider, "bad")[0].reply, "an error must not be cached"


def test_html_from_all_requests_stops(serve, connect):
    server = serve(faults=1.0, kinds=("html",))
    with pytest.raises(ProviderError, match="HTML instead of JSON"):
        ask(connect(server.url, retries=1), *map(str, range(40)))


def test_a_server_that_dies_half_way_stops_the_work_and_loses_nothing(serve, connect):
    server = serve()
    provider = connect(server.url, retries=1, concurrency=4)
    ask(provider, *(f"early {i}" for i in range(20)))
    server.faults, server.kinds = 1.0, ("500",)
    outcomes = []
    with pytest.raises(ProviderError, match="in a row"):
        outcomes.extend(provider.complete(Request(prompt=f"late {i}") for i in range(100)))
    server.faults = 0.0
    assert len(ask(provider, *(f"late {i}" for i in range(100)))) == 100


def test_quota_used_up_stops(serve, connect):
    server = serve()
    server.replies["a"] = [(429, {"error": {"code": "insufficient_quota", "message": "check your plan"}})]
    with pytest.raises(ProviderError, match="nothing left"):
        ask(connect(server.url), "a")


def test_nothing_but_too_many_requests_stops_in_the_end(serve, connect):
    server = serve(faults=1.0, kinds=("429",))
    with pytest.raises(ProviderError, match="refuses more requests"):
        ask(connect(server.url, patience=0.3), "a", "b")


def test_concurrency_falls_in_a_storm(serve, connect):
    server = serve(latency=0.01, faults=0.3, kinds=("429",))
    provider = connect(server.url, concurrency=64)
    assert len(ask(provider, *map(str, range(120)))) == 120
    assert server.made["429"] < 120


def test_a_budget_in_tokens_is_never_exceeded_and_spans_attempts(serve, connect):
    server = serve(tokens=(40, 60))
    prompts = [f"text {i}" for i in range(40)]
    budget = {"budget": "2000tokens", "concurrency": 8}
    outcomes = []
    with pytest.raises(BudgetReachedError, match=r"of 2,000 tokens spent, (\d+) of 40") as caught:
        outcomes.extend(connect(server.url, **budget).complete(Request(prompt=p, max_tokens=100) for p in prompts))
    assert caught.value.exit_code == 3
    assert 17 <= len(outcomes) <= 20
    assert sum(server.paid.values()) * 100 <= 2000
    paid = sum(server.paid.values())
    with pytest.raises(BudgetReachedError):
        ask(connect(server.url, **budget), *prompts, max_tokens=100)
    assert (sum(server.paid.values()) - paid) * 100 <= 2000 - paid * 100
    more = connect(server.url, budget="9ktokens")
    assert len(ask(more, *prompts, max_tokens=100)) == 40
    assert max(server.paid.values()) == 1


def test_longer_replies_that_a_field_allows_are_set_aside_for(serve, connect):
    server = serve(tokens=(40, 900))
    body = {"max_tokens": None, "max_completion_tokens": 900}
    provider = connect(server.url, budget="2000tokens", body=body, concurrency=8)
    with pytest.raises(BudgetReachedError):
        ask(provider, *map(str, range(20)), max_tokens=100)
    assert sum(server.paid.values()) == 2


def test_two_models_share_one_budget_each_at_its_own_price(serve, connect):
    server = serve(tokens=(1000, 1000))
    writer = connect(server.url, budget="0.05usd", price="1/4", concurrency=1)
    check = connect(server.url, run="check", concurrency=1)
    check.budget = writer.budget.at((10.0, 10.0))
    ask(check, "a", max_tokens=1000)
    assert writer.budget.purse.spent == pytest.approx(0.02)
    with pytest.raises(BudgetReachedError):
        ask(writer, *map(str, range(50)), max_tokens=1000)
    assert sum(server.paid.values()) == 1 + 6


def test_what_replies_depend_on_is_part_of_fingerprints(connect, monkeypatch, tmp_path):
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    seen = []
    for url in ("http://127.0.0.1:8/v1", "http://127.0.0.1:9/v1"):
        monkeypatch.setenv("OPENAI_BASE_URL", url)
        seen.append(connect("openai").identity())
    assert seen[0] != seen[1]
    assert KEY not in str(seen)
    assert payer(tmp_path, {"styles": ["qa"]}) != payer(tmp_path, {"styles": ["article"]})


def test_another_recording_is_another_input_and_replaying_one_changes_nothing(serve, connect, tmp_path):
    ask(connect(serve().url), "a")
    recorded = {"model": "", "recording": str(tmp_path / "cache.sqlite")}
    first = connect("replay", **recorded)
    before = first.identity()
    assert [o.reply.text for o in ask(first, "a")] == ["said: a"]
    assert connect("replay", **recorded).identity() == before
    ask(connect(serve().url), "b")
    assert connect("replay", **recorded).identity() != before


def test_another_run_has_its_own_budget(serve, connect):
    server = serve(tokens=(40, 60))
    ask(connect(server.url), *map(str, range(20)), max_tokens=100)
    other = connect(server.url, run="other", budget="1000tokens")
    assert len(ask(other, *map(str, range(25)), max_tokens=100)) == 25


def test_a_budget_in_money(serve, connect):
    server = serve(tokens=(1000, 1000))
    with pytest.raises(BudgetReachedError, match="usd"):
        ask(connect(server.url, budget="0.05usd", price="1/4", concurrency=1), *map(str, range(50)), max_tokens=1000)
    assert sum(server.paid.values()) == 10
    with pytest.raises(ConfigError, match="price"):
        connect(server.url, budget="5usd")
    with pytest.raises(ConfigError, match="5usd"):
        connect(server.url, budget="five dollars")


def test_a_recording_is_replayed_without_anyone_there(serve, connect, tmp_path):
    with_server = connect(serve().url)
    ask(with_server, "a", "b")
    recording = tmp_path / "recorded.sqlite"
    with_server.cache.close()
    recording.write_bytes((tmp_path / "cache.sqlite").read_bytes())
    recording.chmod(0o444)
    (tmp_path / "cache.sqlite").unlink()
    outcomes = ask(connect("replay", model="", recording=str(recording)), "a", "b", "c")
    assert {o.request.prompt: o.reply and o.reply.text for o in outcomes} == {"a": "said: a", "b": "said: b", "c": None}
    with pytest.raises(ConfigError, match="good-model"):
        connect("replay", model="another", recording=str(recording))
    with pytest.raises(ConfigError, match="recording"):
        connect("replay")


def test_a_file_that_is_no_cache(connect, tmp_path):
    (tmp_path / "cache.sqlite").write_text("hello " * 400)
    with pytest.raises(InputError, match="not a cache"):
        connect("http://127.0.0.1:9/v1")


def test_the_local_model_writes_in_batches(connect, tiny_folder):
    provider = connect("local", model=str(tiny_folder), concurrency=3)
    outcomes = ask(provider, "one", "two", "three", "four", max_tokens=8)
    assert len(outcomes) == 4
    assert all(o.reply and o.reply.tokens_out <= 8 for o in outcomes)
    alone = connect("local", model=str(tiny_folder), concurrency=1, run="alone")
    alone.cache.close()
    assert "longer than the model's context" in ask(provider, "x" * 2000, max_tokens=8)[0].reason


def test_two_writers_share_one_file(serve, connect, tmp_path):
    server = serve()
    first, second = connect(server.url), connect(server.url, run="second")
    ask(first, "a")
    assert ask(second, "a")[0].cached
    with sqlite3.connect(tmp_path / "cache.sqlite") as db:
        assert db.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
