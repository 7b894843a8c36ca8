"""The index that pip is configured with, asked for real: one, several at once, behind a certificate."""

from __future__ import annotations

import datetime as dt
import ipaddress
import os
from typing import TYPE_CHECKING

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from tests.package.projects import contents, package, wheel, write
from tests.package.simple_index import serving

from apitool.errors import ApitoolError

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def configured(wheels, monkeypatch, tmp_path):  # noqa: ARG001 - first nothing of this machine's uv counts
    """Writes pip's configuration, the only place that says where packages are."""
    for name in os.environ:
        if name.startswith(("PIP_", "SSL_CERT_")):
            monkeypatch.delenv(name)

    def configure(text: str) -> None:
        write(tmp_path, {"pip.conf": f"[global]\n{text}\n"})
        monkeypatch.setenv("PIP_CONFIG_FILE", str(tmp_path / "pip.conf"))

    return configure


@pytest.fixture
def project(project: Path) -> Path:
    return write(project, {"src/requirements.txt": "tea\n"})


def version(project: Path) -> bytes:
    return contents(package(project))["tea/__init__.py"]


def test_the_index_of_pip_conf_is_asked(project, wheels, configured):
    wheel(wheels, "tea", "1.0")
    with serving(wheels) as address:
        configured(f"index-url = {address}")
        assert version(project) == b"version = '1.0'\n"


def test_the_best_version_of_all_indexes_is_taken_as_pip_does(project, wheels, configured, tmp_path):
    wheel(wheels, "tea", "1.0")
    wheel(tmp_path / "more", "tea", "2.0")
    with serving(wheels) as first, serving(tmp_path / "more") as second:
        configured(f"index-url = {first}\nextra-index-url = {second}")
        assert version(project) == b"version = '2.0'\n"


def test_links_alone_will_do(project, configured, tmp_path):
    wheel(tmp_path / "more", "tea", "3.0")
    configured(f"no-index = true\nfind-links = {tmp_path / 'more'}")
    assert version(project) == b"version = '3.0'\n"


def test_an_index_chosen_for_uv_wins(project, wheels, configured, monkeypatch, tmp_path):
    wheel(wheels, "tea", "1.0")
    wheel(tmp_path / "more", "tea", "2.0")
    with serving(wheels) as first, serving(tmp_path / "more") as second:
        configured(f"index-url = {second}")
        monkeypatch.setenv("UV_DEFAULT_INDEX", first)
        assert version(project) == b"version = '1.0'\n"


def test_a_certificate_of_the_companys_own_is_trusted_when_pip_does(project, wheels, configured, tmp_path):
    wheel(wheels, "tea", "1.0")
    certificate = self_signed(tmp_path)
    with serving(wheels, certificate) as address:
        configured(f"index-url = {address}")
        with pytest.raises(ApitoolError, match="package index can't be reached") as raised:
            package(project)
        assert "certificate" in raised.value.problems[0].seen
        configured(f"index-url = {address}\ncert = {certificate}")
        assert version(project) == b"version = '1.0'\n"


def self_signed(folder: Path) -> Path:
    """A PEM file with a key and a certificate for 127.0.0.1 that nobody else vouches for."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "index")])
    now = dt.datetime.now(dt.UTC)
    address = x509.IPAddress(ipaddress.ip_address("127.0.0.1"))
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([address]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem, plain = serialization.Encoding.PEM, serialization.NoEncryption()
    file = folder / "index.pem"
    file.write_bytes(
        key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain) + certificate.public_bytes(pem)
    )
    return file
