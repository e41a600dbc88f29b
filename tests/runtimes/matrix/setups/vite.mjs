// Vite: built and served for browsers, and on the server.

import { versionOf } from "../groups.mjs";
import { answerIn } from "../kit.mjs";
import { PAGE_SCRIPT, PRINT, imported, page } from "../sources.mjs";

const SSR = `import { answer } from "./use.mjs";\nconst SERVICE = process.argv[2];\n${PRINT};\n`;

/** Loads the module as a development server renders with it. */
const DEV_SSR = `
import { createServer } from "vite";

const server = await createServer({ server: { middlewareMode: true, ws: false }, appType: "custom", logLevel: "error" });
const { answer } = await server.ssrLoadModule("/use.mjs");
const SERVICE = process.argv[2];
${PRINT};
await server.close();
`;

export const vite = [{
  name: "vite",
  title: "Vite",
  what: "build, dev, SSR built and in development",
  version: versionOf("bundlers", "vite"),
  group: "bundlers",
  needs: ["browser"],
  rows: {
    "vite-build": "vite build, in Chromium",
    "vite-dev": "vite dev, in Chromium",
    "vite-ssr": "vite build --ssr, the package bundled, run by Node.js",
    "vite-ssr-external": "vite build --ssr, the package left outside, run by Node.js",
    "vite-dev-ssr": "ssrLoadModule",
  },
  async run(kit) {
    await kit.write({
      ...imported(), "page.mjs": PAGE_SCRIPT, "index.html": page("/page.mjs"), "ssr.mjs": SSR, "dev-ssr.mjs": DEV_SSR,
      "vite.config.mjs": "export default {};\n",
    });
    const vite = await kit.bin("vite");
    await kit.row("vite-build", async (service) => {
      await kit.node([vite, "build", "--logLevel=error"]);
      const server = await kit.start((port) => [vite, "preview", "--host=127.0.0.1", `--port=${port}`, "--strictPort"]);
      return kit.browse(`${server.url}/`, service);
    });
    await kit.row("vite-dev", async (service) => {
      const server = await kit.start((port) => [vite, "dev", "--host=127.0.0.1", `--port=${port}`, "--strictPort"]);
      return kit.browse(`${server.url}/`, service);
    });
    const ssr = async (config, service) => {
      await kit.write({ "vite.ssr.mjs": `export default ${JSON.stringify(config)};\n` });
      await kit.node([vite, "build", "--config=vite.ssr.mjs", "--ssr=ssr.mjs", "--outDir=server", "--logLevel=error"]);
      return answerIn(await kit.node([kit.path("server/ssr.js"), service]));
    };
    await kit.row("vite-ssr", (service) => ssr({ ssr: { noExternal: true } }, service));
    await kit.row("vite-ssr-external", (service) => ssr({}, service));
    await kit.row("vite-dev-ssr", async (service) => answerIn(await kit.node(["dev-ssr.mjs", service])));
  },
}];
