"""Make the virtual environment that the Makefile's targets run in, or do nothing when it is as it should be.

    python3 tools/bootstrap.py [--python COMMAND] [FOLDER]

FOLDER (default ``.venv``) gets what ``requirements/dev.txt`` pins, checked against its hashes, and this
project as an editable installation. ``--python`` is the interpreter that the user insists on; without it any
Python that fits will do, and the one of an existing environment is kept.

It runs before anything is installed, maybe with a Python that is too old, and has to be able to say so:
standard library only, and no syntax that Python 3.6 cannot read.
"""

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = "requirements/dev.txt"
# How pip installs the project itself.
PROJECT = ("--no-deps", "--no-build-isolation", "--editable", ".")
# What decides the content of the environment: when one of these changes, it is brought up to date.
INPUTS = (LOCK, "pyproject.toml", "tools/bootstrap.py")
OLDEST = (3, 11)
# Looked for, newest first, when ``python3`` does not fit and the user named no other.
FALLBACKS = ("python3.13", "python3.12", "python3.11")
# Written first and last, so that an interrupted set-up is known for what it is.
STAMP = ".versus-setup.json"
PIP_LINES_SHOWN = 15
# Settings of the user's pip that would change what is installed, or where. Those about the network stay.
PIP_UNWANTED = (
    *("CONSTRAINT", "DRY_RUN", "EDITABLE", "NO_DEPS", "PREFIX", "PYTHON"),
    *("REQUIREMENT", "REQUIRE_HASHES", "ROOT", "TARGET", "UPGRADE"),
)

PROBE = """
import json, os, sys
from importlib.util import find_spec
absent = [name for name in ("venv", "ensurepip") if find_spec(name) is None]
# Resolved, so that "python3" and "python3.12" are known to be the same.
base = os.path.realpath(getattr(sys, "_base_executable", None) or sys.executable)
print(json.dumps({"version": list(sys.version_info[:3]), "executable": base, "absent": absent}))
"""


class SetupError(Exception):
    """The environment cannot be made; the message says why and what to do."""


def main():
    """Bring the environment up to date; return the exit status."""
    options = parse_arguments()
    os.chdir(str(ROOT))
    folder = Path(options.folder)
    if is_current(folder, options.python):
        return 0
    try:
        with Locked():
            # Another set-up may have done the work while this one waited.
            if not is_current(folder, options.python):
                set_up(folder, options.python)
    except SetupError as error:
        print(f"\n{error}\n", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nInterrupted: the next run makes the environment from nothing.", file=sys.stderr)
        return 130
    return 0


def parse_arguments():
    """Read the command line."""
    parser = argparse.ArgumentParser(description="Make or renew the project's virtual environment.")
    parser.add_argument("folder", nargs="?", default=".venv", help="where it is (default: .venv)")
    parser.add_argument("--python", default="", metavar="COMMAND", help="the Python to insist on")
    return parser.parse_args()


# What is there


def is_current(folder, asked):
    """Tell whether the environment is complete, of the asked Python, still in place and up to date.

    This runs before every target, so it starts no process.
    """
    found = read_stamp(folder)
    return (
        found.get("inputs") == digest_of_inputs()
        and is_usable(folder, found)
        and asked in ("", found.get("asked"), found.get("executable"))
    )


def is_usable(folder, found):
    """Tell whether a finished environment still works: not moved, and its Python still the same."""
    return (
        found.get("state") == "ready"
        and found.get("folder") == str(folder.absolute())
        and found.get("modified") == modification_time(found.get("executable", ""))
        and python_of(folder).exists()
    )


def read_stamp(folder):
    """Return what the last set-up noted, or nothing when there was none or its note cannot be read."""
    try:
        return json.loads((folder / STAMP).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


def write_stamp(folder, notes):
    """Note how far the set-up came."""
    (folder / STAMP).write_text(json.dumps(notes, indent=2) + "\n", encoding="utf-8")


def digest_of_inputs():
    """Return one digest of the inputs (their times would change with every checkout)."""
    digest = hashlib.sha256()
    for name in INPUTS:
        digest.update((ROOT / name).read_bytes())
    return digest.hexdigest()


def modification_time(path):
    """Return when a file was last changed, or None: an upgraded interpreter is another interpreter."""
    try:
        return os.stat(path).st_mtime
    except OSError:
        return None


def python_of(folder):
    """Return the interpreter of the environment."""
    return folder / "bin" / "python"


# Which Python


def choose_python(asked):
    """Return what the probe said of the interpreter to use: the asked one, or the first that fits."""
    commands = (asked,) if asked else (sys.executable, "python3", *FALLBACKS)
    refusals = []
    for command in commands:
        python = probe(command)
        refusal = why_not(command, python)
        if refusal is None:
            return python
        refusals.append(refusal)
    # The first one is about the Python that the user has; the rest were only worth a try.
    raise SetupError(refusals[0])


def probe(command):
    """Ask an interpreter about itself; None when it is absent or a shim with no version behind it."""
    try:
        answer = subprocess.run(
            [command, "-I", "-c", PROBE], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=60
        )
        return json.loads(answer.stdout.decode("utf-8"))
    except (OSError, ValueError, subprocess.SubprocessError):
        return None


def why_not(command, python):
    """Say in a paragraph why an interpreter does not fit, or return None when it does."""
    if python is None:
        return f"{command} is no Python 3 that runs here. Name another: make PYTHON=/path/to/python3"
    version = ".".join(map(str, python["version"]))
    oldest = ".".join(map(str, OLDEST))
    if tuple(python["version"]) < OLDEST:
        return (
            f"This project needs Python {oldest} or newer, and {command} is Python {version}.\n"
            f"Install a newer one, or name one that you have: make PYTHON=/path/to/python{oldest}"
        )
    if python["absent"]:
        return (
            f"{command} (Python {version}) lacks the standard module {python['absent'][0]}, without which\n"
            "no virtual environment can be made. On Debian and Ubuntu: apt install python3-venv.\n"
            f"Or name another Python: make PYTHON=/path/to/python{oldest}"
        )
    return None


# Making it


def set_up(folder, asked):
    """Make the environment, or renew it in place when only the pinned versions changed."""
    found = read_stamp(folder)
    usable = is_usable(folder, found)
    python = choose_python(asked or (found["executable"] if usable else ""))
    renew = usable and found["executable"] == python["executable"]
    notes = {
        "state": "ready",
        "inputs": digest_of_inputs(),
        "folder": str(folder.absolute()),
        "asked": asked,
        "executable": python["executable"],
        "modified": modification_time(python["executable"]),
    }
    try:
        if not (renew and found["inputs"] == notes["inputs"]):
            make_or_renew(folder, python, renew)
        write_stamp(folder, notes)
    except OSError as error:
        raise SetupError(
            f"{folder} cannot be written: {error.strerror} ({error.filename or folder}).\n"
            "The set-up needs a checkout that you may write to, with about 500 MB free.\n"
            "To put the environment elsewhere: make VENV=/path/to/a/folder"
        ) from error


def make_or_renew(folder, python, renew):
    """Fill the environment, so that a set-up that stops half-way is recognised by its stamp."""
    started = time.monotonic()
    version = ".".join(map(str, python["version"]))
    if not renew:
        make_empty(folder)
    print(f"{'Renewing' if renew else 'Making'} {folder} with Python {version} ...", flush=True)
    write_stamp(folder, {"state": "unfinished"})
    if not renew:
        print("  making an empty environment", flush=True)
        make_environment(python["executable"], folder)
    install(folder)
    print(f"{folder} is ready ({time.monotonic() - started:.0f} s).", flush=True)


def make_empty(folder):
    """Leave an empty folder in the place of an old environment, but delete nothing that is not one."""
    if folder.exists() and any(folder.iterdir()):
        if not ((folder / "pyvenv.cfg").exists() or (folder / STAMP).exists()):
            raise SetupError(f"{folder} has files in it and is no virtual environment. Choose another folder for VENV.")
        shutil.rmtree(str(folder))
    folder.mkdir(parents=True, exist_ok=True)


def make_environment(executable, folder):
    """Make an environment with pip in it."""
    failure = run([executable, "-m", "venv", str(folder)])
    if failure is not None:
        raise SetupError(f"The virtual environment could not be made. Python's last lines:\n\n{failure}")


def install(folder):
    """Install what the lock pins, then the project itself; it brings no dependencies of its own choice."""
    pip = [str(python_of(folder)), "-m", "pip", "install", "--no-input", "--progress-bar", "off"]
    # The lock names everything, so nothing is left to resolve. With dependencies, the pip of older Pythons takes
    # the newest release of "coverage[toml]" in spite of the pin on "coverage", and then misses its hash.
    pin = ["--no-deps", "--require-hashes", "-r", LOCK]
    for arguments, told in (
        (pin, "installing what requirements/dev.txt pins; a minute or two"),
        (PROJECT, "installing the project itself"),
    ):
        print(f"  {told}", flush=True)
        failure = run([*pip, *arguments])
        if failure is not None:
            raise SetupError(
                f"pip could not install {' '.join(arguments)}. Its last lines:\n\n{failure}\n\n"
                "If the package index could not be reached, try again: the set-up then starts from nothing.\n"
                "If a hash differs, a file on the way is not the one that was locked: do not install it."
            )


def run(command):
    """Run a command in silence; return None, or the last lines that it printed when it fails."""
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=clean_environment())
    if done.returncode == 0:
        return None
    lines = done.stdout.decode("utf-8", "replace").strip().splitlines()
    return "\n".join(f"    {line}" for line in lines[-PIP_LINES_SHOWN:])


def clean_environment():
    """Return the environment variables without those that would lead Python or pip elsewhere."""
    unwanted = {"PYTHONHOME", "PYTHONPATH", "VIRTUAL_ENV", *(f"PIP_{name}" for name in PIP_UNWANTED)}
    kept = {name: value for name, value in os.environ.items() if name not in unwanted}
    # A "user = true" in pip's own configuration file would fail in a virtual environment.
    kept["PIP_USER"] = "0"
    kept["PIP_DISABLE_PIP_VERSION_CHECK"] = "1"
    return kept


class Locked:
    """Hold the checkout while working: two ``make`` at once must not write the same environment.

    The lock is on the folder itself, so it leaves no file behind.
    """

    def __enter__(self):
        """Wait until no other set-up holds it."""
        import fcntl  # noqa: PLC0415 - absent on Windows, where ``--help`` should still work

        self.handle = os.open(str(ROOT), os.O_RDONLY)
        try:
            fcntl.flock(self.handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("Waiting for another set-up to finish ...", flush=True)
            fcntl.flock(self.handle, fcntl.LOCK_EX)
        except OSError:
            pass  # Some network file systems have no locks; a lone set-up needs none.

    def __exit__(self, *_):
        """Let the next one go on."""
        os.close(self.handle)


if __name__ == "__main__":
    sys.exit(main())
