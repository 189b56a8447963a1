"""Lets an access token expire while 4 processes with 50 runs each are calling, and while 20 `host call` are, and prints
rows of the table.

    expiry.py HOST RUNS-TOGETHER

HOST is the program under test, RUNS-TOGETHER the one with many runs in a process (Tests/Support/RunsTogether). The
portal, by its control API, ends every token in the middle of the calls, and says how often its authorization server was
asked. A call that failed is an error here and no row.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

FOLDER = os.path.dirname(os.path.abspath(__file__))
RECIPE = f"{FOLDER}/expiry.lua"
CALLS_OF_A_RUN = 20
PROCESSES, RUNS = 4, 50
ROUNDS = 5
HOST_PROCESSES = 20
QUESTIONS_MAX = 1_000_000
# A round takes about a second.
ROUND_SECONDS_MAX = 60
CLIENT, SECRET = "local.benchmark.1", "benchmark0secret"


class Portal:
    """A local portal without a pace, with one application, as long as the `with` lasts."""

    def __init__(self, host):
        application = f"{CLIENT}:{SECRET}:user:https://app.example/back"
        self.command = [host, "portal", "--port", "0", "--json", "--drain", "off", "--app", application]

    def __enter__(self):
        self.process = subprocess.Popen(self.command, stdout=subprocess.PIPE)
        self.address = json.loads(self.process.stdout.readline())
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()

    def control(self, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        headers = {"Content-Type": "application/json"}
        request = urllib.request.Request(f"{self.address['url']}__portal/{path}", data, headers)
        with urllib.request.urlopen(request) as reply:
            return json.load(reply)

    def expire_after(self, calls):
        self.control("faults", {"method": "user.current", "kind": "expireTokens", "skip": calls, "count": 1})
        # A delay of nothing, which counts how often the authorization server is asked.
        self.control("faults", {"method": "oauth.token", "kind": "latency", "ms": 0, "count": QUESTIONS_MAX})

    def questions(self):
        faults = self.control("faults")["faults"]
        if any(fault["method"] == "user.current" for fault in faults):
            sys.exit("expiry.py: the token never expired")
        return QUESTIONS_MAX - sum(fault["count"] for fault in faults)


class Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


def authorize(host, portal, environment):
    """`host auth` as a person does it: opens the link, pastes the address that the browser ends at."""
    command = [host, "auth", portal.address["url"], "--client-id", CLIENT, "--server", portal.address["authorization"]]
    process = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**environment, "BITRIX24_CLIENT_SECRET": SECRET},
    )
    process.stdout.readline()
    link = process.stdout.readline().strip()
    try:
        urllib.request.build_opener(Stay).open(link)
    except urllib.error.HTTPError as answer:
        said, _ = process.communicate(answer.headers["Location"] + "\n")
    if process.returncode != 0:
        sys.exit(f"expiry.py: host auth ended with {process.returncode}: {said}")


def measured(host, calls, together):
    """Refreshes and wall seconds of `together`, in the middle of whose calls the token ends."""
    with tempfile.TemporaryDirectory() as folder, Portal(host) as portal:
        environment = {
            **os.environ,
            "HOST_STORE": f"{folder}/store.db",
            "HOST_KEY_FILE": f"{folder}/key",
            "HOST_RUNTIME_DIR": f"{folder}/runtime",
        }
        for name in ["HOST_KEY", "BITRIX24_WEBHOOK_URL"]:
            environment.pop(name, None)
        authorize(host, portal, environment)
        portal.expire_after(calls // 2)
        seconds = together(folder, environment)
        return portal.questions(), seconds


def runs_together(program):
    def together(folder, environment):
        command = [program, f"{folder}/store.db", f"{folder}/key", CLIENT, RECIPE, str(RUNS)]
        processes = [
            subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment)
            for _ in range(PROCESSES)
        ]
        for process in processes:
            process.stdout.readline()
        began = time.perf_counter()
        for process in processes:
            process.stdin.write("go\n")
            process.stdin.flush()
        for process in processes:
            said = json.loads(process.communicate(timeout=ROUND_SECONDS_MAX)[0])
            if said["failed"] or said["reads"] != RUNS * CALLS_OF_A_RUN:
                sys.exit(f"expiry.py: {said}")
        return time.perf_counter() - began

    return together


def host_calls(host):
    def together(_, environment):
        began = time.perf_counter()
        command = [host, "call", "user.current", "--portal", CLIENT]
        processes = [
            subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env=environment)
            for _ in range(HOST_PROCESSES)
        ]
        for process in processes:
            _, errors = process.communicate(timeout=ROUND_SECONDS_MAX)
            if process.returncode != 0:
                sys.exit(f"expiry.py: host call ended with {process.returncode}: {errors}")
        return time.perf_counter() - began

    return together


def main():
    host, program = sys.argv[1:]
    calls = PROCESSES * RUNS * CALLS_OF_A_RUN
    rounds = [measured(host, calls, runs_together(program)) for _ in range(ROUNDS)]
    print_row(f"a token expires in the middle of {calls} calls of {RUNS} runs × {PROCESSES} processes", rounds)
    rounds = [measured(host, HOST_PROCESSES, host_calls(host)) for _ in range(ROUNDS)]
    print_row(f"the same of {HOST_PROCESSES} `host call` at once, with the pace of a real portal", rounds)


def print_row(what, rounds):
    refreshes = [count for count, _ in rounds]
    met = set(refreshes) == {1}
    counts = "1" if met else "**" + ", ".join(map(str, refreshes)) + "**"
    slowest = max(seconds for _, seconds in rounds)
    print(
        f"| {what}, {len(rounds)} times | – | {slowest:.2f} s at most | 1 refresh, 0 failed calls |"
        f" {counts} refresh each, 0 failed |"
    )


if __name__ == "__main__":
    main()
