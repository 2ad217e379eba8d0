"""What the pages' tests share: a filled store, and the application on it."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "digest"))  # the digest's samples fill the store
