"""What stays out of a package although it lies in the source folder, unless `include` asks for it."""

from __future__ import annotations

import re
from fnmatch import translate
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from pathlib import Path

Why = Literal["secret", "tooling", "pattern"]
"""Strongest first. `pattern`: the function's own `exclude`."""

# Tests are not here: a folder of that name is a package like any other, and leaving out what somebody
# imports fails in the Lambda and nowhere else.
FOLDERS = frozenset({
    "__pycache__", "__MACOSX", "node_modules", "htmlcov",
    ".git", ".hg", ".svn", ".venv", "venv", ".direnv", ".tox", ".nox",
    ".pytest_cache", ".mypy_cache", ".ruff_cache", ".hypothesis", ".idea", ".vscode", ".ipynb_checkpoints",
    ".apitool", ".terraform", ".aws-sam", ".serverless",
})  # fmt: skip
FILES = (
    "*.py[cod]", "*.swp", "*.swo", "*~", ".#*", ".DS_Store", "Thumbs.db", "desktop.ini",
    ".gitignore", ".gitattributes", ".gitkeep", ".editorconfig", ".dockerignore", ".coverage", ".coverage.*",
    ".terraform.lock.hcl", ".python-version", "*.tfplan", ".lock",
)  # fmt: skip
# Inputs of the build: a changed comment in one must not change the package.
AT_THE_TOP = (
    "requirements*.txt", "requirements*.in", "constraints*.txt", "pyproject.toml", "pylock*.toml",
    "uv.lock", "uv.toml", "poetry.lock", "poetry.toml", "Pipfile", "Pipfile.lock",
)  # fmt: skip
# Terraform states hold every secret of a stack in clear.
SECRETS = (
    ".env", ".env.*", "*.env", ".envrc", ".netrc", ".pypirc", ".git-credentials", ".htpasswd",
    "id_rsa", "id_dsa", "id_ecdsa", "id_ed25519", "*.key", "*.p12", "*.pfx", "*.jks", "*.kdbx", "*.ppk",
    "*.tfstate", "*.tfstate.*", "*.tfvars", "*.tfvars.json",
)  # fmt: skip
SECRET_FOLDERS = frozenset({".aws", ".ssh", ".gnupg"})


def _any_of(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(translate(pattern) for pattern in patterns))


_FILES, _AT_THE_TOP, _SECRETS = _any_of(FILES), _any_of(AT_THE_TOP), _any_of(SECRETS)


def folder(path: Path) -> Why | None:
    """Why a folder is left out, by its name, or because it is a virtual environment; None if it goes in."""
    if path.name in SECRET_FOLDERS:
        return "secret"
    if path.name in FOLDERS or path.name.endswith(".egg-info") or (path / "pyvenv.cfg").is_file():
        return "tooling"
    return None


def file(path: Path, name: str) -> Why | None:
    """Why a file is left out; None if it goes in. `name` is the one it would have in the package."""
    last = name.rpartition("/")[2]
    if _SECRETS.match(last) or (last.endswith(".pem") and _holds_private_key(path)):
        return "secret"
    if _FILES.match(last) or (last == name and _AT_THE_TOP.match(name)):
        return "tooling"
    return None


def _holds_private_key(path: Path) -> bool:
    """A `.pem` is as often a bundle of public certificates, which a function may need (RDS, mutual TLS)."""
    return path.is_file() and b"PRIVATE KEY-----" in path.read_bytes()
