"""A headless Chromium that watches the page: requests to elsewhere, console messages, axe violations, clipped text."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, Request, expect, sync_playwright

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
SIZES = {"phone": (390, 844), "tablet": (768, 1024), "desk": (1440, 900)}
AXE = Path(__file__).resolve().parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"
PAGES = Path(__file__).resolve().parents[2] / "web" / "dist" / "citizen" / "index.html"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]


def missing() -> str | None:
    """What a browser test lacks here, and how to get it; None where all is there."""
    if chromium() is None:
        return "No Chromium: `apt-get install chromium` (Debian), then run again."
    if not PAGES.is_file() or not AXE.is_file():
        return "The page is not built: `cd web && npm ci && npm run build`, then run again."
    return None


def chromium() -> str | None:
    """Where the browser is."""
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@contextmanager
def a_browser() -> Iterator[Browser]:
    """One browser for many pages. What is expected of a page may come late on a busy machine, but has to come."""
    expect.set_options(timeout=20_000)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


class Visit:
    """One person's visit: a page of its own, and what was noticed on it."""

    def __init__(self, browser: Browser, base: str, **context: Any) -> None:
        self.base = base
        self.context = browser.new_context(**{"viewport": {"width": 390, "height": 844}, **context})
        self.page: Page = self.context.new_page()
        self.outside: list[str] = []
        self.console: list[str] = []
        self.page.on("request", self._note_request)
        self.page.on("console", lambda m: self.console.append(f"{m.type}: {m.text}"))
        self.page.on("pageerror", lambda e: self.console.append(f"error: {e}"))

    def open(self, address: str = "/") -> Page:
        """Go to an address of the product and wait until the page is there."""
        self.page.goto(self.base + address)
        self.page.wait_for_selector("#question")
        return self.page

    def ask(self, text: str, until: str = "[data-phase=done]") -> None:
        """Write a question, send it with Enter, wait for what should come."""
        self.page.fill("#question", text)
        self.page.press("#question", "Enter")
        self.page.wait_for_selector(f".turn:last-of-type{until}" if until.startswith("[") else until)

    def violations(self) -> list[str]:
        """What axe finds on the page as it is: rule and element, one line each."""
        options = json.dumps({"runOnly": {"type": "tag", "values": TAGS}, "rules": {"target-size": {"enabled": True}}})
        self.page.evaluate(AXE.read_text(encoding="utf-8"))
        # The head and the place to write stick to the edges and cover what scrolls below them. Axe takes a button that
        # is half covered for one that is too small, so both stand in the flow while it looks.
        stuck = ".head, .case-strip, .composer, .line-note"
        pinned = f"document.querySelectorAll('{stuck}').forEach(e => e.style.position = '{{}}')"
        self.page.evaluate(pinned.format("static"))
        found = self.page.evaluate(f"axe.run(document, {options}).then(r => r.violations)")
        self.page.evaluate(pinned.format(""))
        return [
            f"{violation['id']}: {node['html'][:160]} | {node['failureSummary'][:200]}"
            for violation in found
            for node in violation["nodes"]
        ]

    def overflow(self) -> list[str]:
        """Elements that stick out of the page sideways, or whose text is cut without an ellipsis."""
        found: list[str] = self.page.evaluate(
            """() => {
              const width = document.documentElement.clientWidth, found = [];
              for (const e of document.querySelectorAll('body *')) {
                const style = getComputedStyle(e), box = e.getBoundingClientRect();
                if (!box.width || style.visibility === 'hidden') continue;
                if (e.closest('.sr-only, .skip, svg, .marked-photo')) continue;
                const name = e.tagName + '.' + (e.getAttribute('class') ?? '') + ' ' + e.textContent.slice(0, 30);
                if (box.right > width + 1 || box.left < -1) found.push('outside: ' + name);
                const cut = e.scrollWidth > e.clientWidth + 1 && style.overflowX === 'hidden';
                if (cut && style.textOverflow !== 'ellipsis') found.push('cut: ' + name);
              }
              return found;
            }"""
        )
        return found

    def close(self) -> None:
        """End the visit."""
        self.context.close()

    def _note_request(self, request: Request) -> None:
        if not request.url.startswith((self.base, "data:", "blob:")):
            self.outside.append(request.url)
