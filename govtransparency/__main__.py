"""`python -m govtransparency` is the command line."""

import sys

from govtransparency.cli import main

if __name__ == "__main__":
    sys.exit(main())
