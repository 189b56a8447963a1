"""Adds 10 000 leads to a local portal with `host run` at the pace of a real one, then again while the portal loses the
answers to 5 % of the requests, and prints rows of the table.

    adds.py HOST

HOST is the program under test. When the portal has stopped, its own file says what was added: a lead that is missing,
or there twice, is an error here and no row. Nothing can be faster than the floor: 200 requests of 50, of which 50 may
go at once and the rest at two a second.
"""

import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.request

from leads import Portal

ADDS = 10_000
FLOOR_SECONDS = (ADDS / 50 - 50) / 2
MOST = 1.05
FOLDER = os.path.dirname(os.path.abspath(__file__))


def lose_answers(portal, rate):
    fault = {"method": "batch", "kind": "dropAfter", "rate": rate}
    request = urllib.request.Request(
        portal.address["url"].rstrip("/") + "/__portal/faults", json.dumps(fault).encode(), method="POST"
    )
    urllib.request.urlopen(request).close()


def add_leads(host, rate):
    """Wall and CPU seconds, peak kilobytes, and the requests that the portal saw."""
    with tempfile.TemporaryDirectory() as folder:
        data = f"{folder}/portal.db"
        with Portal(host, data) as portal:
            if rate:
                lose_answers(portal, rate)
            environment = {**os.environ, "BITRIX24_WEBHOOK_URL": portal.webhook}
            command = [host, "run", f"{FOLDER}/adds.lua", "--limit", f"writes={ADDS}"]
            began = time.perf_counter()
            process = subprocess.Popen(command, stdout=subprocess.PIPE, env=environment)
            count = process.stdout.read().strip()
            _, status, usage = os.wait4(process.pid, 0)
            wall = time.perf_counter() - began
            requests = portal.requests()
        if status != 0 or int(count or 0) != ADDS:
            sys.exit(f"adds.py: the run ended with {status} and {count.decode()} identifiers of {ADDS}")
        check_exact(data)
        return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss, requests


def check_exact(data):
    with sqlite3.connect(data) as database:
        rows = database.execute(
            "select json_extract(fields,'$.TITLE'), json_extract(fields,'$.ORIGIN_ID') from crm_item_1"
        ).fetchall()
    titles = {title for title, _ in rows}
    origins = {origin for _, origin in rows}
    wanted = {f"Lead {n}" for n in range(1, ADDS + 1)}
    if len(rows) != ADDS or titles != wanted or len(origins) != ADDS:
        sys.exit(f"adds.py: {len(rows)} leads, {len(titles & wanted)} titles and {len(origins)} origins of {ADDS}")


def main():
    host = sys.argv[1]
    total = f"{ADDS:,}".replace(",", " ")
    wall, cpu, peak, requests = add_leads(host, 0)
    reached = wall / FLOOR_SECONDS
    mark = "" if reached <= MOST else "**"
    print(
        f"| adding {total} leads once each under burst 50, 2/s | the floor: {FLOOR_SECONDS:.1f} s | {wall:.1f} s"
        f" | ≤ {MOST}x | {mark}{reached:.2f}x{mark} |"
    )
    print(f"| its CPU time and peak memory | – | {cpu:.2f} s, {peak / 1024:.0f} MB | – | {requests} requests |")
    wall, _, _, requests = add_leads(host, 0.05)
    print(
        f"| the same while 5 % of the answers are lost | the floor: {FLOOR_SECONDS:.1f} s | {wall:.1f} s"
        f" | {total}, none twice | exact, {requests} requests |"
    )


if __name__ == "__main__":
    main()
