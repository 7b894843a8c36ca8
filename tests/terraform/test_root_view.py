"""The folder of links Terraform runs in."""

from __future__ import annotations

from pathlib import Path

import pytest

from apitool.terraform import adoption, root_view


@pytest.fixture
def root(tmp_path):
    """A root with two local modules, one of them called by the other."""
    for name, text in {
        "terraform/api/main.tf": 'module "a" {\n  source = "../modules/a"\n}\n',
        "terraform/api/.terraform.lock.hcl": "# locked",
        "terraform/api/templates/one.txt": "one",
        "terraform/modules/a/main.tf": 'module "b" {\n  source = "../../../shared/b"\n}\n',
        "shared/b/main.tf": "# b",
    }.items():
        file = tmp_path / "checkout" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return tmp_path / "checkout" / "terraform" / "api"


def made(root, tmp_path, **added):
    return root_view.make(root, tmp_path / "view", added)


def test_root_and_modules_are_found_by_the_same_relative_paths(root, tmp_path):
    view = made(root, tmp_path)
    for name in (
        "main.tf",
        ".terraform.lock.hcl",
        "templates/one.txt",
        "../modules/a/main.tf",
        "../../shared/b/main.tf",
    ):
        assert (view / name).read_text() == (root / name).read_text()
    assert view == root_view.place(root, tmp_path / "view")


def test_what_is_added_stands_in_the_view_and_not_in_the_root(root, tmp_path):
    packages = tmp_path / "packages"
    packages.mkdir()
    (packages / "orders.zip").write_text("zip")
    view = made(root, tmp_path, packages=packages)
    adoption.write(view, {"aws_x.y": "${id}"})
    assert (view / "packages" / "orders.zip").read_text() == "zip"
    assert '"$${id}"' in (view / "adopted.tf").read_text()
    assert {each.name for each in root.iterdir()} == {"main.tf", ".terraform.lock.hcl", "templates"}


def test_a_view_follows_its_root_and_keeps_what_terraform_wrote(root, tmp_path):
    view = made(root, tmp_path, old=tmp_path)
    (view / "errored.tfstate").write_text("state")
    (view / "main.tf").unlink()
    (view / "main.tf").write_text("written through the view, by hand")
    (root / "more.tf").write_text("# more")
    (root / "templates" / "one.txt").unlink()
    made(root, tmp_path)
    assert (view / "errored.tfstate").read_text() == "state"
    assert (view / "main.tf").read_text() == (root / "main.tf").read_text()
    assert (view / "more.tf").exists()
    assert not (view / "old").is_symlink()


@pytest.mark.usefixtures("root")
def test_a_root_that_is_reached_by_a_link_is_seen_through_it(tmp_path):
    (tmp_path / "link").symlink_to(tmp_path / "checkout")
    view = made(tmp_path / "link" / "terraform" / "api", tmp_path)
    assert (view / "../modules/a/main.tf").exists()
    assert (view / "main.tf").readlink() == Path(tmp_path / "link/terraform/api/main.tf")


def test_a_root_below_the_module_it_calls(tmp_path):
    example = tmp_path / "module" / "examples" / "one"
    example.mkdir(parents=True)
    (tmp_path / "module" / "main.tf").write_text("# module")
    (example / "main.tf").write_text('module "m" {\n  source = "../../"\n}\n')
    view = root_view.make(example, tmp_path / "view", {})
    assert (view / "../../main.tf").read_text() == "# module"
