"""Prints the path of a virtual environment that holds the given requirement files; makes it first where it is missing.

It lies in a cache outside the tree and is named by the digest of what is in it, so it is never changed once made. Two that
start at once each make one of their own; the first to finish moves it into place and the other throws its away.
"""

import hashlib
import os
import pathlib
import subprocess
import sys
import tempfile
import venv


def cache_folder() -> pathlib.Path:
    base = os.environ.get("ASSAY_CACHE") or os.path.join(
        os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache"), "assay"
    )
    return pathlib.Path(base).resolve() / "variants"


def make_venv(requirement_files: list[str]) -> pathlib.Path:
    here = pathlib.Path(__file__).resolve().parent
    files = [here / name for name in requirement_files]
    digest = hashlib.sha256(sys.version.encode() + b"".join(file.read_bytes() for file in files)).hexdigest()[:16]
    home = cache_folder() / f"python-{digest}"
    if home.exists():
        return home

    home.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=home.parent, ignore_cleanup_errors=True) as part:
        made = pathlib.Path(part) / "venv"
        venv.create(made, with_pip=True)
        wanted = [word for file in files for word in ("-r", str(file))]
        pip = [made / "bin" / "python", "-m", "pip", "install", "--no-deps", "--disable-pip-version-check", "--quiet"]
        subprocess.run([*pip, *wanted], check=True, stdout=sys.stderr)
        try:
            made.rename(home)  # atomic; fails where another start has put a finished one in place
        except OSError:
            if not home.exists():
                raise
    return home


if __name__ == "__main__":
    if sys.version_info < (3, 11):
        sys.exit("users-api: Python 3.11 or newer is needed")
    try:
        print(make_venv(sys.argv[1:]))
    except subprocess.CalledProcessError:
        sys.exit("users-api: pip could not install the pinned packages: see above")
