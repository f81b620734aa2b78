"""Pictures of the window: `python -m tests.shots` makes those of the README, `--all FOLDER` every view and state.

They are looked at before they land: baselines, equal gaps, no double borders, nothing clipped, no grey on grey.
"""
