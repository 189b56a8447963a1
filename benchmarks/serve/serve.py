"""Measures `host serve` under load on loopback, the load generator on the same cores, and prints rows of the table.

    serve.py HOST PYTHON [accept|latency|runs|parked]…

Still to be added: 2 and 4 processes on PostgreSQL beside 1 (`servers.host` takes the store's URL).

HOST is the program under test, PYTHON one that has Flask and gunicorn. Needs wrk, nginx and its Lua module.

Sides take turns, and ratios are those of the medians of each round. CPU is the server's own, all its processes and
threads, from /proc; the load generator's is not in it.
"""

import http.client
import os
import sqlite3
import statistics
import sys
import tempfile
import time
import urllib.parse

import servers

ROUNDS = 3
SECONDS = 5
PARKED = 100_000
LATENCIES = 1_000


def median(values):
    return statistics.median(values)


def row(what, peer, ours, goal, reached, is_missed=False):
    mark = "**" if is_missed else ""
    print(f"| {what} | {peer} | {ours} | {goal} | {mark}{reached}{mark} |", flush=True)


def accept(program, python):
    sides = {"ours": [], "listening": [], "nginx": [], "flask": []}
    with tempfile.TemporaryDirectory() as a, tempfile.TemporaryDirectory() as b, \
            tempfile.TemporaryDirectory() as c, tempfile.TemporaryDirectory() as d:
        os.chmod(c, 0o755)
        for _ in range(ROUNDS):
            for name, start in [
                ("nginx", lambda: servers.nginx(c)),
                ("ours", lambda: servers.host(program, a, [])),
                ("listening", lambda: servers.host(program, b, ["listener.lua"])),
                ("flask", lambda: servers.receiver(python, d)),
            ]:
                with start() as server:
                    server.load("event.lua", "/bitrix/acme", 1)
                    sides[name].append(server.load("event.lua", "/bitrix/acme", SECONDS))
    rate = {name: median([rate for rate, _ in rounds]) for name, rounds in sides.items()}
    cpu = {name: median([cpu for _, cpu in rounds]) for name, rounds in sides.items()}

    def ratio(one, other, part):
        return median([mine[part] / theirs[part] for mine, theirs in zip(sides[one], sides[other])])

    what = "accepted durable events of 600 bytes, 64 connections"
    to_nginx, to_flask = ratio("ours", "nginx", 0), ratio("ours", "flask", 0)
    row(what, f"nginx + Lua, stores nothing: {rate['nginx']:.0f}/s", f"{rate['ours']:.0f}/s", "≥ 0.6x",
        f"{to_nginx:.2f}x", to_nginx < 0.6)
    spent = ratio("ours", "nginx", 1)
    row("their server CPU an event", f"nginx + Lua: {cpu['nginx']:.1f} µs", f"{cpu['ours']:.1f} µs", "≤ 1.2x",
        f"{spent:.2f}x", spent > 1.2)
    row("the same", f"Flask, gunicorn, SQLite: {rate['flask']:.0f}/s, {cpu['flask']:.0f} µs",
        f"{rate['ours']:.0f}/s, {cpu['ours']:.1f} µs", "≥ 10x", f"{to_flask:.1f}x", to_flask < 10)
    row("the same while an empty recipe runs for each", f"nginx + Lua: {rate['nginx']:.0f}/s",
        f"{rate['listening']:.0f}/s, {cpu['listening']:.0f} µs", "–", f"{ratio('listening', 'nginx', 0):.2f}x")
    return rate["ours"]


def latency(program, _):
    """One caller, one after the other: accepted only, and accepted, run and answered."""
    with tempfile.TemporaryDirectory() as folder, servers.host(program, folder, ["recipes.lua"]) as server:
        address = urllib.parse.urlparse(server.url)
        connection = http.client.HTTPConnection(address.hostname, address.port)

        def seconds(path):
            began = time.perf_counter()
            connection.request("POST", path, "{}", {"Authorization": f"Bearer {servers.KEY}"})
            connection.getresponse().read()
            return time.perf_counter() - began

        for path in ["/events/empty", "/events/empty?wait=5s"]:
            for _ in range(50):
                seconds(path)
        accepted, answered = [], []
        for _ in range(LATENCIES):
            answered.append(seconds("/events/empty?wait=5s"))
            accepted.append(seconds("/events/empty"))
            time.sleep(0.005)
    more = (median(answered) - median(accepted)) * 1000
    row("event accepted until its run has answered, median, one caller",
        f"accepted only: {median(accepted) * 1e3:.2f} ms", f"{median(answered) * 1e3:.2f} ms",
        "≤ 2 ms more", f"{more:.2f} ms more", more > 2)


def runs(program, _):
    rates, cpus = [], []
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(ROUNDS):
            with servers.host(program, folder, ["recipes.lua"]) as server:
                server.load("wait.lua", "/events/store?wait=20s", 1)
                rate, cpu = server.load("wait.lua", "/events/store?wait=20s", SECONDS)
                rates.append(rate)
                cpus.append(cpu)
    row("durable runs of one `store.set`, the reply waited for, 64 connections", "–",
        f"{median(rates):.0f}/s, {median(cpus):.0f} µs of CPU", "half the inbox", f"{median(rates):.0f}/s")
    return median(rates)


def parked(program, _):
    with tempfile.TemporaryDirectory() as folder:
        with servers.host(program, folder, ["recipes.lua"]) as server:
            began = time.perf_counter()
            while waiting(folder) < PARKED:
                server.load("wait.lua", "/events/park", 3)
                while server.metric("host_inbox_depth") > 0:
                    time.sleep(0.2)
            took = time.perf_counter() - began
            count = waiting(folder)
            resident = server.resident_mb()
        began = time.perf_counter()
        with servers.host(program, folder, ["recipes.lua"]) as server:
            server.post("/events/empty?wait=20s", {})
            ready = time.perf_counter() - began
            time.sleep(3)
            again = server.resident_mb()
    row(f"{count} runs parked in `sleep(\"1d\")`, resident memory", "–",
        f"{resident:.0f} MB, {again:.0f} MB after a restart, parked in {took:.0f} s", "≤ 64 MB",
        f"{max(resident, again):.0f} MB", max(resident, again) > 64)
    row("a restart with them until the first event is answered", "–", f"{ready:.2f} s", "≤ 5 s", f"{ready:.2f} s",
        ready > 5)


def waiting(folder):
    with sqlite3.connect(f"file:{folder}/host.db?mode=ro", uri=True, timeout=60) as store:
        return store.execute("SELECT COUNT(*) FROM run WHERE state = 1").fetchone()[0]


if __name__ == "__main__":
    parts = {"accept": accept, "latency": latency, "runs": runs, "parked": parked}
    for name in sys.argv[3:] or parts:
        parts[name](*sys.argv[1:3])
