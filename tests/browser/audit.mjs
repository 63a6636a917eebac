// What axe finds on pages, and how wide they are: node audit.mjs <chromium> <page> ... > JSON.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf-8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const [executablePath, ...pages] = process.argv.slice(2);

const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
const found = [];
for (const width of [1280, 390]) {
  // The pages allow no script; axe is one.
  const context = await browser.newContext({ bypassCSP: true, viewport: { width, height: 900 } });
  const tab = await context.newPage();
  for (const page of pages) {
    await tab.goto(pathToFileURL(page).href);
    await tab.evaluate(AXE);
    found.push(
      await tab.evaluate(
        async ({ page, width, tags }) => {
          for (const part of document.querySelectorAll("details")) part.open = true;
          // What scrolls in them is known when they have been drawn.
          for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
          const { violations } = await axe.run({ runOnly: tags });
          const rules = violations.map((rule) => [rule.id, rule.nodes.length, rule.nodes[0].html.slice(0, 200)]);
          const overflow = document.documentElement.scrollWidth - document.documentElement.clientWidth;
          return { page, width, rules, overflow };
        },
        { page, width, tags: TAGS },
      ),
    );
  }
  await context.close();
}
await browser.close();
console.log(JSON.stringify(found));
