"""`python -m apitool.local FOLDER REGION CONTROL_FD GATEWAY_FD READY_FD`: becomes the background process.

Run by `starting.py` only. The two sockets listen already; READY_FD is a pipe for its pid and `ready`.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path


def main(arguments: list[str]) -> None:
    folder, region, *descriptors = arguments
    # The starter waits for this first process only. The second is nobody's child, so that it leaves no zombie
    # when it ends, and a session leader, so that a closed terminal and Ctrl-C don't reach it.
    if os.fork():
        os._exit(0)
    os.setsid()
    os.umask(0o077)

    # after the fork: threads and moto's imports don't fork
    from apitool.local.spared_imports import spare  # noqa: PLC0415

    spare()
    from apitool.local.process import run  # noqa: PLC0415

    control, gateway, ready = (int(number) for number in descriptors)
    run(Path(folder), region, control_fd=control, gateway_fd=gateway, ready_fd=ready)


if __name__ == "__main__":
    main(sys.argv[1:])
