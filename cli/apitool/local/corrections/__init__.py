"""moto's server, corrected where it departs from AWS in a way this project can see.

Each file corrects one thing; each correction names the method it replaces and the reason. Nothing else of
moto's is touched. `tests/local/corrections/` has a test for each that fails without it.
"""
