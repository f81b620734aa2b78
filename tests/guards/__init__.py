"""What makes a test fail although its own assertions hold: leaks, log warnings, forbidden I/O.

Each module is a pytest plugin, loaded by `tests/conftest.py`; `tests/test_guards.py` proves that
each of them bites.
"""
