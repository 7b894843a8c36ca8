"""What a plan makes: from its events, and with names from its JSON."""

from __future__ import annotations

from pathlib import Path

from apitool.terraform import plan_objects
from apitool.terraform.events import PlannedChange, Resource
from apitool.terraform.plan import Plan


def change(address, actions, **more):
    kind = address.rpartition(".")[0].rpartition(".")[2]
    return {"address": address, "type": kind, "change": {"actions": actions, "after": {"name": "x"}, **more}}


def test_only_what_is_made_and_not_imported_is_to_be_created():
    details = {
        "resource_changes": [
            change("module.a.aws_iam_role.this", ["create"]),
            change("aws_iam_role.imported", ["create"], importing={"id": "x"}),
            change("aws_iam_role.same", ["no-op"]),
            change("aws_iam_role.anew", ["delete", "create"]),
        ]
    }
    (found,) = plan_objects.to_create(details)
    assert (found.address, found.type, found.values) == (
        "module.a.aws_iam_role.this",
        "aws_iam_role",
        {"name": "x"},
    )
    assert list(plan_objects.to_create({})) == []


def test_a_replacement_creates_too():
    def plan(action):
        resource = Resource("aws_x.y", "aws_x", "y")
        return Plan(Path("p"), "", has_changes=True, changes=(PlannedChange(resource, action),))

    assert plan_objects.creates(plan("create"), "aws_x")
    assert plan_objects.creates(plan("replace"), "aws_x")
    assert not plan_objects.creates(plan("update"), "aws_x")
    assert not plan_objects.creates(plan("create"), "aws_y")
