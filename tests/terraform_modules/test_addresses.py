"""Who updates the modules keeps what exists: an address that was once given leads to where the object is now.

`addresses.txt` has every resource and module call there ever was. One that goes needs a `moved` block there,
or `removed` where the object is left alone; else Terraform destroys the object and makes another.
"""

from __future__ import annotations

import re
from pathlib import Path

from tests.terraform_modules.copied import SOURCE

EVER = Path(__file__).with_name("addresses.txt")
BLOCK = re.compile(r'^resource "(\w+)" "(\w+)" \{|^module "(\w+)" \{', re.MULTILINE)
LEFT = re.compile(r"^(?:moved|removed) \{\n\s+from\s+= (\S+)$", re.MULTILINE)


def folders():
    return sorted(file.parent for file in SOURCE.glob("**/versions.tf") if "examples" not in file.parts)


def text_of(folder):
    return "\n".join(file.read_text() for file in sorted(folder.glob("*.tf")))


def declared(folder):
    return {
        f"{kind}.{name}" if kind else f"module.{call}" for kind, name, call in BLOCK.findall(text_of(folder))
    }


def ever():
    """Folder -> addresses."""
    found = {}
    for line in EVER.read_text().splitlines():
        folder, _, address = line.partition(" ")
        found.setdefault(folder, set()).add(address)
    return found


def test_every_address_is_on_record():
    now = {str(folder.relative_to(SOURCE)): declared(folder) for folder in folders()}
    assert sum(len(addresses) for addresses in now.values()) > 30
    new = sorted(
        f"{folder} {address}"
        for folder, addresses in now.items()
        for address in addresses - ever().get(folder, set())
    )
    assert new == [], f"add to {EVER.name}"


def test_an_address_that_is_gone_says_where_its_object_went():
    gone = [
        (folder, address)
        for folder, addresses in ever().items()
        for address in sorted(addresses - declared(SOURCE / folder))
        if address not in LEFT.findall(text_of(SOURCE / folder))
    ]
    assert gone == []
