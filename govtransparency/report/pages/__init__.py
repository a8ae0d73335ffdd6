"""Pages beside the report: the profile of a unit and the monthly bulletin."""
