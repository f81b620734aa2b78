"""Speed and memory, measured in one run against a floor on the same machine; never asserted in tests."""
