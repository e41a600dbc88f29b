// Next.js, the current major and the two before: a middleware, a route on the edge runtime and one on Node.js.
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

const PLACES = {
  middleware: { path: "/guarded", what: "a middleware", files: { "middleware.js": MIDDLEWARE } },
  edge: { path: "/edge", what: "a route on the edge runtime", files: { "app/edge/route.js": route("edge") } },
  node: { path: "/node", what: "a route on Node.js", files: { "app/node/route.js": route("nodejs") } },
};

/** The application, with these of the places. */
export const application = (config, places) => ({
  ...imported(), "respond.mjs": respond(), "app/layout.jsx": LAYOUT, "app/page.jsx": PAGE,
  ...Object.assign({}, ...places.map((place) => PLACES[place].files)),
  "next.config.mjs": `export default ${JSON.stringify(config)};\n`,
});

/** Whatever the package: Next.js 16.4.5 with webpack fails to build any route on the edge runtime, an empty one too. */
const NO_EDGE_ROUTE = ["middleware", "node"];

const next = (group, name, how, { places = Object.keys(PLACES), build, serve }) => ({
  name,
  title: "Next.js",
  what: "middleware, edge route, Node.js route; built by Turbopack and webpack, and in development",
  version: versionOf(group, "next"),
  group,
  atRoot: true,
  rows: Object.fromEntries(places.map((place) => [`${name}-${place}`, `${PLACES[place].what}, ${how}`])),
  async run(kit) {
    const bin = await kit.bin("next");
    await Promise.all(["build", "app"].map((path) => kit.remove(path)));
    await kit.write(application({ distDir: "build" }, places));
    if (build) await kit.node([bin, "build", ...build]);
    const server = await kit.start((port) => [bin, ...serve, "--hostname=127.0.0.1", `--port=${port}`]);
    for (const place of places) {
      await kit.row(`${name}-${place}`, (service) => kit.ask(server, PLACES[place].path, service));
    }
  },
});

export const nextJs = [
  next("next-16", "next-16", "next build and start", { build: [], serve: ["start"] }),
  next("next-16", "next-16-webpack", "next build --webpack and start", { places: NO_EDGE_ROUTE, build: ["--webpack"], serve: ["start"] }),
  next("next-16", "next-16-dev", "next dev", { serve: ["dev"] }),
  next("next-15", "next-15", "next build and start", { build: [], serve: ["start"] }),
  next("next-14", "next-14", "next build and start", { build: [], serve: ["start"] }),
];
