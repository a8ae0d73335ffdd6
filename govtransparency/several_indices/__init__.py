"""Whether several indices agree on the countries that they share."""
