"""What Sphinx needs beyond its own extensions to write the documentation: `docs/conf.py` names them."""
