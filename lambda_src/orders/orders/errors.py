"""What can be wrong with a request.

OrdersError
├── InvalidRequestError        400
├── OrderNotFoundError         404
├── MethodNotAllowedError      405, with `Allow`
└── UnsupportedMediaTypeError  415

`message` goes to the client, so it holds the client's own words at most, never the service's internals.
"""

from __future__ import annotations

from typing import ClassVar


class OrdersError(Exception):
    """A request that can't be served, for a reason the client can understand."""

    status: ClassVar[int]

    def __init__(self, message: str, headers: dict[str, str] | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.headers = headers or {}


class InvalidRequestError(OrdersError):
    """Body or query say something this API doesn't take."""

    status = 400


class OrderNotFoundError(OrdersError):
    """There is no such order, or none any more."""

    status = 404

    def __init__(self) -> None:
        super().__init__("no such order")


class MethodNotAllowedError(OrdersError):
    """The resource exists and doesn't have this method."""

    status = 405

    def __init__(self, allowed: tuple[str, ...]) -> None:
        super().__init__("method not allowed", {"Allow": ", ".join(sorted(allowed))})


class UnsupportedMediaTypeError(OrdersError):
    """The body is labelled as something other than JSON."""

    status = 415
