"""The data dictionary: every input file's columns as data, from which checks, schemas and the page of the docs come."""
