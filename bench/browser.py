"""The same turn in a real Chromium: from the key press until the reply stands in the page."""

import shutil
from typing import Any

from bench.figures import percentile
from bench.product import Product
from bench.questions import QUESTIONS

# resolves with milliseconds from the click until an element of the assistant is added to the list
ASK = """(text) => new Promise((done, fail) => {
  setTimeout(() => fail(new Error("no answer: " + text)), 15000);
  const list = document.getElementById("log"), field = document.querySelector("textarea");
  const before = list.querySelectorAll(".from-assistant").length;
  const seen = new MutationObserver(() => {
    if (list.querySelectorAll(".from-assistant").length <= before) return;
    seen.disconnect();
    done(performance.now() - begun);
  });
  seen.observe(list, { childList: true, subtree: true });
  field.value = text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  const begun = performance.now();
  field.form.requestSubmit();
})"""


def turns_in_browser(product: Product, count: int) -> dict[str, Any]:
    """Ask `count` questions one after the other in the panel; milliseconds until each answer is in the DOM."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = shutil.which("chromium") or shutil.which("chromium-browser")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        page.goto(f"{product.url}/widget/panel?inbox={product.inbox()}&language=en")
        page.locator("textarea").wait_for()
        texts = QUESTIONS["en"]
        took = [page.evaluate(ASK, texts[number % len(texts)]) for number in range(count)]
        browser.close()
    return {"turns": count, "p50": percentile(took, 50), "p95": percentile(took, 95)}
