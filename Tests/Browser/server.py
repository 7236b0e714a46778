"""Pantau as a process of its own, started and stopped as somebody who runs it would."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import time
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

APP_SECRET = "secret-of-the-browser-suite"
VERIFY_TOKEN = "token-of-the-browser-suite"

# `demo` says it to people, `serve` to a log.
_LISTENING = re.compile(r"(?:ready:\s+http://|address=)[\w.]+:(\d+)")
_START_SECONDS = 60
# The server gives open connections ten seconds to end.
_STOP_SECONDS = 20
# A month of looks by the hour, in a debug build on a busy machine.
_WATCH_SECONDS = 600


class ServerFailure(Exception):
    """The program ended, or never said what it was to say."""


def binary() -> Path:
    """The program to test: the debug build, unless PANTAU_BINARY names another."""
    path = Path(os.environ.get("PANTAU_BINARY", ROOT / ".build" / "debug" / "pantau"))
    if not path.is_file():
        raise ServerFailure(f"There is no program at {path}. Build it first: swift build --product pantau")
    return path


def clean_environment() -> dict[str, str]:
    """Without what the person at this terminal has set for an installation of their own."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PANTAU_")}


@dataclass(frozen=True)
class Business:
    """A simulated business. Two months, so that four weeks have four weeks before them to compare with."""

    days: int = 60
    messages: int = 60

    @property
    def arguments(self) -> list[str]:
        return ["demo", "--days", str(self.days), "--messages", str(self.messages)]


@dataclass
class Server:
    """One installation: a directory, and a process while it runs. It keeps its port over a restart."""

    directory: Path
    arguments: list[str]
    environment: dict[str, str] = field(default_factory=dict)
    port: int = 0
    _process: subprocess.Popen[bytes] | None = None

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> Path:
        return self.directory.with_name(self.directory.name + ".log")

    def log_text(self) -> str:
        """All that the program has said since its first start."""
        return self.log.read_text(errors="replace") if self.log.exists() else ""

    def start(self) -> None:
        said_before = len(self.log_text())
        command = [str(binary()), *self.arguments, "--data-dir", str(self.directory)]
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [*command, "--listen", f"127.0.0.1:{self.port}"],
                env=clean_environment() | self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        self.port = int(self.wait_for(_LISTENING, said_before).group(1))

    def wait_for(self, words: re.Pattern[str], said_before: int = 0) -> re.Match[str]:
        """Until the program has said something, after the first `said_before` characters of its log."""
        deadline = time.monotonic() + _START_SECONDS
        while not (said := words.search(self.log_text(), said_before)):
            if self._process is None or self._process.poll() is not None:
                raise ServerFailure(f"The program ended.\n{self.log_text()[said_before:]}")
            if time.monotonic() > deadline:
                self.stop()
                raise ServerFailure(f"It never said {words.pattern}.\n{self.log_text()[said_before:]}")
            time.sleep(0.05)
        return said

    def stop(self) -> None:
        if self._process is None:
            return
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = None

    def restart(self) -> None:
        """The same directory, the same address, a new process."""
        self.stop()
        self.start()

    def command(self, *arguments: str) -> str:
        """What the command line says about this installation, while it runs."""
        done = subprocess.run(
            [str(binary()), *arguments, "--data-dir", str(self.directory)],
            env=clean_environment() | self.environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        )
        return done.stdout


def demo(directory: Path, business: Business | None = None) -> Server:
    """A shop with a history."""
    return Server(directory, (business or Business()).arguments)


def await_watch(server: Server) -> None:
    """Until the watch has looked through the history of a shop."""
    deadline = time.monotonic() + _WATCH_SECONDS
    while time.monotonic() < deadline:
        with urllib.request.urlopen(f"{server.origin}/findings?state=all&lang=en") as page:
            if "The watch has not looked yet" not in page.read().decode():
                return
        time.sleep(0.5)
    raise ServerFailure(f"The watch never looked.\n{server.log_text()[-4000:]}")


def installation(directory: Path) -> Server:
    """What somebody has who has just installed it: no data, the two words of Meta set."""
    environment = {"PANTAU_META_APP_SECRET": APP_SECRET, "PANTAU_META_VERIFY_TOKEN": VERIFY_TOKEN}
    return Server(directory, ["serve"], environment)
