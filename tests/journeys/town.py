"""The demo municipality as a real server process, on SQLite or PostgreSQL, and people who visit it."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty, Queue
from typing import Any
from urllib.parse import urljoin

import httpx
import psycopg
from bs4 import BeautifulSoup, Tag

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60.0


@dataclass
class Town:
    """A running server with its worker."""

    url: str
    env: dict[str, str]
    log: Path

    def manage(self, *args: str) -> str:
        """Run a management command beside the server; returns what it printed."""
        done = subprocess.run(
            [sys.executable, "manage.py", *args], cwd=ROOT, env=self.env, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def token(self, name: str) -> str:
        """A new access token of a person."""
        words = self.manage("create_token", name, "--name", "journey").split()
        return next(word for word in words if word.startswith("oa_"))


@contextmanager
def running_town(folder: Path) -> Iterator[Town]:
    """Migrate, seed and serve; stopped by the signal that Ctrl-C sends, which has to end it cleanly."""
    with _database(folder) as database:
        port = _free_port()
        env = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "cms.settings.dev",
            "ONEANSWER_RUN_DIR": str(folder),
            "DATABASE_URL": database,
            "SITE_URL": f"http://127.0.0.1:{port}",
        }
        town = Town(url=f"http://127.0.0.1:{port}", env=env, log=folder / "serve.log")
        town.manage("migrate", "--verbosity", "0")
        town.manage("seed_demo")
        log = town.log.open("w")
        server = subprocess.Popen(
            [sys.executable, "manage.py", "serve", "--port", str(port)],
            cwd=ROOT,
            env=env,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            _wait_until_ready(town, server)
            yield town
            server.send_signal(signal.SIGINT)
            code = server.wait(timeout=20)
            assert code == 0, f"The server ended with {code}: {town.log.read_text()[-2000:]}"
        finally:
            if server.poll() is None:
                os.killpg(server.pid, signal.SIGKILL)
                server.wait()
            log.close()


class Visitor:
    """Somebody with a browser that has no JavaScript: reads pages, fills in forms, presses buttons."""

    def __init__(self, town: Town, name: str | None = None) -> None:
        self.town = town
        self.http = httpx.Client(base_url=town.url, timeout=PATIENCE, follow_redirects=True)
        if name:
            self.sign_in(name)

    def sign_in(self, name: str) -> None:
        page = self.get("/desk/login/" if name.startswith(("agent", "supervisor")) else "/admin/login/")
        done = self.submit(page, {"username": name, "password": "demo"})
        assert "/login/" not in str(done.url), f"{name} could not sign in"

    def get(self, path: str, **kwargs: Any) -> httpx.Response:
        return self.http.get(path, **kwargs)

    def submit(
        self, page: httpx.Response, values: dict[str, Any], *, containing: str = "", button: str = ""
    ) -> httpx.Response:
        """Fill in the form of a page that contains some text or field, and press a button (by name)."""
        form = _form(page, containing)
        data = {**_values(form), **values}
        if button:
            pressed = form.find(["button", "input"], attrs={"name": button})
            data[button] = str(pressed.get("value", "")) if isinstance(pressed, Tag) else button
        address = urljoin(str(page.url), str(form.get("action") or ""))
        headers = {"Referer": str(page.url)}
        if str(form.get("method", "get")).lower() == "post":
            return self.http.post(address, data=data, headers=headers)
        return self.http.get(address, params=data)

    def api(self, method: str, path: str, **kwargs: Any) -> httpx.Response:
        """Call the API with the session, as a page's script would."""
        token = self.http.cookies.get("csrftoken") or ""
        headers = {"X-CSRFToken": token, "Referer": self.town.url}
        return self.http.request(method, f"/api/v1{path}", headers=headers, **kwargs)


@dataclass
class Listener:
    """An agent's open stream; what arrives is kept in order."""

    town: Town
    token: str
    last_event_id: str | None = None
    events: Queue[dict[str, Any]] = field(default_factory=Queue)
    seen: list[str] = field(default_factory=list)

    def __enter__(self) -> Listener:
        self._open = threading.Event()
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._client = httpx.Client(timeout=httpx.Timeout(PATIENCE, read=None))
        self._thread.start()
        assert self._open.wait(PATIENCE), "The stream did not open."
        return self

    def __exit__(self, *exc: object) -> None:
        self._client.close()

    def next_about(self, item: str, deadline: float = PATIENCE) -> dict[str, Any]:
        """The next update about an item; others are passed over."""
        until = time.monotonic() + deadline
        while (left := until - time.monotonic()) > 0:
            try:
                event = self.events.get(timeout=left)
            except Empty:
                break
            if event["item"] == item:
                return event
        raise AssertionError(f"No update about {item} arrived in {deadline} s.")

    def _listen(self) -> None:
        headers = {"Authorization": f"Bearer {self.token}", "Accept": "text/event-stream"}
        if self.last_event_id:
            headers["Last-Event-ID"] = self.last_event_id
        try:
            with self._client.stream(
                "GET", f"{self.town.url}/api/v1/agent/updates/stream", headers=headers
            ) as response:
                assert response.status_code == 200, response.read()
                self._open.set()
                name = ""
                for line in response.iter_lines():
                    kind, _colon, value = line.partition(":")
                    if kind == "event":
                        name = value.strip()
                    elif kind == "id":
                        self.seen.append(value.strip())
                    elif kind == "data" and name == "update":
                        self.events.put({**json.loads(value), "arrived": time.monotonic()})
        except (httpx.HTTPError, RuntimeError):
            pass  # closed by us


def _form(page: httpx.Response, containing: str = "") -> Tag:
    soup = BeautifulSoup(page.text, "html.parser")
    forms = [form for form in soup.find_all("form") if not containing or containing in str(form)]
    assert forms, f"No form with {containing!r} at {page.url}: {page.status_code}\n{soup.get_text()[:800]}"
    return forms[-1] if containing else _main(forms)


def _main(forms: list[Tag]) -> Tag:
    """The form that matters: the one that posts, with the most fields."""
    posting = [form for form in forms if str(form.get("method", "")).lower() == "post"] or forms
    return max(posting, key=lambda form: len(form.find_all(["input", "textarea", "select"])))


def _values(form: Tag) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for control in form.find_all(["input", "textarea", "select"]):
        name = control.get("name")
        if not name or control.has_attr("disabled") or control.find_parent("template"):
            continue
        if control.name == "select":
            chosen = [o.get("value", o.get_text()) for o in control.find_all("option", selected=True)]
            values[name] = chosen if control.has_attr("multiple") else (chosen or [""])[0]
        elif control.name == "textarea":
            values[name] = control.get_text().removeprefix("\n")
        elif control.get("type") in ("checkbox", "radio"):
            if control.has_attr("checked"):
                values.setdefault(name, []).append(control.get("value", "on"))
        elif control.get("type") not in ("submit", "button", "file"):
            values[name] = control.get("value", "")
    return values


@contextmanager
def _database(folder: Path) -> Iterator[str]:
    server = os.environ.get("TEST_DATABASE_URL", "")
    if not server.startswith("postgres"):
        yield f"sqlite:///{folder / 'town.sqlite3'}"
        return
    name = f"journey_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        try:
            yield f"{server.rsplit('/', 1)[0]}/{name}"
        finally:
            connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


def _wait_until_ready(town: Town, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        assert server.poll() is None, "The server ended before it was ready."
        try:
            if httpx.get(f"{town.url}/readyz", timeout=5).status_code == 200:
                return
        except httpx.HTTPError:
            pass
        threading.Event().wait(0.1)
    raise AssertionError("The server was not ready in time.")
