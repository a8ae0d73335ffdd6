"""All texts that readers see, Chinese and English beside each other."""
