"""Machines of a cluster: network namespaces of this one, each with an address and temporary folders of its own."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import MappingProxyType

import pytest

BRIDGE = "versus-net"
COMMANDS = ("ip", "unshare", "mount")


class Machine:
    """A network namespace, in whose processes the folders of the tests are empty."""

    def __init__(self, address: str, prefix: tuple[str, ...], hidden: Path | None) -> None:
        self.address, self._prefix, self._hidden = address, prefix, hidden
        self._name = f"versus-{address}"

    def command(self, *words: str) -> list[str]:
        """How a command is run there."""
        enter = [*self._prefix, "ip", "netns", "exec", self._name]
        if self._hidden is None:
            return [*enter, *words]
        hide = f"mount -t tmpfs tmpfs {shlex.quote(str(self._hidden))} && cd / && exec {shlex.join(words)}"
        return [*enter, "unshare", "--mount", "sh", "-c", hide]

    def start(
        self, line: str, output: Path, variables: Mapping[str, str] = MappingProxyType({})
    ) -> subprocess.Popen[bytes]:
        """Start a command as it is typed, with the programs of this environment."""
        command = self.command(*typed_line(line, variables))
        with output.open("wb") as stream:
            return subprocess.Popen(command, stdout=stream, stderr=subprocess.STDOUT)


def typed_line(line: str, variables: Mapping[str, str] = MappingProxyType({})) -> list[str]:
    """A command as it is typed, with the programs and modules of these tests."""
    kept = {name: os.environ[name] for name in ("PYTHONPATH",) if name in os.environ}
    found = {**kept, **variables, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    return ["env", *(f"{name}={value}" for name, value in found.items()), *shlex.split(line)]


def as_root() -> tuple[str, ...]:
    """What commands need before them; where namespaces cannot be made the tests are skipped, except in CI."""
    prefix = () if os.geteuid() == 0 else ("sudo", "-n")
    missing = [name for name in COMMANDS if not shutil.which(name)]
    reason = f"there is no {missing[0]} (Debian: apt install iproute2)" if missing else ""
    if not missing:
        probe = [*prefix, "ip", "netns", "exec", "versus-probe", "unshare", "--mount", "mount", "-t", "tmpfs", "tmpfs"]
        subprocess.run([*prefix, "ip", "netns", "add", "versus-probe"], check=False, capture_output=True)
        done = subprocess.run([*probe, tempfile.gettempdir()], check=False, capture_output=True, text=True)
        subprocess.run([*prefix, "ip", "netns", "delete", "versus-probe"], check=False, capture_output=True)
        reason = f"no network namespaces: {done.stderr}" if done.returncode else ""
    if reason and os.environ.get("CI"):
        pytest.fail(reason)
    if reason:
        pytest.skip(reason)
    return prefix


@contextmanager
def machines(addresses: list[str], hidden: Path) -> Iterator[list[Machine]]:
    """Machines in one network; the first has the folder that is hidden from the others."""
    prefix = as_root()
    found = [Machine(address, prefix, hidden if number else None) for number, address in enumerate(addresses)]
    first = f"versus-{addresses[0]}"

    def ip(line: str) -> None:
        subprocess.run([*prefix, "ip", *line.split()], check=True, capture_output=True)

    with ExitStack() as stack:
        for address in addresses:
            subprocess.run([*prefix, "ip", "netns", "delete", f"versus-{address}"], check=False, capture_output=True)
            ip(f"netns add versus-{address}")
            stack.callback(ip, f"netns delete versus-{address}")
            ip(f"-n versus-{address} link set lo up")
        ip(f"-n {first} link add {BRIDGE} type bridge")
        ip(f"-n {first} addr add {addresses[0]}/24 dev {BRIDGE}")
        ip(f"-n {first} link set {BRIDGE} up")
        for number, address in enumerate(addresses[1:]):
            ip(f"-n {first} link add port{number} type veth peer name eth0 netns versus-{address}")
            ip(f"-n {first} link set port{number} master {BRIDGE} up")
            ip(f"-n versus-{address} addr add {address}/24 dev eth0")
            ip(f"-n versus-{address} link set eth0 up")
        yield found
