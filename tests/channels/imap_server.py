"""A real IMAP server for the tests: Dovecot, run from a folder of its own, with TLS and tokens."""

import datetime as dt
import http.server
import imaplib
import ipaddress
import os
import shutil
import signal
import socket
import ssl
import subprocess
import tempfile
import threading
import urllib.parse
from pathlib import Path

import msgspec
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tests.needs import until

PASSWORD = "correct-horse"
CONFIG = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
ssl = yes
ssl_cert = <{folder}/cert.pem
ssl_key = <{folder}/key.pem
disable_plaintext_auth = no
auth_mechanisms = plain xoauth2
mail_location = maildir:{folder}/mail/%u
first_valid_uid = 1
{account}
passdb {{
  driver = oauth2
  mechanisms = xoauth2
  args = {folder}/oauth2.conf
}}
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/mail/%u
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {plain}
  }}
  inet_listener imaps {{
    port = {tls}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
}}
"""
OAUTH2 = """
tokeninfo_url = http://127.0.0.1:{port}/whose/
introspection_mode = get
username_attribute = user
active_attribute = active
active_value = yes
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def certificate(folder: Path) -> Path:
    """A certificate for this computer, its key beside it; it is its own authority."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    today = dt.datetime.now(dt.UTC)  # noqa: TID251 (a real certificate is good today)
    names = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(today - dt.timedelta(days=1))
        .not_valid_after(today + dt.timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    (folder / "cert.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    plain = serialization.NoEncryption()
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    (folder / "key.pem").write_bytes(pem)
    return folder / "cert.pem"


class Tokens:
    """A small authorisation server: access tokens for a refresh token, and whose a token is."""

    def __init__(self) -> None:
        self.refresh = "refresh-1"
        self.good: dict[str, str] = {}
        self.asked = 0
        tokens = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                form = dict(
                    urllib.parse.parse_qsl(self.rfile.read(int(self.headers["Content-Length"])).decode())
                )
                tokens.asked += 1
                if form.get("refresh_token") != tokens.refresh:
                    return self._answer(400, {"error": "invalid_grant"})
                tokens.refresh = f"refresh-{tokens.asked + 1}"
                access = f"access-{tokens.asked}"
                tokens.good[access] = form["client_id"]
                return self._answer(
                    200, {"access_token": access, "expires_in": 3600, "refresh_token": tokens.refresh}
                )

            def do_GET(self) -> None:
                user = tokens.good.get(self.path.rpartition("/")[2])
                self._answer(200 if user else 401, {"user": user, "active": "yes"} if user else {})

            def _answer(self, status: int, body: object) -> None:
                data = msgspec.json.encode(body)
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, *_: object) -> None:
                pass

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


class ImapServer:
    """Dovecot on two free ports. Every user name exists, with the one password or a token."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="dovecot-"))
        self.plain, self.tls = free_port(), free_port()
        self.tokens = Tokens()
        root = os.getuid() == 0
        uid, gid = (65534, 65534) if root else (os.getuid(), os.getgid())
        self.folder.chmod(0o755)
        (self.folder / "mail").mkdir()
        os.chown(self.folder / "mail", uid, gid)
        certificate(self.folder)
        me = "" if root else f"default_internal_user = {_name()}\ndefault_login_user = {_name()}"
        config = CONFIG.format(
            folder=self.folder,
            password=PASSWORD,
            plain=self.plain,
            tls=self.tls,
            uid=uid,
            gid=gid,
            account=me,
        )
        (self.folder / "dovecot.conf").write_text(config)
        port = self.tokens.url.rpartition(":")[2]
        (self.folder / "oauth2.conf").write_text(OAUTH2.format(port=port))
        self._process: subprocess.Popen[bytes] | None = None
        self.start()

    def start(self) -> None:
        self._process = subprocess.Popen(
            ["dovecot", "-F", "-c", str(self.folder / "dovecot.conf")],
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        until(self._answers, f"Dovecot answers, whose log is {self.folder / 'log'}")

    def _answers(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.tls), 1):
                return True
        except OSError:
            return False

    def stop(self, by: signal.Signals = signal.SIGTERM) -> None:
        if self._process is not None:
            os.killpg(self._process.pid, by)  # with every process of it, or they keep the ports
            self._process.wait()
            self._process = None
            until(lambda: not self._answers(), "its other processes have let go of the ports")

    def close(self) -> None:
        self.stop()
        self.tokens.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def deliver(self, user: str, message: bytes, folder: str = "INBOX") -> None:
        """Put a message into a user's mailbox, as a delivery would."""
        with self.signed_in(user) as client:
            status, said = client.append(folder, "", "", message)
            assert status == "OK", said

    def holds(self, user: str, folder: str = "INBOX") -> int:
        """How many messages a folder holds; 0 where there is none of that name."""
        with self.signed_in(user) as client:
            status, data = client.select(f'"{folder}"', readonly=True)
            return int(data[0] or b"0") if status == "OK" else 0

    def signed_in(self, user: str) -> imaplib.IMAP4_SSL:
        context = ssl.create_default_context(cafile=str(self.folder / "cert.pem"))
        client = imaplib.IMAP4_SSL("localhost", self.tls, ssl_context=context, timeout=20)
        client.login(user, PASSWORD)
        return client


def _name() -> str:
    import getpass

    return getpass.getuser()
