"""What a browser gets that does not know what the style sheet rests on: every word, with nothing folded for good."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from browsing import Open, colour_violations

pytestmark = [pytest.mark.browser, pytest.mark.slow]

MISSING = ":has(", "::details-content", "subgrid", "light-dark("
"""What browsers of 2023 do not know: docs/contributing/reader-tools.md."""
FORGET = """missing => {
    const knows = text => !missing.some(one => text.includes(one));
    const forget = rules => [...rules.cssRules].map((rule, at) => [rule, at]).reverse().forEach(([rule, at]) => {
        const condition = rule instanceof CSSSupportsRule && rule.conditionText;
        if (condition && /^not/.test(condition)) {
            [...rule.cssRules].forEach(one => rules.insertRule(one.cssText, at + 1));
            rules.deleteRule(at);
        } else if (condition && !knows(condition) || rule.selectorText && !knows(rule.selectorText)) rules.deleteRule(at);
        else if (rule.cssRules) {
            for (const name of [...rule.style ?? []]) {
                const value = rule.style.getPropertyValue(name);
                if (knows(value)) continue;
                if (name.startsWith("--")) rule.style.setProperty(name, value.replaceAll("light-dark(", "unknown("));
                else rule.style.removeProperty(name);
            }
            if (!knows("&") && rule instanceof CSSStyleRule) while (rule.cssRules.length) rule.deleteRule(0);
            else forget(rule);
        }
    });
    for (const sheet of document.styleSheets) if (sheet.href?.includes("versus")) forget(sheet);
}"""
"""Takes out of a page what a browser ignores: rules with unknown selectors, declarations, conditions, nested rules."""
UNSEEN = """() => {
    const walker = document.createTreeWalker(document.querySelector(".vs-page"), NodeFilter.SHOW_TEXT);
    const unseen = [];
    for (let node; (node = walker.nextNode()); ) {
        const holder = node.parentElement;
        const isMeant = holder.closest("[hidden]:not(.vs-note), .vs-hid, .vs-who, .headerlink, option, script");
        const isFolded = holder.closest("details:not([open]) > :not(summary)");
        const isSeen = holder.checkVisibility({contentVisibilityAuto: true, visibilityProperty: true, opacityProperty: true});
        if (node.data.trim() && !isMeant && !isFolded && !isSeen) unseen.push(node.data.trim());
    }
    return unseen;
}"""
"""The words of a page that are not seen, without those that a click on a native control shows."""


LOST = """() => [...document.querySelectorAll(".vs-page *")].filter(one => {
    const behind = node => node && (/^rgba.* 0\\)$/.test(getComputedStyle(node).backgroundColor) ? behind(node.parentElement) : node);
    const holder = behind(one);
    return one.innerText?.trim() && holder && getComputedStyle(one).color === getComputedStyle(holder).backgroundColor;
}).map(one => one.outerHTML.slice(0, 80))"""
"""What has words in the colour of what is behind them; to the rule of axe that is no failure but a question."""


def older(page: Page, *missing: str) -> Page:
    """A page as a browser shows it that does not know some things."""
    page.evaluate(FORGET, missing)
    return page


@pytest.mark.parametrize("script", [True, False], ids=["script", "none"])
@pytest.mark.parametrize("name", ["comparisons/django-vs-flask", "technologies/flask", "misconceptions"])
def test_every_word_is_seen(open_page: Open, name: str, script: bool) -> None:
    page = older(open_page(name, java_script_enabled=script), *MISSING)
    assert page.evaluate(UNSEEN) == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    older(page, "&")  # nor nested rules
    assert page.evaluate(UNSEEN) == []


def test_words_stand_out_from_what_is_behind_them(open_page: Open) -> None:
    page = open_page("comparisons/django-vs-flask?true=a1")
    for missing in (["light-dark("], MISSING):
        older(page, *missing)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            assert page.evaluate(LOST) == []
            found = colour_violations(page, ".vs-page")
            assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == [], (scheme, missing)


def test_reasons_are_counted_as_ever(open_page: Open) -> None:
    page = older(open_page("comparisons/django-vs-flask"), *MISSING)
    page.locator("[value=a1]").check()
    assert "Leans towards Django" in page.locator(".vs-result").inner_text()
