// The recipes that a framework builds. Beside the recipe's own files stands the least that its framework wants.

import { capture, checkout } from "./checks.mjs";
import { over } from "./ways.mjs";

const CAPTURE = { needs: ["refport-edge/capture"] };
const PAGE = "<h1>Shop</h1>";

/** A framework's server, built first. `serve(kit)` makes its command line of a port. */
const framework = (files, build, serve, environment = () => ({})) => async (kit, env) => {
  await kit.write(files);
  await build(kit, env);
  return over(await kit.start(await serve(kit), { env: (port) => ({ ...env, PORT: String(port), HOST: "127.0.0.1", ...environment(port) }) }));
};

const NEXT = {
  "app/layout.jsx": "export default ({ children }) => <html><body>{children}</body></html>;\n",
  "app/page.jsx": `export default () => ${PAGE};\n`,
  "next.config.mjs": 'export default { distDir: "build", typescript: { ignoreBuildErrors: true } };\n',
};
const next = framework(
  NEXT,
  async (kit) => kit.node([await kit.bin("next"), "build"]),
  async (kit) => {
    const bin = await kit.bin("next");
    return (port) => [bin, "start", "--hostname=127.0.0.1", `--port=${port}`];
  },
);

const nextRecipe = (name, file, check, more = {}) => ({
  name, files: [file], group: "recipes-next", atRoot: true, isAlone: true, isBuilt: true, way: next, check, prepare: withoutOthers, ...more,
});

/** Next.js wants its packages in its own folder, which the recipes share: each begins without the others' files. */
async function withoutOthers(kit) {
  for (const path of ["build", "app", "proxy.ts"]) await kit.remove(path);
}

const SVELTEKIT = {
  "package.json": { name: "shop", private: true, type: "module" },
  "vite.config.js": `import { sveltekit } from "@sveltejs/kit/vite";\nexport default { logLevel: "error", plugins: [sveltekit({ compilerOptions: {} })] };\n`,
  "src/app.html": "<!doctype html><html><head>%sveltekit.head%</head><body>%sveltekit.body%</body></html>",
  "src/routes/+page.svelte": `${PAGE}\n`,
};
const vite = (kit) => kit.path("../node_modules/vite/bin/vite.js");
const sveltekit = framework(
  SVELTEKIT,
  (kit) => kit.node([vite(kit), "build"]),
  async (kit) => (port) => [vite(kit), "preview", "--host=127.0.0.1", `--port=${port}`],
);

const ASTRO = {
  "package.json": { name: "shop", private: true, type: "module" },
  "astro.config.mjs": `import node from "@astrojs/node";
export default { output: "server", adapter: node({ mode: "standalone" }), security: { checkOrigin: true } };\n`,
  "src/pages/index.astro": `${PAGE}\n`,
};
const astro = framework(
  ASTRO,
  async (kit) => kit.node([await kit.bin("astro"), "build"], { env: { ASTRO_TELEMETRY_DISABLED: "1" } }),
  async () => () => ["dist/server/entry.mjs"],
);

const REACT_ROUTER = {
  // It installs isbot where the package does not name it.
  "package.json": { name: "shop", private: true, type: "module", dependencies: { isbot: "*" } },
  "vite.config.ts": `import { reactRouter } from "@react-router/dev/vite";\nexport default { plugins: [reactRouter()] };\n`,
  "app/routes.ts": `import { index, route } from "@react-router/dev/routes";
export default [index("./home.jsx"), route("checkout", "./routes/checkout.ts")];\n`,
  "app/home.jsx": `export default () => ${PAGE};\n`,
  "app/root.jsx": `import { Outlet, Scripts } from "react-router";
export default () => <html><body><Outlet /><Scripts /></body></html>;\n`,
};
const reactRouter = framework(
  REACT_ROUTER,
  async (kit) => kit.node([await kit.bin("@react-router/dev", "react-router"), "build"]),
  async (kit) => {
    const bin = await kit.bin("@react-router/serve", "react-router-serve");
    return () => [bin, "./build/server/index.js"];
  },
);

const NITRO = { "nitro.config.mjs": `export default { compatibilityDate: "2026-10-01", preset: "node_server", srcDir: "server" };\n` };
const nitro = framework(
  NITRO,
  async (kit) => kit.node([await kit.bin("nitropack", "nitro"), "build"]),
  async () => () => [".output/server/index.mjs"],
  (port) => ({ NITRO_PORT: String(port), NITRO_HOST: "127.0.0.1" }),
);

export const BUILT = [
  nextRecipe("next", "next/app/api/checkout/route.ts", checkout("/api/checkout")),
  nextRecipe("next-after", "next/app/api/checkout-after/route.ts", checkout("/api/checkout-after")),
  nextRecipe("next-capture", "next/proxy.ts", capture(), CAPTURE),
  { name: "sveltekit", files: ["sveltekit/src/routes/checkout/+server.ts"], group: "recipes-vite", isBuilt: true, way: sveltekit, check: checkout() },
  { name: "sveltekit-capture", files: ["sveltekit/src/hooks.server.ts"], group: "recipes-vite", isBuilt: true, way: sveltekit, check: capture(), ...CAPTURE },
  { name: "astro", files: ["astro/src/pages/api/checkout.ts"], group: "recipes-vite", isBuilt: true, way: astro, check: checkout("/api/checkout") },
  { name: "astro-capture", files: ["astro/src/middleware.ts"], group: "recipes-vite", isBuilt: true, way: astro, check: capture(), ...CAPTURE },
  { name: "react-router", files: ["react-router/app/routes/checkout.ts"], group: "recipes-vite", isBuilt: true, way: reactRouter, check: checkout() },
  { name: "nitro", files: ["nitro/server/api/checkout.post.ts"], group: "nitro", isBuilt: true, way: nitro, check: checkout("/api/checkout") },
];
