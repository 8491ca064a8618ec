"""`python -m schakel.cli` is `schakel`."""

import sys

from schakel.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
