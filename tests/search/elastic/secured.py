"""An Elasticsearch that speaks TLS and asks who is there. Its users stand in files: to keep API keys it would need an
index whose analysis the server of the tests doesn't bring."""

from __future__ import annotations

import ssl
import subprocess
import urllib.request
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import pbkdf2_hmac
from pathlib import Path

from .server import Node, removed

PASSWORD = "only-for-these-tests"
SALT = bytes(32)
ROUNDS = 1000
# What the guide for operators says: the same privileges, for a user and for a key.
ROLES = """\
oneanswer:
  indices:
    - names: ["oneanswer-*"]
      privileges: ["manage", "read", "write"]
reader:
  indices:
    - names: ["oneanswer-*"]
      privileges: ["read", "view_index_metadata"]
"""
USERS = {"admin": "superuser", "oneanswer": "oneanswer", "reader": "reader"}
SECURED = {
    "discovery.type": "single-node",
    "xpack.security.enabled": True,
    "xpack.security.http.ssl.enabled": True,
    "xpack.security.http.ssl.key": "node.key",
    "xpack.security.http.ssl.certificate": "node.crt",
}


@dataclass
class SecuredNode(Node):
    @property
    def url(self) -> str:
        return f"https://127.0.0.1:{self.port}"

    @property
    def authority(self) -> Path:
        return self.folder / "config" / "ca.crt"

    def url_of(self, user: str, password: str = PASSWORD) -> str:
        return self.url.replace("//", f"//{user}:{password}@")

    def _opener(self) -> urllib.request.OpenerDirector:
        trusted = urllib.request.HTTPSHandler(context=ssl.create_default_context(cafile=str(self.authority)))
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), trusted)
        opener.addheaders = [("Authorization", f"Basic {b64encode(f'admin:{PASSWORD}'.encode()).decode()}")]
        return opener


@contextmanager
def running_secured_node(folder: Path) -> Iterator[SecuredNode]:
    config = folder / "secured" / "config"
    config.mkdir(parents=True)
    _certify(config)
    hashed = pbkdf2_hmac("sha512", PASSWORD.encode(), SALT, ROUNDS, 32)
    secret = f"{{PBKDF2}}{ROUNDS}${b64encode(SALT).decode()}${b64encode(hashed).decode()}"
    (config / "users").write_text("".join(f"{user}:{secret}\n" for user in USERS))
    (config / "users_roles").write_text("".join(f"{role}:{user}\n" for user, role in USERS.items()))
    (config / "roles.yml").write_text(ROLES)
    node = SecuredNode(config.parent.resolve(), SECURED, 256)
    with removed(node):
        node.start()
        node.wait_until_healthy()
        yield node


def _certify(config: Path) -> None:
    """An authority of this run, and a certificate of it for the node's address."""

    def openssl(key: str, certificate: str, *more: str) -> None:
        kept = ["-keyout", key, "-out", certificate]
        made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", *kept, *more]
        subprocess.run(made, cwd=config, check=True, capture_output=True)

    openssl("ca.key", "ca.crt", "-subj", "/CN=The tests")
    signed = ["-CA", "ca.crt", "-CAkey", "ca.key", "-addext", "basicConstraints=critical,CA:FALSE"]
    openssl("node.key", "node.crt", "-subj", "/CN=node", "-addext", "subjectAltName=IP:127.0.0.1", *signed)
