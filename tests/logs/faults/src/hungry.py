"""Over its memory: Lambda kills such a process, and Python may refuse to take so much before that.

Nothing on this machine holds a function to its memory, so the kill is its own.
"""

import os
import signal


def handler(event, _context):
    if event["resource"] == "/memory-error":
        bytearray(1 << 60)
    os.kill(os.getpid(), signal.SIGKILL)
