"""Faults, kills and hostile input against the real services: `./dev faults`; docs/decisions/0092 says how it works."""
