// Nitro, which Nuxt is served by: on Cloudflare and on Node.js.

import { versionOf } from "../groups.mjs";
import { imported, respond } from "../sources.mjs";
import { bundledWorker } from "./bundlers.mjs";
import { runWorker } from "./workerd.mjs";

const ROUTE = `
import { defineEventHandler, toWebRequest } from "h3";
import { respond } from "../respond.mjs";

export default defineEventHandler((event) => respond(toWebRequest(event)));
`;

const CONFIG = {
  "nitro-cloudflare": { preset: "cloudflare_module", experimental: { wasm: true } },
  "nitro-node": { preset: "node_server" },
};

export const nitro = [{
  name: "nitro",
  title: "Nitro",
  what: "presets cloudflare_module and node_server, and in development",
  version: versionOf("nitro", "nitropack"),
  group: "nitro",
  line: "experimental: { wasm: true }",
  rows: {
    "nitro-cloudflare": "preset cloudflare_module, run by workerd",
    "nitro-node": "preset node_server",
    "nitro-dev": "nitro dev",
  },
  async run(kit) {
    const nitro = await kit.bin("nitropack", "nitro");
    const build = async (name) => {
      await kit.write({
        ...imported(), "respond.mjs": respond(), "routes/probe.js": ROUTE,
        "nitro.config.mjs": `export default ${JSON.stringify({ compatibilityDate: "2026-10-01", output: { dir: name }, ...CONFIG[name] })};\n`,
      });
      await kit.node([nitro, "build"]);
    };
    await kit.row("nitro-cloudflare", async (service) => {
      await build("nitro-cloudflare");
      const worker = await bundledWorker(kit.path("nitro-cloudflare/server"), "index.mjs");
      return runWorker(kit, worker, "2026-10-01", service, { path: "/probe", flags: ["nodejs_compat"] });
    });
    await kit.row("nitro-node", async (service) => {
      await build("nitro-node");
      const env = (port) => ({ NITRO_PORT: String(port), NITRO_HOST: "127.0.0.1" });
      return kit.ask(await kit.start(() => [kit.path("nitro-node/server/index.mjs")], { env }), "/probe", service);
    });
    await kit.row("nitro-dev", async (service) => {
      const server = await kit.start((port) => [nitro, "dev", "--host=127.0.0.1", `--port=${port}`]);
      return kit.ask(server, "/probe", service);
    });
  },
}];
