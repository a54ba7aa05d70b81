"""Reads models/*.json and writes the C++ of src/api's generated half. Standard library only."""
