"""Where the provider comes from."""

from __future__ import annotations

import subprocess
import zipfile
from pathlib import Path

import pytest

from apitool.errors import UsageError
from apitool.terraform import mirror, platforms, provider_cache
from apitool.terraform.mirror import Provider, Source

AWS = Provider("registry.terraform.io/hashicorp/aws", "5.100.0")
HERE = platforms.current()
LOCK = """# made by terraform init
provider "registry.terraform.io/hashicorp/aws" {
  version     = "5.100.0"
  constraints = "~> 5.100"
  hashes = [
    "h1:x=",
  ]
}

provider "registry.terraform.io/hashicorp/archive" {
  version = "2.7.0"
}
"""


def unpacked(folder: Path, version: str = "5.100.0", platform: str = HERE) -> Path:
    program = folder / AWS.address / version / platform / f"terraform-provider-aws_v{version}_x5"
    program.parent.mkdir(parents=True)
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    return folder


def packed(folder: Path, version: str = "5.100.0", platform: str = HERE) -> Path:
    path = folder / AWS.address / f"terraform-provider-aws_{version}_{platform}.zip"
    path.parent.mkdir(parents=True)
    with zipfile.ZipFile(path, "w") as archive:
        member = zipfile.ZipInfo(f"terraform-provider-aws_v{version}_x5")
        member.external_attr = 0o755 << 16
        archive.writestr(member, "#!/bin/sh\n")
    return folder


@pytest.fixture(autouse=True)
def no_add_ons_of_this_machine(monkeypatch, tmp_path):
    monkeypatch.setattr(mirror, "_ADD_ON_TREES", (str(tmp_path / "opt"),))


@pytest.fixture
def environ(tmp_path):
    return {"XDG_DATA_DIRS": str(tmp_path / "share")}


def test_the_lock_file_is_read(tmp_path):
    (tmp_path / "lock").write_text(LOCK)
    assert mirror.locked(tmp_path / "lock") == (
        AWS,
        Provider("registry.terraform.io/hashicorp/archive", "2.7.0"),
    )
    assert mirror.locked(tmp_path / "none") == ()


def test_a_configuration_of_the_users_is_left_alone(tmp_path, environ):
    unpacked(tmp_path / "opt" / "plugins")
    configuration = tmp_path / "my.tfrc"
    configuration.write_text("")
    found = mirror.find([AWS], environ | {"TF_CLI_CONFIG_FILE": str(configuration)}, tmp_path)
    assert found == Source("user", configuration)
    assert mirror.cli_configuration(found, [AWS]) is None


def test_one_that_does_not_exist_is_passed_over(tmp_path, environ):
    found = mirror.find([AWS], environ | {"TF_CLI_CONFIG_FILE": str(tmp_path / "ghost")}, tmp_path)
    assert found == Source("registry")


def test_a_terraformrc_at_home_is_left_to_terraform(tmp_path, environ):
    unpacked(tmp_path / "opt" / "plugins")
    (tmp_path / ".terraformrc").write_text("")
    assert mirror.find([AWS], environ, tmp_path) == Source("implied")


@pytest.mark.parametrize(("make", "is_packed"), [(unpacked, False), (packed, True)])
@pytest.mark.parametrize("named", ["", "registry.terraform.io"])
def test_a_named_mirror(tmp_path, environ, make, is_packed, named):
    folder = make(tmp_path / "mine")
    found = mirror.find([AWS], environ | {"APITOOL_PROVIDER_MIRROR": str(folder / named)}, tmp_path)
    assert found == Source("mirror", folder, packed=is_packed)


@pytest.mark.parametrize("wrong", [{"version": "5.99.0"}, {"platform": "plan9_mips"}])
@pytest.mark.parametrize("make", [unpacked, packed])
def test_a_named_mirror_must_hold_the_locked_provider_for_this_platform(tmp_path, environ, make, wrong):
    folder = make(tmp_path / "mine", **wrong)
    with pytest.raises(UsageError, match="APITOOL_PROVIDER_MIRROR") as caught:
        mirror.find([AWS], environ | {"APITOOL_PROVIDER_MIRROR": str(folder)}, tmp_path)
    assert "5.100.0" in caught.value.problems[0].seen
    assert HERE in caught.value.problems[0].seen


@pytest.mark.parametrize(
    "where",
    [".terraform.d/plugins", "Library/Application Support/io.terraform/plugins", "share/terraform/plugins"],
)
def test_the_directories_terraform_searches_itself_need_no_configuration(tmp_path, environ, where):
    unpacked(tmp_path / where)
    assert mirror.find([AWS], environ, tmp_path) == Source("implied")
    assert mirror.cli_configuration(Source("implied"), [AWS]) is None


@pytest.mark.parametrize("where", ["opt", "opt/plugins", "opt/vendor/plugins", "share/tf"])
def test_an_add_on_tree_is_searched_two_levels_deep(tmp_path, environ, where):
    folder = unpacked(tmp_path / where)
    assert mirror.find([AWS], environ, tmp_path) == Source("mirror", folder)


def test_no_deeper_and_not_through_links(tmp_path, environ):
    unpacked(tmp_path / "opt" / "a" / "b" / "c")
    unpacked(tmp_path / "elsewhere")
    (tmp_path / "opt" / "link").symlink_to(tmp_path / "elsewhere")
    assert mirror.find([AWS], environ, tmp_path) == Source("registry")


def test_a_found_folder_without_the_locked_version_is_passed_over(tmp_path, environ):
    unpacked(tmp_path / "opt" / "a", version="5.99.0")
    folder = unpacked(tmp_path / "opt" / "b")
    assert mirror.find([AWS], environ, tmp_path) == Source("mirror", folder)


def test_every_locked_provider_must_be_there(tmp_path, environ):
    unpacked(tmp_path / "opt" / "a")
    other = Provider("registry.terraform.io/hashicorp/archive", "2.7.0")
    assert mirror.find([AWS, other], environ, tmp_path) == Source("registry")


def test_without_home_and_folders_it_is_the_registry():
    assert mirror.find([AWS], {"XDG_DATA_DIRS": "/nonexistent"}, None) == Source("registry")


def test_the_configuration_names_the_mirror_and_keeps_the_registry_for_the_rest():
    text = mirror.cli_configuration(Source("mirror", Path('/a "b" ${c}')), [AWS])
    assert 'path    = "/a \\"b\\" ${c}"' in text
    assert text.count('["registry.terraform.io/hashicorp/aws"]') == 2
    assert (
        text.index("filesystem_mirror") < text.index("include") < text.index("direct") < text.index("exclude")
    )


CACHE_CASES = [
    (Source("registry"), "~/.cache/apitool/providers"),
    (Source("mirror", Path("/m"), packed=True), "~/.cache/apitool/providers"),
    (Source("mirror", Path("/m")), None),  # linked, not copied
    (Source("implied"), None),
    (Source("user", Path("/c")), None),
]


@pytest.mark.parametrize(("source", "cache"), CACHE_CASES)
def test_what_would_be_downloaded_or_unpacked_is_kept_for_all_stages(source, cache, tmp_path):
    expected = None if cache is None else Path(cache.replace("~", str(tmp_path)))
    assert provider_cache.choose(source, {"TF_PLUGIN_CACHE_DIR": "/nonexistent"}, tmp_path) == expected
    own = provider_cache.choose(source, {"TF_PLUGIN_CACHE_DIR": str(tmp_path)}, tmp_path)
    assert own == tmp_path


@pytest.mark.terraform
@pytest.mark.parametrize("make", [unpacked, packed])
def test_terraform_installs_from_it_without_asking_the_registry(terraform, tmp_path, make):
    folder = make(tmp_path / 'a "quoted" ${folder}')
    (tmp_path / "cli.tfrc").write_text(mirror.cli_configuration(Source("mirror", folder), [AWS]))
    root = tmp_path / "root"
    root.mkdir()
    (root / "main.tf").write_text(
        'terraform {\n  required_providers {\n    aws = {\n      source = "hashicorp/aws"\n    }\n  }\n}\n'
    )
    environ = {"TF_CLI_CONFIG_FILE": str(tmp_path / "cli.tfrc"), "CHECKPOINT_DISABLE": "1"}
    done = subprocess.run(
        [terraform, "init", "-no-color"], cwd=root, env=environ, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert (root / ".terraform/providers" / AWS.address / AWS.version / HERE).exists()
