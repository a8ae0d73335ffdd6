"""Write the simulated sheets and the editions of totals below data/raw: `make data` does it."""
