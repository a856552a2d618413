"""`python -m linegate_train`."""

import os

# Threads that spin while they wait take the core from everybody else; it must be set before torch is loaded.
os.environ.setdefault("OMP_WAIT_POLICY", "passive")

from .cli import main  # noqa: E402

raise SystemExit(main())
