import time


def handler(_event, _context):
    time.sleep(20)
