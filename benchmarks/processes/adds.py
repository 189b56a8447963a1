"""Adds 10 000 leads to a local portal with `host run` at the pace of a real one, then again while the portal loses the
answers to 5 % of the requests, then with four processes at once, and prints rows of the table.

    adds.py HOST

HOST is the program under test. When the portal has stopped, its own file says what was added: a lead that is missing,
or there twice, is an error here and no row. Nothing can be faster than the floor: 200 requests of 50, of which 50 may
go at once and the rest at two a second.
"""

import json
import os
import sqlite3
import sys
import tempfile
import time
import urllib.request

from leads import Measured, Portal, print_floor_row, print_refusals_row

ADDS = 10_000
FLOOR_SECONDS = (ADDS / 50 - 50) / 2
MOST = 1.05
PROCESSES = 4
FOLDER = os.path.dirname(os.path.abspath(__file__))


def lose_answers(portal, rate):
    fault = {"method": "batch", "kind": "dropAfter", "rate": rate}
    request = urllib.request.Request(
        portal.address["url"].rstrip("/") + "/__portal/faults", json.dumps(fault).encode(), method="POST"
    )
    urllib.request.urlopen(request).close()


def add_leads(host, rate, processes=1):
    """Wall seconds, and the CPU seconds, the peak kilobytes of the largest process, and what the portal counted."""
    share = ADDS // processes
    with tempfile.TemporaryDirectory() as folder:
        data = f"{folder}/portal.db"
        with Portal(host, data) as portal:
            if rate:
                lose_answers(portal, rate)
            environment = {
                **os.environ, "BITRIX24_WEBHOOK_URL": portal.webhook, "HOST_RUNTIME_DIR": f"{folder}/runtime"}
            command = [host, "run", f"{FOLDER}/adds.lua", "--limit", f"writes={ADDS}"]
            command += ["--set", f"count={share}", "--set"]
            began = time.perf_counter()
            started = [
                Measured(command + [f"first={place * share + 1}"], environment)
                for place in range(processes)
            ]
            ended = [finish(process, share) for process in started]
            wall = time.perf_counter() - began
            counts = portal.log()
        check_exact(data)
        return wall, sum(cpu for cpu, _ in ended), max(peak for _, peak in ended), counts


def finish(process, share):
    count, status, _, cpu, peak = process.finish()
    if status != 0 or int(count or 0) != share:
        sys.exit(f"adds.py: a run ended with {status} and {count.decode()} identifiers of {share}")
    return cpu, peak


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
    wall, cpu, peak, counts = add_leads(host, 0)
    print_floor_row(
        f"adding {total} leads once each under burst 50, 2/s", FLOOR_SECONDS, wall, wall / FLOOR_SECONDS, MOST)
    requests = counts["requests"]
    print(f"| its CPU time and peak memory | – | {cpu:.2f} s, {peak / 1024:.0f} MB | – | {requests} requests |")
    wall, _, _, counts = add_leads(host, 0.05)
    print(
        f"| the same while 5 % of the answers are lost | the floor: {FLOOR_SECONDS:.1f} s | {wall:.1f} s"
        f" | {total}, none twice | exact, {counts['requests']} requests |"
    )
    wall, _, _, counts = add_leads(host, 0, PROCESSES)
    print_floor_row(
        f"the same by {PROCESSES} processes at once, {ADDS // PROCESSES} each", FLOOR_SECONDS, wall,
        wall / FLOOR_SECONDS, MOST)
    print_refusals_row(counts)


if __name__ == "__main__":
    main()
