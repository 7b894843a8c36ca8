"""Answers by the resource that was called: every wrong answer there is a rule for, and a good one."""

import logging
import os
import time

_LOGGER = logging.getLogger(__name__)


def handler(event, _context):
    name = event["resource"].removeprefix("/")
    _LOGGER.warning("called: %s", name)
    if name in _ANSWERS:
        return _ANSWERS[name]
    return _DEEDS.get(name, _good)()


def _good():
    return {"statusCode": 200, "body": "{}"}


def _raise():
    raise ValueError("no such order")


def _sleep():
    time.sleep(1)
    return _good()


_ANSWERS = {
    "body-object": {"statusCode": 200, "body": {"id": 1}},
    "unknown-key": {"statusCode": 200, "body": "", "cookies": ["a=b"]},
    "bad-status": {"statusCode": "fine", "body": ""},
    "headers-list": {"statusCode": 200, "headers": ["a"], "body": ""},
    "bad-base64": {"statusCode": 200, "isBase64Encoded": True, "body": "not base64!"},
    "long-body": {"statusCode": 200, "body": {"text": "x" * 5_000}},
    "text": "just text",
    "unserialisable": {"statusCode": 200, "body": {1, 2}},
    "own-500": {"statusCode": 500, "body": '{"error": "database"}'},
    "own-404": {"statusCode": 404, "body": '{"error": "no such order"}'},
}
_DEEDS = {"raise": _raise, "exit": lambda: os._exit(3), "slow": _sleep}
