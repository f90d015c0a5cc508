"""What the acceptance scripts share: steps with their times, pivot, and the engine asked directly.

Only Python's own library is used. The engine is that of DOCKER_HOST, or else /var/run/docker.sock.
"""

import http.client
import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parent.parent


class Failed(Exception):
    """A step did not show what it had to."""


def expect(condition, otherwise):
    if not condition:
        raise Failed(otherwise)


class Connection(http.client.HTTPConnection):
    def __init__(self, path):
        super().__init__("engine", timeout=120)
        self.path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self.path)


class Engine:
    """The Engine API, not through pivot."""

    def __init__(self):
        host = os.environ.get("DOCKER_HOST") or "unix:///var/run/docker.sock"
        if not host.startswith("unix://"):
            raise SystemExit(f"DOCKER_HOST is {host}: only unix:// is understood here")
        self.path = host.removeprefix("unix://")

    def call(self, method, target, body=None, accept=()):
        """The reply's JSON (None for an empty one); statuses from 400 on are failures unless they are in `accept`."""
        connection = Connection(self.path)
        try:
            headers = {"Content-Type": "application/json"}
            connection.request(method, target, None if body is None else json.dumps(body), headers)
            reply = connection.getresponse()
            content = reply.read()
        except OSError as error:
            raise Failed(f"no engine lets us in at {self.path}: {error}") from error
        finally:
            connection.close()
        if reply.status >= 400 and reply.status not in accept:
            raise Failed(f"{method} {target}: {reply.status} {content.decode(errors='replace').strip()}")
        try:
            return json.loads(content)
        except ValueError:
            return content.decode(errors="replace") if content else None

    def get(self, target):
        return self.call("GET", target)

    def container(self, name):
        return self.get(f"/containers/{name}/json")

    def run_in(self, name, *command):
        """Runs a command in a container and waits for its end; gives its exit code and what it wrote."""
        made = self.call("POST", f"/containers/{name}/exec",
                         {"Cmd": list(command), "AttachStdout": True, "AttachStderr": True, "Tty": True})
        output = self.call("POST", f"/exec/{made['Id']}/start", {"Tty": True})
        return self.get(f"/exec/{made['Id']}/json")["ExitCode"], output or ""

    def log(self, name, lines=15):
        """The last lines of a container's log."""
        connection = Connection(self.path)
        try:
            connection.request("GET", f"/containers/{name}/logs?stdout=1&stderr=1&tail={lines}")
            content = connection.getresponse().read()
        finally:
            connection.close()
        text, at = b"", 0
        while at + 8 <= len(content):
            size = int.from_bytes(content[at + 4:at + 8], "big")
            text += content[at + 8:at + 8 + size]
            at += 8 + size
        return text.decode(errors="replace")

    def belongings(self, appliance):
        """Names of all that carries an appliance's label."""
        filters = urllib.parse.quote(json.dumps({"label": [f"pivot.appliance={appliance}"]}))
        containers = self.get(f"/containers/json?all=1&filters={filters}")
        return ([c["Names"][0].lstrip("/") for c in containers] +
                [n["Name"] for n in self.get(f"/networks?filters={filters}")] +
                [v["Name"] for v in self.get(f"/volumes?filters={filters}")["Volumes"] or []])

    def ids(self, appliance):
        """The IDs of an appliance's containers, by name."""
        filters = urllib.parse.quote(json.dumps({"label": [f"pivot.appliance={appliance}"]}))
        return {c["Names"][0].lstrip("/"): c["Id"] for c in self.get(f"/containers/json?all=1&filters={filters}")}


def pivot_binary():
    for candidate in (os.environ.get("PIVOT"), ROOT / "build/pivot", shutil.which("pivot")):
        if candidate and os.access(candidate, os.X_OK):
            return str(candidate)
    raise SystemExit("there is no pivot: scripts/quickstart builds it, or say where it is with PIVOT=…")


class Pivot:
    def __init__(self):
        self.binary = pivot_binary()

    def __call__(self, *arguments, code=0):
        """Runs pivot, which has to exit with `code` (None: with any); gives its standard output and error."""
        ended = subprocess.run([self.binary, *arguments], text=True, capture_output=True, check=False)
        if code not in (None, ended.returncode):
            raise Failed(f"pivot {' '.join(arguments)} exited with {ended.returncode}, not {code}:\n"
                         f"{ended.stdout}{ended.stderr}".rstrip())
        return ended.stdout, ended.stderr

    def port(self, appliance, container, port):
        """host:port of the first endpoint."""
        return self("port", appliance, container, str(port))[0].split("\n")[0]

    def states(self, appliance, code=0):
        """Each container's state, and under "" the appliance's."""
        status = json.loads(self("status", appliance, "-o", "json", code=code)[0])
        return {"": status["state"], **{c["id"]: c["state"] for c in status["containers"]}}


class Document:
    """A document under an ID of its own, so that nothing is done to an appliance that runs already."""

    def __init__(self, file, appliance, folder):
        self.content = json.loads((ROOT / file).read_text(encoding="utf-8"))
        self.content.pop("$schema", None)
        self.content["id"] = appliance
        self.file = os.path.join(folder, appliance + ".json")
        self.write()

    def write(self):
        pathlib.Path(self.file).write_text(json.dumps(self.content, indent=4), encoding="utf-8")

    def container(self, name):
        return next(c for c in self.content["containers"] if c["id"] == name)


def fetch(url, body=None, timeout=120):
    """What an HTTP server answers, JSON where it is; raises OSError where there is none or it says no."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data, {"Content-Type": "application/json"} if data else {})
    with urllib.request.urlopen(request, timeout=timeout) as reply:
        content = reply.read().decode(errors="replace")
    try:
        return json.loads(content)
    except ValueError:
        return content


def wait_for(what, seconds, ask):
    """Asks until the answer is true, and gives it. Who cannot answer yet may raise OSError."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            last = ask()
            if last:
                return last
        except (OSError, http.client.HTTPException) as error:
            last = error
        if time.monotonic() >= deadline:
            raise Failed(f"{what}: not within {seconds} s; the last answer was {last!r}")
        time.sleep(0.2)


class Steps:
    """Runs steps one after the other, a line each with its time; what comes after a failed one is not run."""

    def __init__(self, name):
        self.name = name
        self.begin = time.monotonic()
        self.done = []
        self.failed = None

    def step(self, what, action):
        if self.failed:
            return
        begin = time.monotonic()
        if sys.stderr.isatty():
            print(f"   …        {what}", end="\r", file=sys.stderr, flush=True)
        try:
            found = action()
        except (Failed, OSError, KeyError, IndexError, http.client.HTTPException) as error:
            self.failed = what
            reason = error if isinstance(error, Failed) else repr(error)
            print(f"FAILED {time.monotonic() - begin:6.1f} s  {what}\n{reason}", flush=True)
            return
        self.done.append(what)
        print(f"ok     {time.monotonic() - begin:6.1f} s  {what}{': ' + found if found else ''}", flush=True)

    def summary(self):
        """Says how it went; gives the exit code."""
        seconds = time.monotonic() - self.begin
        if self.failed:
            print(f"{self.name}: FAILED at: {self.failed} ({len(self.done)} steps were good, {seconds:.0f} s)")
            return 1
        print(f"{self.name}: all {len(self.done)} steps are good ({seconds:.0f} s)")
        return 0


def run(name, appliance, body, keep=False):
    """Calls body(steps, engine, pivot, folder), takes `appliance` down whatever happens, and gives the exit code.

    What an interrupted run left under that ID is taken down first."""
    def interrupted(*_):
        raise KeyboardInterrupt
    signal.signal(signal.SIGTERM, interrupted)
    steps, engine, pivot = Steps(name), Engine(), Pivot()
    with tempfile.TemporaryDirectory(prefix="pivot-acceptance.") as folder:
        try:
            pivot("down", appliance, "--if-exists", "--purge")
            body(steps, engine, pivot, folder)
            if steps.failed:
                for container in sorted(engine.ids(appliance)):
                    print(f"--- the end of the log of {container}")
                    print("\n".join(line[:200] for line in engine.log(container).split("\n")).rstrip())
        except Failed as failure:
            print(failure)
            return 1
        except KeyboardInterrupt:
            print(f"{name}: interrupted")
            return 130
        finally:
            if not keep:
                pivot("down", appliance, "--if-exists", "--purge")
    return steps.summary()
