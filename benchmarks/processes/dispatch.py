"""Lets 1 000 runs make one call each, all at once, on a local portal that keeps the pace of a real one (a burst of 50,
2 a second), and prints rows of the table.

    dispatch.py HOST BENCHMARK
    dispatch.py HOST --one-by-one

HOST is the program under test, BENCHMARK the executable DispatchBenchmark.

The floor is what a perfect packer needs: 20 requests. Where the burst is used up, the bucket lets one of them out each
half second: 10 s. A fresh bucket takes all 20 at once, and what is left is work: the floor is then measured, as the
1 000 runs without their call and, after them, the 1 000 reads as 20 batches made by hand.

One by one, 1 000 calls take (1 000 - 50) / 2 = 475 s. That is reckoned, except with `--one-by-one`, which does it: one
run, one call after the other.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time

from leads import Portal, print_floor_row, print_refusals_row

RUNS = 1000
PACKS = RUNS // 50
SPENT_FLOOR_SECONDS = PACKS / 2
ONE_BY_ONE_SECONDS = (RUNS - 50) / 2
PROCESSES = 4
ROUNDS = 5
# What `spend` in dispatch.lua uses up.
SPENT_REQUESTS = 46
FOLDER = os.path.dirname(os.path.abspath(__file__))
RECIPE = f"{FOLDER}/dispatch.lua"
SEED = os.path.join(FOLDER, "../../seeds/cleaning-company.json")


def measure(host, benchmark, event, runs, spent=False, processes=1):
    """Seconds of the slowest process, and what the portal counted."""
    with tempfile.TemporaryDirectory() as folder, Portal(host, f"{folder}/portal.db", SEED) as portal:
        environment = {**os.environ, "BITRIX24_WEBHOOK_URL": portal.webhook, "HOST_RUNTIME_DIR": f"{folder}/runtime"}
        command = [benchmark, RECIPE, event, str(runs)] + (["--spent"] if spent else [])
        began = [subprocess.Popen(command, stdout=subprocess.PIPE, env=environment) for _ in range(processes)]
        results = [json.loads(process.communicate()[0]) for process in began]
        counts = portal.log()
    for result in results:
        if result["done"] != runs:
            sys.exit(f"dispatch.py: {result['done']} of {runs} runs got their answer")
    if sum(result["refusals"] for result in results) != counts["refused"]:
        sys.exit(f"dispatch.py: the portal refused {counts['refused']} requests, and nobody heard of it")
    return max(result["seconds"] for result in results), counts


def measure_one_by_one(host):
    with tempfile.TemporaryDirectory() as folder, Portal(host, f"{folder}/portal.db", SEED) as portal:
        environment = {**os.environ, "BITRIX24_WEBHOOK_URL": portal.webhook, "HOST_RUNTIME_DIR": f"{folder}/runtime"}
        command = [host, "run", RECIPE, "--event", "one_by_one", "--data", json.dumps({"calls": RUNS})]
        began = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=environment)
        return time.perf_counter() - began, portal.log()


def print_one_by_one(host):
    seconds, counts = measure_one_by_one(host)
    print_floor_row("1 000 calls of one run, one after the other", ONE_BY_ONE_SECONDS, seconds,
                    seconds / ONE_BY_ONE_SECONDS, 1.05)
    print_refusals_row(counts)


def print_at_once(host, benchmark):
    floors, ours = [], []
    for _ in range(ROUNDS):
        idle, _ = measure(host, benchmark, "none", RUNS)
        batches, _ = measure(host, benchmark, "batch", PACKS)
        floors.append(idle + batches)
        seconds, counts = measure(host, benchmark, "call", RUNS)
        ours.append(seconds)
    print_floor_row(
        f"1 000 calls of as many runs at once, a fresh portal, {counts['requests']} requests",
        statistics.median(floors), statistics.median(ours),
        statistics.median(our / floor for our, floor in zip(ours, floors)), 1.3)
    print_speed_row("the same beside one by one", statistics.median(ours), ONE_BY_ONE_SECONDS)
    seconds, counts = measure(host, benchmark, "call", RUNS, spent=True)
    print_floor_row(
        f"the same when the burst is used up, {counts['requests'] - SPENT_REQUESTS} requests", SPENT_FLOOR_SECONDS,
        seconds, seconds / SPENT_FLOOR_SECONDS, 1.3)
    print_speed_row("the same beside one by one", seconds, RUNS / 2)
    # A perfect packer needs 80 requests for 4 000 calls, 50 of them at once.
    floor = (PACKS * PROCESSES - 50) / 2
    seconds, counts = measure(host, benchmark, "call", RUNS, processes=PROCESSES)
    print(
        f"| {PROCESSES} processes of 1 000 such runs each, over one budget | the floor: {floor:.1f} s | {seconds:.1f} s"
        f" | – | {seconds / floor:.2f}x |")
    print_refusals_row(counts)


def print_speed_row(what, ours, one_by_one):
    reached = one_by_one / ours
    mark = "" if reached >= 20 else "**"
    print(f"| {what} | one by one: {one_by_one:.0f} s | {ours:.2f} s | ≥ 20x | {mark}{reached:.0f}x{mark} |")


if __name__ == "__main__":
    if sys.argv[2] == "--one-by-one":
        print_one_by_one(sys.argv[1])
    else:
        print_at_once(*sys.argv[1:])
