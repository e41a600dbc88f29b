// The site's settings: what is on it, in which order, and how it is searched.

import { existsSync, readFileSync } from "node:fs";
import { defineConfig } from "vitepress";

const page = (text, link) => ({ text, link });
const at = (path) => new URL(path, import.meta.url);

/** The reference's own list, written by TypeDoc before the site is built. */
const API = at("../api/typedoc-sidebar.json");
const reference = existsSync(API) ? JSON.parse(readFileSync(API, "utf8")) : [];

/** Made by rustdoc, beside the site's own pages. */
const CRATE = { ...page("The Rust crate", "/rust/refport_edge/index.html"), target: "_self" };

const START = [
  page("Choose your runtime", "/start/"),
  page("Cloudflare Workers", "/start/cloudflare-workers"),
  page("Next.js and Vercel", "/start/nextjs"),
  page("Node.js", "/start/node"),
  page("Deno", "/start/deno"),
  page("Bun", "/start/bun"),
  page("AWS Lambda", "/start/aws-lambda"),
  page("Frameworks", "/start/frameworks"),
];

const GUIDES = [
  page("Capture the click", "/capture"),
  page("Read the click ID", "/click-id"),
  page("Carry it through the checkout", "/checkout"),
  page("Report from a webhook", "/webhook"),
  page("Report in the background", "/background"),
  page("Queue what fails", "/outbox"),
  page("Test your code", "/testing"),
  page("Watch it run", "/observe"),
  page("Ask the doctor", "/doctor"),
  page("RefCampaign", "/refcampaign"),
  page("Dub", "/dub"),
  page("Tolt", "/tolt"),
  page("Coming from another SDK", "/migrate"),
];

const LOOK_UP = [
  page("Errors", "/errors"),
  page("What is sent again", "/retries"),
  page("Runtimes", "/runtimes"),
  page("Security and privacy", "/security"),
  page("Performance", "/performance"),
  page("How it works", "/how-it-works"),
  page("What the services document", "/parity"),
];

export default defineConfig({
  title: "refport-edge",
  description: "Referral-conversion tracking for edge runtimes.",
  lang: "en",
  head: [["link", { rel: "icon", type: "image/svg+xml", href: "/favicon.svg" }]],
  cleanUrls: true,
  srcExclude: ["examples/**", "recipes/**", "tools/**"],
  outDir: "../target/docs",
  cacheDir: "../target/xtask/vitepress",
  // Pages name files of the repository too; tools/links.mjs checks them.
  ignoreDeadLinks: false,
  vite: { server: { fs: { allow: [".."] } } },
  themeConfig: {
    search: { provider: "local" },
    outline: [2, 3],
    nav: [page("Start", "/start/"), page("Errors", "/errors"), page("Reference", "/api/")],
    sidebar: [
      { text: "Start", items: START },
      { text: "Guides", items: GUIDES },
      { text: "Look up", items: LOOK_UP },
      { text: "Reference", items: [page("All entries", "/api/"), ...reference, CRATE], collapsed: true },
    ],
  },
});
