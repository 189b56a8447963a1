"""What the checks of every peer share: a local portal, named checks, and rows of a table."""

import json
import os
import signal
import subprocess
import sys
import traceback
import urllib.error
import urllib.parse
import urllib.request


class Portal:
    """A `host portal` with these options, as long as the `with` lasts."""

    def __init__(self, host, *options):
        self.command = [host, "portal", "--json", *options]

    def start(self):
        self.process = subprocess.Popen(self.command, stdout=subprocess.PIPE)
        line = self.process.stdout.readline()
        if not line:
            sys.exit("the local portal did not start")
        self.address = json.loads(line)
        self.webhook = self.address["webhook"]
        return self

    def __enter__(self):
        return self if hasattr(self, "process") else self.start()

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait()

    @property
    def domain(self):
        """Host and port, as SDKs that put `https://` before it themselves want it."""
        return urllib.parse.urlsplit(self.address["url"]).netloc

    def control(self, path, body=None):
        """One of the portal's own controls; urllib trusts what SSL_CERT_FILE names."""
        data = None if body is None else json.dumps(body).encode()
        with urllib.request.urlopen(self.address["url"] + "__portal/" + path, data) as reply:
            return json.load(reply)

    def tokens(self, query):
        """What the authorization server answers."""
        address = self.address["authorization"] + "oauth/token/?" + urllib.parse.urlencode(query)
        with urllib.request.urlopen(address) as reply:
            return json.load(reply)

    def code(self):
        """An authorization code, as the browser of a signed-in person brings it back."""

        class Stay(urllib.request.HTTPRedirectHandler):
            def redirect_request(self, *_):
                return None

        try:
            urllib.request.build_opener(Stay).open(self.address["apps"][0]["authorize"])
        except urllib.error.HTTPError as redirect:
            query = urllib.parse.urlsplit(redirect.headers["Location"]).query
            return dict(urllib.parse.parse_qsl(query))["code"]
        raise AssertionError("the portal did not redirect")


class Checks:
    """Runs named checks in order; a check fails by an exception."""

    def __init__(self, peer):
        self.peer = peer
        self.failed = 0

    def __call__(self, name, check):
        try:
            check()
            result = "pass"
        except Exception as error:  # whatever an SDK raises is a failed check
            self.failed += 1
            result = f"**fail**: {type(error).__name__}: {str(error)[:160]}"
            if os.environ.get("PEERS_TRACE"):
                traceback.print_exc()
        print(f"| {self.peer} | {name} | {result} |", flush=True)

    def finish(self):
        sys.exit(1 if self.failed else 0)


def expect(actual, wanted):
    if actual != wanted:
        raise AssertionError(f"got {actual!r}, not {wanted!r}")
