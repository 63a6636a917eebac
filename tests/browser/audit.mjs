// What axe finds on pages, how wide they are, what they ask for and which headings a jump leaves covered, by day
// and by night, on a desk and on a phone: node audit.mjs <chromium> <page> ... > JSON.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf-8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
// At night nothing but colours differs: what is asked of these alone is asked again.
const COLOURS = ["color-contrast", "link-in-text-block"];
const LOOKS = { light: { type: "tag", values: TAGS }, dark: { type: "rule", values: COLOURS } };
const [executablePath, ...pages] = process.argv.slice(2);

const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });

async function run(runOnly) {
  for (const part of document.querySelectorAll("details")) part.open = true;
  // What scrolls in them is known when they have been drawn.
  for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
  const { violations } = await axe.run({ runOnly, resultTypes: ["violations"], preload: false });
  const rules = violations.map((rule) => [rule.id, rule.nodes.length, rule.nodes[0].html.slice(0, 200)]);
  const overflow = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  return { rules, overflow };
}

// The headings that contents lead to, which then have something before them.
function jump() {
  const covered = [];
  for (const link of document.querySelectorAll('nav a[href^="#"]')) {
    const heading = document.getElementById(link.hash.slice(1));
    link.click();
    const { left, top } = heading.getBoundingClientRect();
    const seen = document.elementFromPoint(left + 2, top + 2);
    if (!seen || !(heading.contains(seen) || seen.contains(heading))) covered.push(link.hash);
  }
  return covered;
}

async function look(width) {
  // The pages allow no script; axe is one.
  const context = await browser.newContext({ bypassCSP: true, viewport: { width, height: 900 } });
  const tab = await context.newPage();
  let asked = [];
  tab.on("request", (request) => asked.push(request.url()));
  const found = [];
  for (const page of pages) {
    asked = [];
    await tab.goto(pathToFileURL(page).href);
    await tab.evaluate(AXE);
    for (const [scheme, rules] of Object.entries(LOOKS)) {
      await tab.emulateMedia({ colorScheme: scheme });
      const seen = await tab.evaluate(run, rules);
      // The first is the page itself; what is in it is asked of nobody.
      const elsewhere = asked.slice(1).filter((url) => !url.startsWith("data:"));
      found.push({ page, width, scheme, elsewhere, ...seen });
    }
    const covered = await tab.evaluate(jump);
    for (const one of found.slice(-2)) one.covered = covered;
  }
  await context.close();
  return found;
}

const found = await Promise.all([1280, 390].map(look));
await browser.close();
console.log(JSON.stringify(found.flat()));
