// The server runtimes of Remix 2 and React Router 7: what a loader, an action and middleware are given.

import { cookies, url } from "./look.mjs";
import { handled } from "./serve.mjs";

const RUNTIMES = { "Remix 2": "@remix-run/server-runtime", "React Router 7": "react-router" };

export default async (name) => {
  const { createRequestHandler } = await import(RUNTIMES[name]);
  return {
    name,
    hooks: { "action's args": "/hook", "action's request": "/hook" },
    start: (look) => handled(createRequestHandler(build(look), "production")),
  };
};

const build = (look) => ({
  entry: { module: { default: () => new Response("unused") } },
  routes: { all: { id: "all", path: "*", module: moduleOf(look) } },
  assets: { version: "1", url: "/manifest.js", entry: { module: "/entry.js", imports: [] }, routes: {} },
  publicPath: "/", assetsBuildDirectory: "build", future: {}, ssr: true, isSpaMode: false, prerender: [],
  routeDiscovery: { mode: "initial" },
});

/** A route without a component: a resource. */
const moduleOf = (look) => ({
  async loader(args) {
    const { request } = args;
    await look({
      "loader's args": args, "loader's request": request, "request.headers": cookies(request.headers), "new URL(request.url)": url(new URL(request.url)),
      ...(args.url && { "args.url": url(args.url) }),
    });
    return new Response("ok");
  },
  async action(args) {
    await look({ "action's args": args, "action's request": args.request });
    return new Response("ok");
  },
});
