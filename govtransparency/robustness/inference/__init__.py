"""What errors of the scores imply for ranks: confidence sets, tiers, bootstrap."""
