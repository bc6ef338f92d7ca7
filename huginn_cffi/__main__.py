"""``python -m huginn_cffi``."""

import sys

from huginn_cffi.cli import main

sys.exit(main())
