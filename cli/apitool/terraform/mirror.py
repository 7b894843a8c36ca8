"""Where the provider comes from: a mirror this machine has, or the registry.

Looked for at run time, in this order:
1. the CLI configuration named in TF_CLI_CONFIG_FILE, if it exists: left alone;
2. the folder named in APITOOL_PROVIDER_MIRROR;
3. the `~/.terraformrc` of the user, and the directories Terraform itself searches (the implied local
   mirrors): left to Terraform;
4. a folder `registry.terraform.io` at most two levels below where add-ons are put (/opt, /usr/share, …);
5. the registry.

A mirror counts when it holds every locked provider, in the locked version and for this platform, packed or
unpacked.
https://developer.hashicorp.com/terraform/cli/config/config-file#provider-installation
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from apitool.errors import UsageError
from apitool.terraform import platforms

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

VARIABLE = "APITOOL_PROVIDER_MIRROR"
_REGISTRY = "registry.terraform.io"
_DEPTH = 2  # levels below an add-on tree that are looked at
_ADD_ON_TREES = ("/opt", "/srv", "/usr/local/share", "/usr/local/lib", "/usr/share", "/usr/lib", "/var/lib")


@dataclass(frozen=True, slots=True)
class Provider:
    """A provider as the lock file has it: `registry.terraform.io/hashicorp/aws`, `5.100.0`."""

    address: str
    version: str


@dataclass(frozen=True, slots=True)
class Source:
    """`user`: the CLI configuration at `path`. `mirror`: the folder at `path`. `implied`, `registry`:
    Terraform knows by itself. `packed`: the mirror holds zips, which Terraform unpacks.
    """

    kind: Literal["user", "mirror", "implied", "registry"]
    path: Path | None = None
    packed: bool = False


def locked(lock_file: Path) -> tuple[Provider, ...]:
    """The providers in a `.terraform.lock.hcl`; none when there is no such file."""
    try:
        content = lock_file.read_text(encoding="utf-8")
    except OSError:
        return ()
    blocks = re.finditer(r'^provider "([^"]+)" \{(.*?)^\}', content, re.MULTILINE | re.DOTALL)
    versions = (
        (block[1], re.search(r'^\s*version\s*=\s*"([^"]+)"', block[2], re.MULTILINE)) for block in blocks
    )
    return tuple(Provider(address, version[1]) for address, version in versions if version)


def find(providers: Sequence[Provider], environ: Mapping[str, str], home: Path | None) -> Source:
    """Where to take the providers from.

    Raises:
        UsageError: APITOOL_PROVIDER_MIRROR names a folder that does not hold them.
    """
    if (configuration := environ.get("TF_CLI_CONFIG_FILE")) and Path(configuration).is_file():
        return Source("user", Path(configuration).absolute())
    if named := environ.get(VARIABLE):
        return _named(Path(named).expanduser().absolute(), providers)
    if (home and (home / ".terraformrc").is_file()) or any(
        _holds(folder, providers) for folder in _implied(environ, home)
    ):
        return Source("implied")
    for folder in _add_on_folders(environ, home):
        if form := _holds(folder, providers):
            return Source("mirror", folder, packed=form == "packed")
    return Source("registry")


def cli_configuration(source: Source, providers: Sequence[Provider]) -> str | None:
    """The CLI configuration that makes Terraform use `source`; None when it needs no saying.

    The providers are excluded from `direct`: Terraform would ask the registry as well, and fail offline.
    """
    if source.kind != "mirror":
        return None
    include = ", ".join(f'"{provider.address}"' for provider in providers)
    return (
        "provider_installation {\n"
        "  filesystem_mirror {\n"
        f"    path    = {_quoted(str(source.path))}\n"
        f"    include = [{include}]\n"
        "  }\n"
        "  direct {\n"
        f"    exclude = [{include}]\n"
        "  }\n"
        "}\n"
    )


def _named(folder: Path, providers: Sequence[Provider]) -> Source:
    root = folder.parent if folder.name == _REGISTRY else folder
    form = _holds(root, providers)
    if form is None:
        wanted = ", ".join(f"{provider.address} {provider.version}" for provider in providers)
        raise UsageError(
            f"{VARIABLE} names no mirror of the locked provider",
            seen=f"{folder} lacks {wanted} for {platforms.current()}",
            fix=f"terraform providers mirror {folder}   (in the root module), or unset {VARIABLE}",
        )
    return Source("mirror", root, packed=form == "packed")


def _holds(folder: Path, providers: Sequence[Provider]) -> Literal["packed", "unpacked"] | None:
    forms = [_form(folder / provider.address, provider) for provider in providers]
    if not forms or None in forms:
        return None
    return "packed" if "packed" in forms else "unpacked"


def _form(folder: Path, provider: Provider) -> Literal["packed", "unpacked"] | None:
    """Packed: TYPE/terraform-provider-NAME_VERSION_PLATFORM.zip. Unpacked: TYPE/VERSION/PLATFORM/program."""
    platform = platforms.current()
    name = provider.address.rsplit("/", 1)[-1]
    try:
        if any((folder / provider.version / platform).glob(f"terraform-provider-{name}*")):
            return "unpacked"
        if (folder / f"terraform-provider-{name}_{provider.version}_{platform}.zip").is_file():
            return "packed"
    except OSError:
        return None
    return None


def _implied(environ: Mapping[str, str], home: Path | None) -> Iterator[Path]:
    """https://developer.hashicorp.com/terraform/cli/config/config-file#implied-local-mirror-directories"""
    if home:
        yield home / ".terraform.d" / "plugins"
        yield home / "Library" / "Application Support" / "io.terraform" / "plugins"
    yield Path("/Library/Application Support/io.terraform/plugins")
    for folder in _xdg(environ, home):
        yield folder / "terraform" / "plugins"


def _xdg(environ: Mapping[str, str], home: Path | None) -> Iterator[Path]:
    own = environ.get("XDG_DATA_HOME") or (str(home / ".local" / "share") if home else "")
    shared = environ.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share"
    for folder in dict.fromkeys([own, *shared.split(":")]):
        if folder.startswith("/"):
            yield Path(folder)


def _add_on_folders(environ: Mapping[str, str], home: Path | None) -> Iterator[Path]:
    """Folders that have a `registry.terraform.io` in them."""
    trees = dict.fromkeys([*map(Path, _ADD_ON_TREES), *_xdg(environ, home)])
    for tree in trees:
        for folder in _below(tree, _DEPTH):
            if (folder / _REGISTRY).is_dir():
                yield folder


def _below(folder: Path, depth: int) -> Iterator[Path]:
    """The folder and those below it, level by level; names in order, links and unreadable ones left out."""
    yield folder
    if depth == 0:
        return
    try:
        inner = sorted(entry for entry in folder.iterdir() if entry.is_dir() and not entry.is_symlink())
    except OSError:
        return
    for entry in inner:
        yield from _below(entry, depth - 1)


def _quoted(value: str) -> str:
    """A string of HCL 1, which has no templates: `${` is just text."""
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
