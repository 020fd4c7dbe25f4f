"""The configuration of nginx in ``docs/sign-in.md``, as it is written there: TLS, cookies, hosts, forged headers."""

import os
import re
import shutil
import ssl
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from free_ports import free_port
from real_servers import Client, answers, served, with_officer
from source_files import ROOT
from waits import run, stopped, until

from warehouse.home import Home

NGINX = shutil.which("nginx", path="/usr/sbin:/usr/bin") or shutil.which("nginx")
NAME = "li.na"
SECRET = "the secret of a proxy that vouches for people"  # noqa: S105
VOUCHED = {"X-Remote-User": NAME, "X-Tidu-Proxy-Secret": SECRET}
SITE = "tidu.example.gov.cn"
AROUND = """
daemon off; pid {folder}/nginx.pid; error_log stderr; worker_processes 1; {user}
events {{ worker_connections 64; }}
http {{ access_log off; client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
{server} }}
"""

pytestmark = [
    pytest.mark.skipif(NGINX is None, reason="nginx is not installed, and the suite does not install it"),
    pytest.mark.rule("true-documents"),
]


def written(folder: Path, port: int, behind: int) -> str:
    """The server of the document, with the port, the certificate and the server of the test."""
    (server,) = re.findall(r"```nginx\n(.*?)```", (ROOT / "docs" / "sign-in.md").read_text("utf-8"), re.DOTALL)
    for now, then in (
        ("listen 443 ssl;", f"listen 127.0.0.1:{port} ssl;"),
        ("/etc/ssl/tidu.pem", f"{folder}/tidu.pem"),
        ("/etc/ssl/private/tidu.key", f"{folder}/tidu.key"),
        ("127.0.0.1:8050", f"127.0.0.1:{behind}"),
    ):
        assert now in server
        server = server.replace(now, then)
    user = "user root;" if os.getuid() == 0 else ""
    return AROUND.format(folder=folder, server=server, user=user)


@pytest.fixture
def client(own_home: Home, tmp_path: Path) -> Iterator[Client]:
    """A client that knows the certificate, through nginx."""
    key, certificate = tmp_path / "tidu.key", tmp_path / "tidu.pem"
    new = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", f"/CN={SITE}"]
    run([*new, "-keyout", str(key), "-out", str(certificate)], check=True)
    context = ssl.create_default_context(cafile=str(certificate))
    context.check_hostname = False  # it is asked by its address
    port = free_port()
    secret = tmp_path / "proxy-secret"
    secret.write_text(SECRET)
    secret.chmod(0o600)
    vouching = {"TIDU_PROXY_USER_HEADER": "X-Remote-User", "TIDU_PROXY_SECRET_FILE": str(secret)}
    with served(with_officer(own_home, NAME), TIDU_URL=f"https://{SITE}", **vouching) as (behind, _):
        assert Client(behind).ask("/", **VOUCHED)[0] == 200, "who knows the secret vouches for a person"
        (tmp_path / "nginx.conf").write_text(written(tmp_path, port, behind))
        assert NGINX is not None
        proxy = subprocess.Popen([NGINX, "-p", str(tmp_path), "-c", str(tmp_path / "nginx.conf")])
        try:
            client = Client(port, SITE, context)
            until(lambda: answers(client), "nginx", lambda: proxy.poll() is None)
            yield client
        finally:
            stopped(proxy)


def test_people_sign_in_and_work_through_nginx(client: Client) -> None:
    assert client.ask("/")[0] == 302, "nobody is let in"
    assert client.ask("/", **VOUCHED)[0] == 302, "what a client claims of itself is dropped"

    assert client.sign_in(NAME) == 302
    assert client.callback()[0] == 200
    assert client.ask("/api/v1/firms?limit=1")[0] == 200
    assert client.ask("/login", "x" * 2_000_000)[0] in (400, 413)
