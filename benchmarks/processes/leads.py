"""Reads 41 537 leads from a local portal with `host run` and with fast_bitrix24, in turn, and prints rows of
the table.

    leads.py HOST PYTHON

HOST is the program under test, PYTHON the interpreter of an environment with fast_bitrix24. Each reading has a portal
process of its own over the same data: the portal keeps the pace of a real one, and a second reading would wait for
the first one's requests to drain.
"""

import contextlib
import json
import os
import signal
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import urllib.request

LEADS = 41_537
ROUNDS = 5
# A portal on the other side of a network.
LATENCY_MS = 200
# Read by ours alone, for its memory; the portal keeps no pace then, so that this takes a minute and not seven. So often
# the leads are copied: a million and a little.
COPIES = 25
FOLDER = os.path.dirname(os.path.abspath(__file__))


class Portal:
    """A local portal over a file, as long as the `with` lasts."""

    def __init__(self, host, data, seed=None, options=()):
        self.command = [host, "portal", "--port", "0", "--json", "--data", data, *options]
        if seed:
            self.command += ["--seed", seed]

    def __enter__(self):
        self.process = subprocess.Popen(self.command, stdout=subprocess.PIPE)
        line = self.process.stdout.readline()
        if not line:
            sys.exit("leads.py: the portal did not start")
        self.address = json.loads(line)
        self.webhook = self.address["webhook"]
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait()

    def log(self):
        """Its counters, which do not count the questions for them."""
        with urllib.request.urlopen(self.address["url"].rstrip("/") + "/__portal/log") as reply:
            return json.load(reply)


def copy_leads(data):
    """Repeats the leads in a portal's file, which is faster than adding them."""
    with contextlib.closing(sqlite3.connect(data)) as portal, portal:
        for copy in range(1, COPIES):
            portal.execute(
                "INSERT INTO crm_item_1(id, fields, multi, links) "
                "SELECT id + ?, json_set(fields, '$.ID', CAST(id + ? AS TEXT)), multi, links "
                "FROM crm_item_1 WHERE id <= ?",
                (copy * LEADS, copy * LEADS, LEADS),
            )


def write_seed(path):
    """Leads such as a web form leaves behind: some words in each, most fields empty."""
    leads = [
        {
            "TITLE": f"Request {n} from the web form",
            "STATUS_ID": ("NEW", "IN_PROCESS", "PROCESSED")[n % 3],
            "NAME": f"Name {n}",
            "LAST_NAME": f"Family {n}",
            "COMMENTS": f"Would like a visit on day {n % 28 + 1}, {n % 5 + 1} rooms, keys at the neighbour's.",
            "SOURCE_ID": ("WEB", "CALL", "EMAIL")[n % 3],
            "OPPORTUNITY": n % 900,
            "ADDRESS_CITY": f"Town {n % 40}",
            "ASSIGNED_BY_ID": 1,
        }
        for n in range(1, LEADS + 1)
    ]
    with open(path, "w", encoding="utf-8") as file:
        json.dump({"users": [{"ID": 1, "NAME": "Ada", "LAST_NAME": "Whitcombe", "admin": True}], "leads": leads}, file)


class Measured:
    """A command that `usage.py` runs and measures."""

    def __init__(self, command, environment):
        reading, writing = os.pipe()
        self.usage = os.fdopen(reading)
        self.process = subprocess.Popen(
            [sys.executable, "-SE", f"{FOLDER}/usage.py", str(writing), *command],
            stdout=subprocess.PIPE, env=environment, pass_fds=[writing])
        os.close(writing)

    def finish(self):
        """What it wrote, its status, wall and CPU seconds, and peak memory in KB."""
        with self.usage, self.process:
            written = self.process.stdout.read().strip()
            usage = json.loads(self.usage.read())
        return written, usage["status"], usage["wall"], usage["cpu"], usage["peak"]


def read_leads(name, command, host, data, options=(), count=LEADS):
    """Wall and CPU seconds of the client, the requests it made, and its peak memory in KB; the log does not count the
    questions for it."""
    with Portal(host, data, options=options) as portal:
        before = portal.log()["requests"]
        environment = {**os.environ, "BITRIX24_WEBHOOK_URL": portal.webhook}
        read, status, wall, cpu, peak = Measured(command(portal.webhook), environment).finish()
        if status != 0 or int(read or 0) != count:
            sys.exit(f"leads.py: {name} ended with {status} and read {read.decode()} of {count} leads")
        return wall, cpu, portal.log()["requests"] - before, peak


def compare(readers, host, data, options=()):
    """Medians of both readers, in turn."""
    results = {name: [] for name in readers}
    for _ in range(ROUNDS):
        for name, command in readers.items():
            results[name].append(read_leads(name, command, host, data, options))
    return ([statistics.median(column) for column in zip(*results[name])] for name in readers)


def main():
    host, python = sys.argv[1:]
    readers = {
        "host run": lambda webhook: [host, "run", f"{FOLDER}/leads.lua"],
        "fast_bitrix24": lambda webhook: [python, f"{FOLDER}/leads_fast_bitrix24.py", webhook],
    }
    with tempfile.TemporaryDirectory() as folder:
        data, seed = f"{folder}/portal.db", f"{folder}/leads.json"
        write_seed(seed)
        with Portal(host, data, seed):
            pass
        total = f"{LEADS:,}".replace(",", " ")
        ours, peer = compare(readers, host, data)
        print_row(f"reading {total} leads, the process from start to exit", peer[0], ours[0], 0.5)
        print_row("its CPU time", peer[1], ours[1], 0.2)
        print_requests_row(peer[2], ours[2])
        ours, peer = compare(readers, host, data, ["--latency", str(LATENCY_MS)])
        print_row(f"reading {total} leads, {LATENCY_MS} ms away", peer[0], ours[0], 0.7)
        print_row("its CPU time", peer[1], ours[1], 0.2)
        print_requests_row(peer[2], ours[2])
        copy_leads(data)
        count = COPIES * LEADS
        wall, cpu, _, peak = read_leads("host run", many(host), host, data, ["--drain", "off"], count)
        mark = "" if peak <= 40_960 else "**"
        total = f"{count:,}".replace(",", " ")
        print(
            f"| peak memory of `b24.each` over {total} leads, in {wall:.0f} s | – | {cpu:.1f} s of CPU | ≤ 40 MB"
            f" | {mark}{peak / 1024:.1f} MB{mark} |")


def many(host):
    """The limits that a run of so many rows needs."""
    words = ["--limit", "calls=100000", "--limit", "cpu=10m", "--limit", "wall=1h"]
    return lambda webhook: [host, "run", f"{FOLDER}/leads.lua", *words]


def print_requests_row(peer, ours):
    mark = "" if ours <= peer else "**"
    print(f"| its requests | fast_bitrix24: {peer:.0f} | {ours:.0f} | no more | {mark}{ours:.0f}{mark} |")


def print_row(what, peer, ours, most):
    reached = ours / peer
    mark = "" if reached <= most else "**"
    print(f"| {what} | fast_bitrix24: {peer:.2f} s | {ours:.2f} s | ≤ {most}x | {mark}{reached:.2f}x{mark} |")


def print_floor_row(what, floor, ours, reached, most):
    mark = "" if reached <= most else "**"
    print(f"| {what} | the floor: {floor:.2f} s | {ours:.2f} s | ≤ {most}x | {mark}{reached:.2f}x{mark} |")


def print_refusals_row(counts):
    mark = "**" if counts["refused"] else ""
    print(
        f"| its requests that the portal refused as too many | – | {counts['refused']} of {counts['requests']} | none"
        f" | {mark}{counts['refused']}{mark} |"
    )


if __name__ == "__main__":
    main()
