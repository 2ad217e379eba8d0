"""`python -m crawlers.recorded --out DIR`: pack the recorded edition into WARC files."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from crawlers.recorded.edition import pack
from processing.errors import PantauError


def main() -> int:
    """Pack, and print one line a file; 1 where an article or a site is written wrongly."""
    parser = argparse.ArgumentParser(prog="python -m crawlers.recorded", description=__doc__)
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder for the WARC files")
    out: Path = parser.parse_args().out
    try:
        packed = pack(out)
    except PantauError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    for name, count in packed.items():
        sys.stdout.write(f"{out / name}: {count} responses\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
