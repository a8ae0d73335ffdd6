"""Monte Carlo: design, draws, rank counts, uncertainty and sensitivity analysis."""
