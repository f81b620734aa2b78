"""The use cases: plain functions over a unit of work, without Qt and without SQL."""
