"""The reader's pages in a real browser: `pages.py OUTPUT_OF_DEMO FOLDER_FOR_PICTURES`; a failed check is an error.

Every page is looked at by axe-core, at phone and desktop width, by day and by night; then the pages are used by keyboard
alone, in a browser that runs no scripts.
"""

import re
import sys
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright

WIDTHS = {1280: 800, 360: 740}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
BAD = {"serious", "critical"}

BROWSER = {
    "executable_path": "/usr/bin/chromium",
    "args": ["--no-sandbox", "--disable-quic", "--disable-background-networking", "--disable-component-update"],
}


def told(output: Path) -> tuple[str, dict[str, str]]:
    """Give where the pages are, and a page of each kind: those that the last mail leads to, and what they lead to."""
    text = output.read_text()
    base = re.findall(r"reader's pages are at (http://127\.0\.0\.1:\d+)", text)[-1]
    mail = Path(re.findall(r"^(/.*\.html)$", text, re.MULTILINE)[-1]).read_text()
    links = {path.split("/")[1] + str(path.count("/")): path for path in re.findall(rf'{base}(/[^"]+)"', mail)}
    return base, {
        "front": "/",
        "archive": links["editions2"],
        "edition": links["editions3"],
        "story": "/stories/1",
        "search": "/search?q=kapal",
        "nothing": "/search?q=tidakadakatasepertiini",
        "feeds": "/feeds",
        "privacy": "/privacy",
        "link": "/link",
        "missing": "/editions/nobody",
        "reader": links["reader2"],
        "unsubscribe": links["unsubscribe2"],
    }


def look(browser: Browser, base: str, pages: dict[str, str], folder: Path) -> None:
    """Take every page at both widths, light and dark: nothing is wider than the screen, and axe-core finds nothing bad."""
    found = []
    for width, height in WIDTHS.items():
        for scheme in ("light", "dark"):
            page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)
            refused: list[str] = []
            page.on("console", lambda message, refused=refused: refused.append(message.text))
            for name, path in pages.items():
                answer = page.goto(base + path)
                assert answer.status == (404 if name == "missing" else 200), f"{path} is answered by {answer.status}"
                across = page.evaluate("document.documentElement.scrollWidth")
                assert across <= width, f"{path} is {across} pixels wide on a screen of {width}"
                found += [f"{name} {width} {scheme}: {line}" for line in violations(page)]
                page.screenshot(path=folder / f"pages-{name}-{width}-{scheme}.png", full_page=True)
            blocked = [line for line in refused if "Content Security Policy" in line]
            assert not blocked, blocked
            page.close()
    assert not found, "\n".join(found)


def violations(page: Page) -> list[str]:
    """Give what axe-core finds that is serious or worse, a line each."""
    result = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}}).response
    assert result["passes"], "axe-core has looked at nothing"
    return [
        f"{one['id']} ({one['impact']}) at {node['target']}"
        for one in result["violations"]
        if one["impact"] in BAD
        for node in one["nodes"]
    ]


def tab_to(page: Page, selector: str, most: int = 120) -> None:
    """Press Tab until an element has the focus, and see that the focus is visible on every stop."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            continue
        style = page.evaluate(
            "(({outlineStyle, outlineWidth}) => `${outlineStyle} ${outlineWidth}`)(getComputedStyle(document.activeElement))"
        )
        assert style.startswith(("solid", "auto")), f"the focus cannot be seen on {page.url}: {style}"
        if page.locator(f"{selector}:focus").count():
            return
    raise AssertionError(f"{selector} is not reached by Tab on {page.url}")


def by_keyboard(browser: Browser, base: str, pages: dict[str, str]) -> None:
    """Skip to the content, search, change a choice, and unsubscribe, without a mouse and without scripts."""
    page = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 800}).new_page()
    page.goto(base + pages["front"])
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    expect(page.locator(".skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.locator("main :focus").count() == 1, "the skip link leads into the content"
    order(page, base + pages["edition"])

    page.goto(base + "/search")
    tab_to(page, "#q")
    page.keyboard.type("kapal")
    page.keyboard.press("Enter")
    expect(page.locator(".results li").first).to_be_visible()

    page.goto(base + pages["reader"])
    tab_to(page, "input[name=topics][value=peacekeeping]")
    page.keyboard.press("Space")
    tab_to(page, "form[action*='/choice'] button")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_be_visible()
    expect(page.locator("input[name=topics][value=peacekeeping]")).to_be_checked()

    page.goto(base + pages["unsubscribe"])
    tab_to(page, "form[action*='/unsubscribe'] button")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_be_visible()
    page.goto(base + pages["reader"])
    assert page.locator("input[name=topics]").count() == 0, "who has unsubscribed has nothing to choose"


def order(page: Page, address: str) -> None:
    """See that Tab goes through every link and field once, in the order in which they stand."""
    page.goto(address)
    wanted = page.locator("a[href], button, input, select").count()
    places = []
    for _ in range(wanted):
        page.keyboard.press("Tab")
        places.append(
            page.evaluate(
                "[...document.querySelectorAll('a[href], button, input, select')].indexOf(document.activeElement)"
            )
        )
    assert places == list(range(wanted)), f"Tab leaves the order of {address}: {places}"


def main(output: Path, folder: Path) -> None:
    """Look at the pages, then use them."""
    base, pages = told(output)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**BROWSER)
        look(browser, base, pages, folder)
        by_keyboard(browser, base, pages)
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
