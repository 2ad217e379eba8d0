"""Write the sample editions as mails that a browser can open: `mails.py FOLDER`, in Pantau's own environment."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "digest")]

from digest_samples import EDITIONS, busy, web_links  # noqa: E402

from processing.digest.render import render  # noqa: E402

SIZES = (3, 15, 60)
"""Stories of a thin, a usual and a full day."""


def main(folder: Path) -> None:
    """Render every sample edition, and days of three sizes, in both languages."""
    folder.mkdir(parents=True, exist_ok=True)
    for language in ("id", "en"):
        made = {name: make(language) for name, make in EDITIONS.items()}
        made |= {f"{stories}-stories": busy(language, stories) for stories in SIZES}
        for name, edition in made.items():
            (folder / f"{name}-{language}.html").write_text(render(edition, web_links(edition)).html, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
