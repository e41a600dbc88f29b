// SvelteKit 3: the event of its hooks, endpoints and load functions, from a small app that Vite builds.

import { mkdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";
import { cookies, url } from "./look.mjs";
import { webRequest } from "./serve.mjs";

const APP = join(import.meta.dirname, "sveltekit-app");

const FILES = {
  "package.json": `{ "name": "shop", "private": true, "type": "module" }`,
  "vite.config.js": `
import { sveltekit } from "@sveltejs/kit/vite";
export default { logLevel: "silent", plugins: [sveltekit({ compilerOptions: {} })] };
`,
  "src/app.html": "<!doctype html><html><head>%sveltekit.head%</head><body>%sveltekit.body%</body></html>",
  "src/hooks.server.js": `
export async function handle({ event, resolve }) {
  await globalThis.seeEvent("handle's", event);
  return resolve(event);
}`,
  "src/routes/[...any]/+server.js": `
const answer = async (event) => (await globalThis.seeEvent("endpoint's", event), new Response("ok"));
export { answer as GET, answer as POST };
`,
};

export default {
  name: "SvelteKit 3",
  hooks: { "endpoint's event": "/hook", "endpoint's event.request": "/hook" },
  async start(look) {
    globalThis.seeEvent = (whose, event) => look(shapesOf(whose, event));
    const respond = await build();
    return {
      async send(request) {
        const response = await respond(webRequest(request));
        if (response.status !== 200) throw new Error(`it answered ${response.status}: ${await response.text()}`);
      },
    };
  },
};

function shapesOf(whose, event) {
  const { request } = event;
  return {
    [`${whose} event`]: event, [`${whose} event.request`]: request,
    ...(whose === "endpoint's" && request.method === "GET" && {
      "event.cookies": cookies(event.cookies), "event.request.headers": cookies(request.headers), "event.url": url(event.url),
    }),
  };
}

/** Its server, as an adapter starts it. */
async function build() {
  await rm(APP, { recursive: true, force: true });
  for (const [path, text] of Object.entries(FILES)) {
    await mkdir(dirname(join(APP, path)), { recursive: true });
    await writeFile(join(APP, path), text);
  }
  process.chdir(APP);
  const { createBuilder } = await import("vite");
  await (await createBuilder({ root: APP, logLevel: "silent" }, null)).buildApp();
  const output = join(APP, ".svelte-kit/output/server");
  const load = (name) => import(pathToFileURL(join(output, name)).href);
  const [{ Server }, { manifest }] = [await load("index.js"), await load("manifest-full.js")];
  const server = new Server(manifest);
  await server.init({ env: {} });
  return (request) => server.respond(request, { getClientAddress: () => "127.0.0.1" });
}
