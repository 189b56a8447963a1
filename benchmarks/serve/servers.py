"""The servers under test and their load: `host serve`, nginx with its Lua module, and a receiver made with Flask."""

import glob
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request

FOLDER = os.path.dirname(os.path.abspath(__file__))
CONNECTIONS = 64
TICKS = os.sysconf("SC_CLK_TCK")
KEY = "benchmark-key"


def free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


class Server:
    """A started process and its children, ended in order by `with`."""

    def __init__(self, command, port, folder, environment=None):
        self.url = f"http://127.0.0.1:{port}"
        self.log = open(f"{folder}/server.log", "ab")
        self.process = subprocess.Popen(
            command, cwd=folder, env={**os.environ, **(environment or {})}, stdout=self.log, stderr=self.log)
        deadline = time.monotonic() + 60
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                return
            except OSError:
                if self.process.poll() is not None or time.monotonic() > deadline:
                    sys.exit(f"serve: {command[0]} does not start: " + open(self.log.name).read()[-2000:])
                time.sleep(0.01)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.log.close()

    def processes(self):
        found = [self.process.pid]
        for pid in found:
            for path in glob.glob(f"/proc/{pid}/task/*/children"):
                found += [int(child) for child in open(path).read().split()]
        return found

    def cpu_seconds(self):
        """Of all threads of all its processes, in the system too."""
        ticks = 0
        for pid in self.processes():
            fields = open(f"/proc/{pid}/stat").read().rpartition(")")[2].split()
            ticks += int(fields[11]) + int(fields[12])
        return ticks / TICKS

    def resident_mb(self):
        return int(re.search(r"VmRSS:\s+(\d+)", open(f"/proc/{self.process.pid}/status").read())[1]) / 1024

    def load(self, script, path, seconds, connections=CONNECTIONS):
        """Requests answered a second, and the server's CPU microseconds for each."""
        before = self.cpu_seconds()
        result = subprocess.run(
            ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "20s", "-s", f"{FOLDER}/{script}",
             self.url + path], capture_output=True, text=True, timeout=seconds + 60, check=True).stdout
        used = self.cpu_seconds() - before
        if "Non-2xx" in result or "Socket errors" in result:
            sys.exit(f"serve: not every request was answered:\n{result}")
        count = int(re.search(r"(\d+) requests in", result)[1])
        return float(re.search(r"Requests/sec:\s+([\d.]+)", result)[1]), used / count * 1e6

    def post(self, path, data):
        request = urllib.request.Request(
            self.url + path, json.dumps(data).encode(), {"Authorization": f"Bearer {KEY}"}, method="POST")
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)

    def metric(self, name):
        with urllib.request.urlopen(self.url + "/metrics", timeout=60) as answer:
            found = re.search(rf"^{re.escape(name)} (\S+)", answer.read().decode(), re.M)
        return float(found[1]) if found else 0


def host(program, folder, recipes, store="host.db"):
    """`host serve` of these recipes; a folder keeps its store from one start to the next."""
    port = free_port()
    listed = ", ".join(f'"{FOLDER}/{name}"' for name in recipes)
    with open(f"{folder}/host.lua", "w") as file:
        file.write(f"""host {{
  listen = "127.0.0.1:{port}", store = "{store}", recipes = {{ {listed} }}, api_keys = {{ benchmark = "{KEY}" }},
  portals = {{ acme = {{ webhook = "https://acme.invalid/rest/1/secret/", application_token = "{'c5' * 16}" }} }},
  inbox = {{ events_max = 1000000 }},
  console = {{ password = "benchmark-password" }},
}}
""")
    return Server([program, "serve"], port, folder, {"HOST_RUNTIME_DIR": f"{folder}/runtime"})


def nginx(folder):
    port = free_port()
    text = open(f"{FOLDER}/nginx.conf").read().replace("PORT", str(port))
    with open(f"{folder}/nginx.conf", "w") as file:
        file.write(text)
    return Server(["nginx", "-p", folder, "-c", "nginx.conf", "-g", "daemon off;"], port, folder)


def receiver(python, folder):
    port = free_port()
    return Server(
        [python, "-m", "gunicorn", "--workers", "2", "--threads", str(CONNECTIONS // 2), "--bind",
         f"127.0.0.1:{port}", "--chdir", FOLDER, "receiver:application"],
        port, folder, {"RECEIVER_DATABASE": f"{folder}/receiver.db"})
