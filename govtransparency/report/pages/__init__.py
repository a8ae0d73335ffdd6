"""Pages that are not part of the report: the profile of a unit and the monthly bulletin."""
