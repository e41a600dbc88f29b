// Next.js, the current major and the one before: a middleware, a route on the edge runtime and one on Node.js.
//
// Built and started as for production, by each of its bundlers, and as it is developed.

import { versionOf } from "../groups.mjs";
import { imported, respond } from "../sources.mjs";

const LAYOUT = "export default ({ children }) => <html><body>{children}</body></html>;\n";
const PAGE = "export default () => <h1>matrix</h1>;\n";
const route = (runtime) => `export { respond as GET } from "../../respond.mjs";\nexport const runtime = "${runtime}";\nexport const dynamic = "force-dynamic";\n`;
const MIDDLEWARE = `
import { respond } from "./respond.mjs";

export const middleware = (request) => respond(request);
export const config = { matcher: "/guarded" };
`;

/** The application; `atRoot`, as Next.js looks for its root by itself. */
export const application = (config) => ({
  ...imported(), "respond.mjs": respond(), "app/layout.jsx": LAYOUT, "app/page.jsx": PAGE,
  "app/edge/route.js": route("edge"), "app/node/route.js": route("nodejs"), "middleware.js": MIDDLEWARE,
  "next.config.mjs": `export default ${JSON.stringify({ distDir: "build", ...config })};\n`,
});

const PLACES = {
  middleware: ["/guarded", "a middleware"],
  edge: ["/edge", "a route on the edge runtime"],
  node: ["/node", "a route on Node.js"],
};

const rowsOf = (name, how) => Object.fromEntries(Object.entries(PLACES).map(([place, [, what]]) => [`${name}-${place}`, `${what}, ${how}`]));

const next = (group, name, how, { config, build, serve }) => ({
  name,
  title: "Next.js",
  version: versionOf(group, "next"),
  group,
  atRoot: true,
  rows: rowsOf(name, how),
  async run(kit) {
    const bin = await kit.bin("next");
    await kit.remove("build");
    await kit.write(application(config));
    if (build) await kit.node([bin, "build", ...build]);
    const server = await kit.start((port) => [bin, ...serve, "--hostname=127.0.0.1", `--port=${port}`]);
    for (const [place, [path]] of Object.entries(PLACES)) {
      await kit.row(`${name}-${place}`, (service) => kit.ask(server, path, service));
    }
  },
});

export const nextJs = [
  next("next-16", "next-16", "next build and start", { build: [], serve: ["start"] }),
  next("next-16", "next-16-webpack", "next build --webpack and start", { build: ["--webpack"], serve: ["start"] }),
  next("next-16", "next-16-dev", "next dev", { serve: ["dev"] }),
  next("next-15", "next-15", "next build and start", { build: [], serve: ["start"] }),
];
