// Dead links: of the built site, and of the repository's own pages.
//
// In: the site's folder. Out: what is dead, and how many links there were. A link within is followed, its anchor too; one to
// another host is held to its form alone, since a test run may have no network.
// Not its job: the reference that rustdoc makes (it checks its own links while it builds).

import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { parse } from "parse5";

/** What a link to another host may look like. */
const ELSEWHERE = /^(?:https:\/\/[a-z0-9-]+(?:\.[a-z0-9-]+)+(?::\d+)?(?:\/\S*)?|mailto:\S+@\S+|http:\/\/127\.0\.0\.1(?::\d+)?\/?)$/;

/** Every link of the site: `{ count, pages, dead }`. */
export function linksOfSite(site) {
  const files = filesBelow(site).filter((file) => file.endsWith(".html") && !relative(site, file).startsWith("rust/"));
  const pages = new Map(files.map((file) => [file, readHtml(readFileSync(file, "utf8"))]));
  const dead = [];
  let count = 0;
  for (const [file, { links }] of pages) {
    for (const link of links) {
      count += 1;
      const why = complaintAbout(link, file, site, pages);
      if (why) dead.push(`${relative(site, file)}: ${link} ${why}`);
    }
  }
  return { count, pages: pages.size, dead };
}

/** Every link of a page of the repository that is read outside the site. */
export function linksOfMarkdown(root, file, text = readFileSync(join(root, file), "utf8")) {
  const links = [...text.replace(/```[\s\S]*?```|`[^`\n]*`/g, "").matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => link);
  const dead = links.filter((link) => {
    if (/^[a-z]+:/.test(link)) return !ELSEWHERE.test(link);
    const [path, anchor] = link.split("#");
    const target = path === "" ? join(root, file) : resolve(root, dirname(file), path);
    return !existsSync(target) || (anchor !== undefined && !anchorsOf(target).has(anchor));
  });
  return { count: links.length, dead: dead.map((link) => `${file}: ${link} leads nowhere`) };
}

/** The anchors that a page names itself, and those that its headings get. */
function anchorsOf(file) {
  if (statSync(file).isDirectory()) return new Set();
  const headings = [...readFileSync(file, "utf8").matchAll(/^#+ (.*?)(?: \{#([\w-]+)\})?$/gm)];
  return new Set(headings.map(([, text, own]) => own ?? text.toLowerCase().replace(/[^\w\s-]/g, "").replace(/\s+/g, "-")));
}

function complaintAbout(link, from, site, pages) {
  if (/^[a-z]+:/i.test(link)) return ELSEWHERE.test(link) || link.startsWith("data:") ? undefined : "is no address";
  const [path, anchor] = link.split("#");
  const target = path === "" ? from : fileOf(path.startsWith("/") ? join(site, path) : resolve(dirname(from), path));
  if (target === undefined) return "leads nowhere";
  const page = pages.get(target);
  if (anchor && page && !page.ids.has(decodeURIComponent(anchor))) return "has no such anchor";
}

/** The file that a static host answers with. */
function fileOf(path) {
  const plain = decodeURIComponent(path.split("?")[0]).replace(/\/$/, "/index.html");
  return [plain, `${plain}.html`, `${plain}/index.html`].find((file) => existsSync(file) && statSync(file).isFile());
}

/** The links and anchors of a page. */
function readHtml(html) {
  const found = { links: [], ids: new Set() };
  const visit = (node) => {
    for (const { name, value } of node.attrs ?? []) {
      if (name === "id") found.ids.add(value);
      if ((name === "href" || name === "src") && value !== "") found.links.push(value);
    }
    node.childNodes?.forEach(visit);
  };
  visit(parse(html));
  return found;
}

function filesBelow(dir) {
  return readdirSync(dir, { withFileTypes: true }).flatMap((entry) => {
    const path = join(dir, entry.name);
    return entry.isDirectory() ? filesBelow(path) : [path];
  });
}
