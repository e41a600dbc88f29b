// Cloudflare's tools: wrangler dev in each format of a Worker, Pages Functions, the Vite plugin and the vitest plugin.

import { versionOf } from "../groups.mjs";
import { answerIn } from "../kit.mjs";
import { PRINT, use, worker } from "../sources.mjs";
import { bundledWorker } from "./bundlers.mjs";
import { runWorker } from "./workerd.mjs";

const CURRENT = "2026-10-01";
const OLD = "2022-03-21";
/** The newest that the workerd of the older vitest plugin knows. */
const VITEST = "2026-08-15";
/** Else the tools ask the network about this machine, or write into the home directory. */
export const cloudflareEnvironment = (kit) => ({
  CLOUDFLARE_CF_FETCH_ENABLED: "false", WRANGLER_LOG_PATH: kit.path("logs"), WRANGLER_HIDE_BANNER: "true",
});

const config = (main, compatibility_date, more = {}) => ({ name: "matrix", main, compatibility_date, ...more });

const SERVICE_WORKER = `
import { respond } from "./respond.mjs";

addEventListener("fetch", (event) => event.respondWith(respond(event.request)));
`;

const SLIM = `
import { init } from "refport-edge/slim";
import core from "refport-edge/core.wasm";

init(core);
${use("refport-edge/slim")}`;

const wranglers = {
  "wrangler-current": { what: `a module Worker, compatibility date ${CURRENT}`, config: config("worker.mjs", CURRENT) },
  "wrangler-old": { what: `a module Worker, compatibility date ${OLD}`, config: config("worker.mjs", OLD) },
  "wrangler-nodejs-compat": {
    what: "a module Worker with nodejs_compat",
    config: config("worker.mjs", CURRENT, { compatibility_flags: ["nodejs_compat"] }),
  },
  "wrangler-service-worker": {
    what: "the service-worker format",
    config: config("service-worker.mjs", CURRENT),
    files: { "service-worker.mjs": SERVICE_WORKER },
  },
  "wrangler-slim": {
    what: "/slim with the raw WebAssembly",
    config: config("worker.mjs", CURRENT),
    files: { "use.mjs": SLIM },
  },
};

const under = (folder, files) => Object.fromEntries(Object.entries(files).map(([path, text]) => [`${folder}/${path}`, text]));

const wrangler = {
  name: "wrangler",
  title: "wrangler",
  what: "dev with compatibility dates 2022 and 2026, `nodejs_compat`, the service-worker format, `/slim`; deploy",
  version: versionOf("cloudflare", "wrangler"),
  group: "cloudflare",
  rows: {
    ...Object.fromEntries(Object.entries(wranglers).map(([name, { what }]) => [name, what])),
    "wrangler-minified": "wrangler deploy --dry-run --minify, its output run by workerd",
  },
  async run(kit) {
    const bin = await kit.bin("wrangler");
    for (const [name, { config, files }] of Object.entries(wranglers)) {
      await kit.row(name, async (service) => {
        await kit.write(under(name, { ...worker(), ...files, "wrangler.json": config }));
        const dev = (port) => [bin, "dev", "--ip=127.0.0.1", `--port=${port}`, "--inspector-port=0", "--show-interactive-dev-session=false"];
        const server = await kit.start(dev, { cwd: kit.path(name), env: cloudflareEnvironment(kit) });
        return kit.ask(server, "/", service);
      });
    }
    await kit.row("wrangler-minified", async (service) => {
      await kit.write(under("minified", { ...worker(), "wrangler.json": config("worker.mjs", CURRENT) }));
      const cwd = kit.path("minified");
      await kit.node([bin, "deploy", "--dry-run", "--minify", "--outdir=out"], { cwd, env: cloudflareEnvironment(kit) });
      return runWorker(kit, await bundledWorker(kit.path("minified/out"), "worker.js"), CURRENT, service);
    });
  },
};

const pages = {
  name: "pages",
  title: "Pages Functions",
  what: "a function, a middleware",
  version: versionOf("cloudflare", "wrangler"),
  group: "cloudflare",
  rows: {
    "pages-functions": "wrangler pages dev, a function",
    "pages-middleware": "wrangler pages dev, a middleware",
  },
  async run(kit) {
    const bin = await kit.bin("wrangler");
    const handler = 'import { respond } from "../respond.mjs";\nexport const onRequest = ({ request }) => respond(request);\n';
    await kit.write({
      ...worker(), "public/index.html": "<!doctype html><title>matrix</title>", "functions/probe.js": handler,
      "functions/guarded/_middleware.js": handler.replace("../", "../../"),
    });
    const dev = (port) => [
      bin, "pages", "dev", "public", "--ip=127.0.0.1", `--port=${port}`, "--inspector-port=0",
      `--compatibility-date=${CURRENT}`, "--show-interactive-dev-session=false",
    ];
    const server = await kit.start(dev, { env: cloudflareEnvironment(kit) });
    await kit.row("pages-functions", (service) => kit.ask(server, "/probe", service));
    await kit.row("pages-middleware", (service) => kit.ask(server, "/guarded/page", service));
  },
};

const vitePlugin = {
  name: "cloudflare-vite",
  title: "Cloudflare's Vite plugin",
  what: "dev, build",
  version: versionOf("cloudflare-vite", "@cloudflare/vite-plugin"),
  group: "cloudflare-vite",
  rows: {
    "cloudflare-vite-dev": "vite dev",
    "cloudflare-vite-build": "vite build, then vite preview",
  },
  async run(kit) {
    const vite = await kit.bin("vite");
    await kit.write({
      ...worker(), "wrangler.json": config("worker.mjs", CURRENT),
      "vite.config.mjs": 'import { cloudflare } from "@cloudflare/vite-plugin";\nexport default { plugins: [cloudflare({ inspectorPort: false })] };\n',
    });
    const serve = (command) => kit.start((port) => [vite, command, "--host=127.0.0.1", `--port=${port}`, "--strictPort"], { env: cloudflareEnvironment(kit) });
    await kit.row("cloudflare-vite-dev", async (service) => kit.ask(await serve("dev"), "/", service));
    await kit.row("cloudflare-vite-build", async (service) => {
      await kit.node([vite, "build", "--logLevel=error"], { env: cloudflareEnvironment(kit) });
      return kit.ask(await serve("preview"), "/", service);
    });
  },
};

const OPTIONS = {
  config: { what: "with `wrangler.configPath`", options: 'wrangler: { configPath: "./wrangler.json" }' },
  rule: {
    what: "with a `CompiledWasm` rule",
    options: `miniflare: { compatibilityDate: "${VITEST}", modulesRules: [{ type: "CompiledWasm", include: ["**/*.wasm"] }] }`,
  },
};

/** Under its name of today, and the one that it had with vitest 4. */
const vitestPlugin = (name, plugin) => ({
  name,
  title: "Cloudflare's vitest plugin",
  what: "tests inside workerd",
  version: `${versionOf(name, plugin)} (${plugin.split("/")[1]})`,
  group: name,
  line: OPTIONS.config.options,
  rows: Object.fromEntries(Object.entries(OPTIONS).map(([way, { what }]) => [`${name}-${way}`, what])),
  async run(kit) {
    const vitest = await kit.bin("vitest");
    for (const [way, { options }] of Object.entries(OPTIONS)) {
      await kit.row(`${name}-${way}`, async (service) => {
        const test = `const SERVICE = "${service}";\ntest("sale", async () => ${PRINT}, 60_000);\n`;
        await kit.write(under(way, {
          ...worker(), "wrangler.json": config("worker.mjs", VITEST),
          "vitest.config.mjs": `import { cloudflareTest } from "${plugin}";\nexport default { plugins: [cloudflareTest({ ${options} })] };\n`,
          "sale.test.mjs": `import { test } from "vitest";\nimport { answer } from "./use.mjs";\n${test}`,
        }));
        return answerIn(await kit.node([vitest, "run"], { cwd: kit.path(way), env: cloudflareEnvironment(kit) }));
      });
    }
  },
});

export const cloudflare = [
  wrangler, pages, vitePlugin, vitestPlugin("cloudflare-vitest", "@cloudflare/vitest-plugin"),
  vitestPlugin("cloudflare-pool", "@cloudflare/vitest-pool-workers"),
];
