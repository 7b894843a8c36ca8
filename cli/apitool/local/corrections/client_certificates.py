"""Client certificates, which moto does not know: self-signed, for a year, as AWS makes them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from moto.apigateway.responses import APIGatewayResponse
from moto.apigateway.urls import url_paths

from apitool.local.corrections import refusals
from apitool.local.corrections.correction import correction
from apitool.local.corrections.identifiers import short
from apitool.local.corrections.patches import asked_of, replacements

if TYPE_CHECKING:
    from collections.abc import Callable

    from moto.apigateway.models import APIGatewayBackend

_YEAR = timedelta(days=365)
for _path in ("", "/(?P<client_certificate_id>[^/]+)"):
    url_paths.setdefault(f"{{0}}/clientcertificates{_path}/?$", APIGatewayResponse.dispatch)


@dataclass(slots=True)
class ClientCertificate:
    id: str
    description: str | None
    tags: dict[str, str]
    created: datetime
    pem: str

    def to_json(self) -> dict[str, Any]:
        shown = {
            "clientCertificateId": self.id,
            "description": self.description or None,
            "pemEncodedCertificate": self.pem,
            "createdDate": int(self.created.timestamp()),
            "expirationDate": int((self.created + _YEAR).timestamp()),
            "tags": self.tags or None,
        }
        return {key: value for key, value in shown.items() if value is not None}


@correction(APIGatewayResponse, "generate_client_certificate", "moto has no client certificates")
def generate(
    _original: Callable[..., Any] | None, response: APIGatewayResponse
) -> tuple[int, dict[str, int], str]:
    asked = json.loads(response.body or "{}")
    now = datetime.now(UTC)
    made = ClientCertificate(
        short(), asked.get("description"), asked.get("tags") or {}, now, _pem(now.date())
    )
    _all(response.backend)[made.id] = made
    return 201, {"status": 201}, json.dumps(made.to_json())


@correction(APIGatewayResponse, "get_client_certificate", "moto has no client certificates")
def get_one(_original: Callable[..., Any] | None, response: APIGatewayResponse) -> str:
    return json.dumps(_named(response).to_json())


@correction(APIGatewayResponse, "get_client_certificates", "moto has no client certificates")
def get_all(_original: Callable[..., Any] | None, response: APIGatewayResponse) -> str:
    return json.dumps({"item": [each.to_json() for each in _all(response.backend).values()]})


@correction(APIGatewayResponse, "update_client_certificate", "moto has no client certificates")
def update(_original: Callable[..., Any] | None, response: APIGatewayResponse) -> str:
    certificate = _named(response)
    changed = replacements(asked_of(response), ("/description",))
    certificate.description = changed.get("/description", certificate.description)
    return json.dumps(certificate.to_json())


@correction(APIGatewayResponse, "delete_client_certificate", "moto has no client certificates")
def delete(
    _original: Callable[..., Any] | None, response: APIGatewayResponse
) -> tuple[int, dict[str, int], str]:
    del _all(response.backend)[_named(response).id]
    return 202, {"status": 202}, "{}"


def get(backend: APIGatewayBackend, certificate_id: str) -> ClientCertificate:
    if certificate_id not in _all(backend):
        raise refusals.NotFound(refusals.INVALID_CERTIFICATE)
    return _all(backend)[certificate_id]


def _named(response: APIGatewayResponse) -> ClientCertificate:
    return get(response.backend, response.path.rstrip("/").rpartition("/")[2])


def _all(backend: APIGatewayBackend) -> dict[str, ClientCertificate]:
    """Kept in moto's own object, so that they go when its state goes."""
    kept: dict[str, ClientCertificate] = vars(backend).setdefault("client_certificates", {})
    return kept


@cache
def _pem(day: object) -> str:
    """One of a day for all: a key takes a tenth of a second, and the gateway shows it to nobody."""
    from cryptography import x509  # noqa: PLC0415 - 0.1 s that hardly anybody needs
    from cryptography.hazmat.primitives import hashes, serialization  # noqa: PLC0415 - as above
    from cryptography.hazmat.primitives.asymmetric import rsa  # noqa: PLC0415 - as above

    del day
    key = rsa.generate_private_key(public_exponent=65_537, key_size=2048)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "ApiGateway")])
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder(
        name, name, key.public_key(), x509.random_serial_number(), now, now + _YEAR
    )
    return builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM).decode()


CORRECTIONS = (generate, get_one, get_all, update, delete)
