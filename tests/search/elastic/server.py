"""A real Elasticsearch for the tests: one node, or a cluster of two of which one may be killed.

Nodes listen on loopback alone, ask for no password, and write nowhere but into their folder. Elasticsearch
refuses root: root's nodes run as `nobody`, who has to be able to reach the folder and Elasticsearch itself.
"""

from __future__ import annotations

import json
import os
import pwd
import shutil
import signal
import socket
import stat
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

SECONDS_TO_START = 180
SECONDS_TO_DIE = 10

COMMON: Mapping[str, object] = {
    "cluster.name": "oneanswer-tests",
    "cluster.routing.allocation.disk.threshold_enabled": False,
    # Counted by what requests reserve: beside a small heap's garbage, the JVM's own number would refuse them.
    "indices.breaker.total.use_real_memory": False,
    "network.host": "127.0.0.1",
    "node.processors": 2,
    "xpack.security.enabled": False,
}
JVM = """\
-Xms{heap}m
-Xmx{heap}m
-XX:+UseSerialGC
-XX:TieredStopAtLevel=1
-XX:-UsePerfData
-XX:+ExitOnOutOfMemoryError
-XX:ErrorFile={folder}/crash.log
-Djava.io.tmpdir={folder}/tmp
"""
LOGGING = """\
status = error
appender.console.type = Console
appender.console.name = console
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = [%d{ISO8601}][%-5p][%c{1.}] %m%n
rootLogger.level = info
rootLogger.appenderRef.console.ref = console
"""


class NotStarted(Exception):
    """A node that did not come up; says what it logged last."""


@dataclass(frozen=True)
class Cluster:
    """`leader` alone may be elected, so it has the quorum without `follower`: kill the follower and every index
    with a replica goes on, complete. Without the leader nothing is written until it is back."""

    leader: Node
    follower: Node


@dataclass
class Node:
    """A server process. Killed and started again, it has the same address and the same data."""

    folder: Path
    settings: Mapping[str, object]
    heap: int  # MB
    port: int = field(default_factory=lambda: _free_port())
    transport: int = field(default_factory=lambda: _free_port())
    _process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def runs(self) -> bool:
        return self._process is not None and self._process.poll() is None

    @property
    def log(self) -> str:
        """The end of what it logged."""
        file = self.folder / "log"
        return file.read_text(errors="replace")[-4000:] if file.exists() else ""

    def start(self) -> None:
        """Starts the process without waiting for it. It ends with the thread that started it, at the latest."""
        found = home()
        if found is None:
            raise NotStarted("ONEANSWER_ELASTICSEARCH_HOME does not say where Elasticsearch is.")
        self._configure()
        as_whom = _as_an_ordinary_user(found, self.folder)
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [*as_whom, str(found / "bin" / "elasticsearch")],
                cwd=self.folder,
                env=self._environment(found),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def wait_until_healthy(self, nodes: int = 1) -> None:
        """Until it answers in a cluster of so many nodes and every primary is assigned."""
        asked = f"/_cluster/health?wait_for_status=yellow&wait_for_nodes={nodes}&timeout=5s"
        until = time.monotonic() + SECONDS_TO_START
        while time.monotonic() < until and self.runs:
            with suppress(OSError):  # nobody listens yet, or 408: not healthy yet
                if not self._ask(asked)["timed_out"]:
                    return
            time.sleep(0.2)
        raise NotStarted(f"Elasticsearch in {self.folder} is not healthy. Its log ends with:\n{self.log}")

    def kill(self) -> None:
        """SIGKILL, to the server and its launcher at once: no time to flush, or to say goodbye."""
        if self._process is None:
            return
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._process = None
        until = time.monotonic() + SECONDS_TO_DIE
        while _listens(self.port) and time.monotonic() < until:
            time.sleep(0.05)

    def _ask(self, path: str) -> dict[str, object]:
        with self._opener().open(self.url + path, timeout=10) as answer:
            said: dict[str, object] = json.load(answer)
        return said

    def _opener(self) -> urllib.request.OpenerDirector:
        return urllib.request.build_opener(urllib.request.ProxyHandler({}))

    def _configure(self) -> None:
        config = self.folder / "config"
        for folder in (config, self.folder / "tmp"):
            folder.mkdir(exist_ok=True)
        own = {
            "http.port": self.port,
            "transport.port": self.transport,
            "path.data": str(self.folder / "data"),
            "path.logs": str(self.folder),
        }
        settings = {**COMMON, **own, **self.settings}
        lines = [f"{name}: {json.dumps(value)}\n" for name, value in settings.items()]
        (config / "elasticsearch.yml").write_text("".join(lines))
        (config / "jvm.options").write_text(JVM.format(heap=self.heap, folder=self.folder))
        (config / "log4j2.properties").write_text(LOGGING)

    def _environment(self, found: Path) -> dict[str, str]:
        env = {
            "PATH": os.environ.get("PATH", os.defpath),
            "ES_PATH_CONF": str(self.folder / "config"),
            "ES_TMPDIR": str(self.folder / "tmp"),
            "CLI_JAVA_OPTS": "-XX:-UsePerfData -XX:TieredStopAtLevel=1",
        }
        java = shutil.which("java")
        if java and not (found / "jdk").is_dir():
            env["ES_JAVA_HOME"] = str(Path(java).resolve().parents[1])
        return env


def home() -> Path | None:
    """Where Elasticsearch is unpacked (`install.sh` does it): ONEANSWER_ELASTICSEARCH_HOME. None: nowhere."""
    said = os.environ.get("ONEANSWER_ELASTICSEARCH_HOME")
    if not said or not (Path(said) / "bin" / "elasticsearch").is_file():
        return None
    return Path(said).resolve()


@contextmanager
def reachable_folder() -> Iterator[Path]:
    """A folder for nodes. Pytest's own can't be reached by another user, which root's nodes run as."""
    with tempfile.TemporaryDirectory(prefix="oneanswer-elastic-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder


@contextmanager
def running_node(
    folder: Path, *, heap: int = 256, settings: Mapping[str, object] | None = None
) -> Iterator[Node]:
    """One node, healthy. What it wrote is removed at the end; `heap` is in MB."""
    node = _node(folder / "node", heap, {"discovery.type": "single-node", **(settings or {})})
    with removed(node):
        node.start()
        node.wait_until_healthy()
        yield node


@contextmanager
def running_cluster(folder: Path, *, heap: int = 256) -> Iterator[Cluster]:
    """Two nodes that both hold data and both take requests, healthy."""
    leader = _node(
        folder / "leader",
        heap,
        {
            "node.name": "leader",
            "node.roles": ["master", "data"],
            "cluster.initial_master_nodes": ["leader"],
            "discovery.seed_hosts": [],
        },
    )
    follower = _node(
        folder / "follower",
        heap,
        {
            "node.name": "follower",
            "node.roles": ["data"],
            "discovery.seed_hosts": [f"127.0.0.1:{leader.transport}"],
        },
    )
    with removed(leader), removed(follower):
        leader.start()
        follower.start()
        leader.wait_until_healthy(nodes=2)
        follower.wait_until_healthy(nodes=2)
        yield Cluster(leader, follower)


def _node(folder: Path, heap: int, settings: Mapping[str, object]) -> Node:
    folder.mkdir(exist_ok=True)
    return Node(folder.resolve(), settings, heap)


@contextmanager
def removed(node: Node) -> Iterator[None]:
    try:
        yield
    finally:
        node.kill()
        shutil.rmtree(node.folder, ignore_errors=True)


def _as_an_ordinary_user(found: Path, folder: Path) -> list[str]:
    """What a command begins with so that it doesn't run as root, and doesn't outlive this process."""
    setpriv = ["setpriv", "--pdeathsig", "KILL"] if shutil.which("setpriv") else []
    if os.geteuid() != 0:
        return setpriv
    for part in [found, *found.parents, folder, *folder.parents]:
        if not part.stat().st_mode & stat.S_IXOTH:
            raise NotStarted(f"Elasticsearch refuses root, and nobody else may reach {part}.")
    nobody = pwd.getpwnam("nobody")
    for part in [folder, *folder.rglob("*")]:
        os.chown(part, nobody.pw_uid, nobody.pw_gid)
    return [*setpriv, f"--reuid={nobody.pw_uid}", f"--regid={nobody.pw_gid}", "--clear-groups"]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
