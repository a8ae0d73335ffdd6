"""Run the notebooks, build the reports, compare them with a rebuild and with the reference."""
