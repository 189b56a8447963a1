"""Lets an access token expire while 4 processes with 50 threads each call by b24pysdk, and prints what came of it.

    b24pysdk_expiry.py HOST FOLDER

The counterpart of benchmarks/processes/expiry.py. The SDK keeps a token in its process and has no place to share one;
the portal, as the cloud does, makes each refresh token work once. Not part of run.sh: nothing passes or fails here.
"""

import json
import os
import socket
import subprocess
import sys
import threading
import urllib.parse

from checks import Portal

PROCESSES, THREADS, CALLS_OF_A_THREAD = 4, 50, 20
CALLS = PROCESSES * THREADS * CALLS_OF_A_THREAD
ROUNDS = 3
ROUND_SECONDS_MAX = 300
QUESTIONS_MAX = 1_000_000
NAME = "oauth.bitrix24.tech"
CLIENT, SECRET = "local.1", "s3cret"
WORKER = "--worker"


def resolve_here(address):
    """The SDK knows the cloud's authorization server by name only: here that name is the local portal's."""
    port = urllib.parse.urlsplit(address["authorization"]).port
    real = socket.getaddrinfo

    def local(host, service, *rest, **named):
        if host == NAME:
            host, service = "127.0.0.1", port
        return real(host, service, *rest, **named)

    socket.getaddrinfo = local


def application():
    from b24pysdk import BitrixApp

    return BitrixApp(client_id=CLIENT, client_secret=SECRET)


def work(told):
    """One process: says `ready`, waits for a line, calls from its threads, and prints how many calls failed."""
    from b24pysdk import BitrixToken

    address, domain, access, refresh = told
    resolve_here(address)
    token = BitrixToken(domain=domain, auth_token=access, refresh_token=refresh, bitrix_app=application())
    failed = []

    def call():
        for _ in range(CALLS_OF_A_THREAD):
            try:
                token.call_method("user.current")
            except Exception as error:  # whatever the SDK raises is a failed call
                failed.append(type(error).__name__)

    print("ready", flush=True)
    sys.stdin.readline()
    threads = [threading.Thread(target=call) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(len(failed))


def measured(host, certificate):
    """Questions to the authorization server, and failed calls."""
    options = ["--port", "0", "--https", "--certificate", certificate, "--drain", "off", "--name", NAME]
    options += ["--app", f"{CLIENT}:{SECRET}:user:https://app.example/back"]
    with Portal(host, *options) as portal:
        resolve_here(portal.address)
        token = application().get_oauth_token(code=portal.code()).oauth_token
        portal.control("faults", {"method": "user.current", "kind": "expireTokens", "skip": CALLS // 2, "count": 1})
        # A delay of nothing, which counts how often the authorization server is asked.
        portal.control("faults", {"method": "oauth.token", "kind": "latency", "ms": 0, "count": QUESTIONS_MAX})
        told = json.dumps([portal.address, portal.domain, token.access_token, token.refresh_token])
        processes = [
            subprocess.Popen(
                [sys.executable, __file__, WORKER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
            )
            for _ in range(PROCESSES)
        ]
        for process in processes:
            process.stdin.write(told + "\n")
            process.stdin.flush()
            process.stdout.readline()
        for process in processes:
            process.stdin.write("go\n")
            process.stdin.flush()
        failed = sum(int(process.communicate(timeout=ROUND_SECONDS_MAX)[0]) for process in processes)
        faults = portal.control("faults")["faults"]
        if any(fault["method"] == "user.current" for fault in faults):
            sys.exit("b24pysdk_expiry.py: the token never expired")
        return QUESTIONS_MAX - sum(fault["count"] for fault in faults), failed


def main():
    if sys.argv[1:] == [WORKER]:
        work(json.loads(sys.stdin.readline()))
        return
    host, folder = sys.argv[1:]
    certificate = os.path.join(folder, "certificate.pem")
    os.environ["SSL_CERT_FILE"] = os.environ["REQUESTS_CA_BUNDLE"] = certificate
    for _ in range(ROUNDS):
        questions, failed = measured(host, certificate)
        print(f"{questions} token requests, {failed} failed calls of {CALLS}", flush=True)


if __name__ == "__main__":
    main()
