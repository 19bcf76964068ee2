"""`python -m cleaner.training`."""

import sys

from cleaner.training.command import main

sys.exit(main())
