"""`python -m apitool`."""

from apitool.entry import run

if __name__ == "__main__":
    run()
