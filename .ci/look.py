"""Look at mails and the demo in a real browser; a failed check is an error.

look.py OUTPUT_OF_DEMO FOLDER_FOR_PICTURES [FOLDER_OF_SAMPLE_MAILS]
"""

import re
import sys
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

DAGS = ("crawl", "process", "digest")
PHONE = 360
HEIGHTS = {640: 1150, PHONE: 720}
"""A desktop's and a phone's width, and how much of the mail the README shows of each."""

BROWSER = {
    "executable_path": "/usr/bin/chromium",
    "args": ["--no-sandbox", "--disable-quic", "--disable-background-networking", "--disable-component-update"],
}


NARROW = 320
"""The narrowest phone; nothing may be wider than its screen."""

FAULTS = """() => {
  const channel = (value) => { value /= 255; return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4; };
  const numbers = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const luminance = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
  const ground = (element) => {
    for (let one = element; one; one = one.parentElement) {
      const colour = numbers(getComputedStyle(one).backgroundColor);
      if (colour.length === 3 || colour[3] === 1) return colour;
    }
    return [255, 255, 255];
  };
  const faults = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const element = texts.currentNode.parentElement, style = getComputedStyle(element);
    if (!texts.currentNode.data.trim() || !element.getClientRects().length || element.closest(".bar, .preheader")) continue;
    const [light, dark] = [numbers(style.color), ground(element)].map(luminance).sort((a, b) => b - a);
    if ((light + 0.05) / (dark + 0.05) < 4.5) faults.push("contrast: " + texts.currentNode.data.trim().slice(0, 60));
    if (parseFloat(style.fontSize) < 13) faults.push("small: " + texts.currentNode.data.trim().slice(0, 60));
    if (element.closest("a") && !getComputedStyle(element.closest("a")).textDecorationLine.includes("underline"))
      faults.push("link: " + texts.currentNode.data.trim().slice(0, 60));
  }
  return faults;
}"""
"""Text that stands out too little from what is behind it, that is too small, and links that only their colour tells."""


def look_at_mail(browser: Browser, mail: Path, folder: Path, name: str = "digest") -> None:
    """Take a mail at desktop and phone width, light and dark; it must fit the screen and be readable as it is shown."""
    for width, height in {**HEIGHTS, NARROW: HEIGHTS[PHONE]}.items():
        for scheme in ("light", "dark"):
            page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)
            page.goto(mail.as_uri())
            across = page.evaluate("document.documentElement.scrollWidth")
            assert across <= width, f"{mail.name} is {across} pixels wide on a screen of {width}"
            assert page.locator("h1").count() == 1
            faults = page.evaluate(FAULTS)
            assert not faults, f"{mail.name}, {width} pixels, {scheme}: {faults}"
            if width != NARROW:
                page.screenshot(path=folder / f"{name}-{width}-{scheme}.png")
                page.screenshot(path=folder / f"whole-{name}-{width}-{scheme}.png", full_page=True)
            page.close()


def look_at_ui(browser: Browser, address: str, folder: Path) -> None:
    """Take the list of DAGs and one run of the crawl; every DAG and the outlets' names are there."""
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(f"{address}/dags")
    for dag in DAGS:
        page.get_by_role("link", name=dag, exact=True).first.wait_for(timeout=30_000)
    page.wait_for_timeout(2_000)
    page.screenshot(path=folder / "ui-dags.png")
    page.goto(f"{address}/dags/crawl/runs")
    page.locator("a[href*='/dags/crawl/runs/']").first.click()
    page.get_by_text("kontan").first.wait_for(timeout=30_000)
    page.wait_for_timeout(2_000)
    page.screenshot(path=folder / "ui-crawl.png")
    page.close()


def look_at_pages(browser: Browser, address: str, folder: Path) -> None:
    """Take the operator's pages inside Airflow's UI, and on a phone, where nothing may be wider than the screen."""
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(f"{address}/plugin/pantau")
    frame = page.frame_locator("iframe")
    frame.get_by_role("heading", name="Sources", level=1).wait_for(timeout=30_000)
    page.screenshot(path=folder / "ui-sources.png")
    frame.get_by_role("link", name="Why is it not in the digest?").click()
    frame.get_by_label("The article's address").fill("https://outlet.example/never-listed")
    frame.get_by_role("button").click()
    frame.get_by_text("It was never asked for").wait_for()
    page.close()
    page = browser.new_page(viewport={"width": PHONE, "height": 740}, color_scheme="dark")
    for path in ("", "road", "fates", "post"):
        page.goto(f"{address}/pantau/{path}")
        across = page.evaluate("document.documentElement.scrollWidth")
        assert across <= PHONE, f"/pantau/{path} is {across} pixels wide on a phone"
    page.close()


def main(output: Path, folder: Path, samples: Path | None = None) -> None:
    """Look at the last digest, at the sample mails and at the UI."""
    told = output.read_text()
    mails = re.findall(r"^(/.*\.html)$", told, re.MULTILINE)
    address = re.findall(r"http://127\.0\.0\.1:\d+", told)[-1]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**BROWSER)
        look_at_mail(browser, Path(mails[-1]), folder)
        for mail in sorted(samples.glob("*.html")) if samples else ():
            look_at_mail(browser, mail, folder, mail.stem)
        look_at_ui(browser, address, folder)
        look_at_pages(browser, address, folder)
        browser.close()


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
