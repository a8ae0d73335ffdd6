"""All texts that readers see, Chinese and English side by side."""
