// OpenNext: a Next.js application as a Cloudflare Worker.

import { versionOf } from "../groups.mjs";
import { cloudflareEnvironment } from "./cloudflare.mjs";
import { application } from "./next.mjs";

const WRANGLER = {
  name: "matrix",
  main: ".open-next/worker.js",
  compatibility_date: "2026-10-01",
  compatibility_flags: ["nodejs_compat", "global_fetch_strictly_public"],
  assets: { directory: ".open-next/assets", binding: "ASSETS" },
};

const PLACES = { "opennext-node": ["/node", "a route"], "opennext-middleware": ["/guarded", "a middleware"] };

export const opennext = [{
  name: "opennext",
  title: "OpenNext",
  what: "middleware and route, in workerd",
  version: versionOf("opennext", "@opennextjs/cloudflare"),
  group: "opennext",
  atRoot: true,
  line: 'serverExternalPackages: ["refport-edge"]',
  rows: Object.fromEntries(Object.entries(PLACES).map(([name, [, what]]) => [name, `${what}, built and run by wrangler dev`])),
  async run(kit) {
    await kit.remove(".open-next");
    await kit.write({
      ...application({ serverExternalPackages: ["refport-edge"] }, ["middleware", "node"]),
      "wrangler.jsonc": WRANGLER,
      "open-next.config.ts": 'import { defineCloudflareConfig } from "@opennextjs/cloudflare";\nexport default { ...defineCloudflareConfig(), buildCommand: "npx next build" };\n',
    });
    const env = cloudflareEnvironment(kit);
    await kit.node([await kit.bin("@opennextjs/cloudflare", "opennextjs-cloudflare"), "build"], { env });
    const wrangler = await kit.bin("wrangler");
    const server = await kit.start((port) => [wrangler, "dev", "--ip=127.0.0.1", `--port=${port}`, "--inspector-port=0"], { env });
    for (const [name, [path]] of Object.entries(PLACES)) {
      await kit.row(name, (service) => kit.ask(server, path, service));
    }
  },
}];
