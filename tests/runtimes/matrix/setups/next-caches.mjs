// Next.js with its caches switched on: the same call again and again is a request each time, and never an answer of before.
//
// One application for each version, with a place for every way of keeping answers that Next.js documents. It is built, started,
// asked three times in each place, started again (the data cache is on disk) and asked three times more. What has arrived at
// the service since the build is counted. Not its job: whether the package loads and runs there at all (next.mjs).

import { setTimeout as sleep } from "node:timers/promises";
import { versionOf } from "../groups.mjs";
import { application } from "./next.mjs";

const VISITS = 3;
const STARTS = 2;
/** Every one is the same event each time. None has a member that tells one from the next. */
const CALLS = ["api/track/sale", "api/track/lead", "api/embed/token", "api/v1/ping"];

/** Makes each call once, and says what they came to. `SERVICE` is the address of the fake service, `at` the row and the place. */
const USE = `
import { RefCampaign, Refport } from "refport-edge";

const customer = { clickId: "abc123", customerExternalId: "user_001" };

export async function use(at) {
  const service = process.env.SERVICE + at;
  const refport = new Refport({ apiKey: "rk_test", baseUrl: service });
  const results = [
    await refport.track.sale({ ...customer, amount: 4900, currency: "usd" }),
    await refport.track.lead({ ...customer, eventName: "Sign Up" }),
    await refport.embedTokens.create({ tenantId: "user_001" }),
    await new RefCampaign({ apiKey: "rk_test", apiUrl: service }).ping(),
  ];
  return "CAME TO " + results.map(({ outcome, error }) => (error ? outcome + " (" + error.message + ")" : outcome)).join(", ") + ".";
}
`;
const ALL_RECORDED = `CAME TO ${CALLS.map(() => "recorded").join(", ")}.`;

const UP = "../../../";
const handler = (method, at) => `import { use } from "${UP}use.mjs";
export const ${method} = async () => new Response(await use("${at}"));
`;
const page = (at) => `import { use } from "${UP}use.mjs";
export default async function Page() { return <p>{await use("${at}")}</p>; }
`;
/** With Cache Components, what is not kept has to be in one of these. */
const suspendedPage = (at) => `import { Suspense } from "react";
import { use } from "${UP}use.mjs";
async function Part() { return <p>{await use("${at}")}</p>; }
export default function Page() { return <Suspense fallback="wait"><Part /></Suspense>; }
`;

const DYNAMIC = 'export const dynamic = "force-dynamic";\n';
const EDGE = 'export const runtime = "edge";\n';
/** What a row is, and the lines of configuration in the files of its places. By the end of the row's name. */
const SETTINGS = {
  plain: ["without any configuration", ""],
  dynamic: ['dynamic = "force-dynamic"', DYNAMIC],
  revalidate: ["revalidate = 3600", "export const revalidate = 3600;\n"],
  ...Object.fromEntries(["auto", "default-cache", "force-cache", "only-cache"].map((mode) =>
    [mode, [`fetchCache = "${mode}"`, `${DYNAMIC}export const fetchCache = "${mode}";\n`]])),
};

/**
 * A place is `{ row, at, files, visit }`: its calls go to the path `at` below the row's at the service, and `visit(server)`
 * answers its Response. `isKept`: Next.js decides how often it is made. `isTried`: Next.js runs it while it builds, and only so
 * learns that it is to be run for each visitor.
 */
function placesOf(row, folder, lines, { isTried, makePage }) {
  const place = (name, file, source, method = "GET") => ({
    row, at: name, isTried, files: { [`app/${folder}/${file}`]: lines + source(`${row}/${name}`) },
    visit: (server) => ask(server, `/${folder}/${name}`, { method }),
  });
  const edge = (at) => EDGE + handler("GET", at);
  return [
    place("get", "get/route.js", (at) => handler("GET", at)),
    place("post", "post/route.js", (at) => handler("POST", at), "POST"),
    place("page", "page/page.jsx", makePage),
    ...(/(default|force|only)-cache/.test(lines) ? [place("edge", "edge/route.js", edge)] : []),
  ];
}

const action = (row, lines) => ({
  row, at: "action",
  files: {
    "app/form/action/page.jsx": `import { use } from "${UP}use.mjs";
${lines}let bought = "nothing yet";
async function buy() { "use server"; bought = await use("${row}/action"); }
export default function Page() { return <form action={buy}>{bought}<button>Buy</button></form>; }
`,
  },
  async visit(server) {
    // What a browser without JavaScript sends names the action by a field of the form.
    const form = await (await ask(server, "/form/action")).text();
    const body = new FormData();
    body.set(/\$ACTION_ID_\w+/.exec(form)[0], "");
    return ask(server, "/form/action", { method: "POST", body });
  },
});

const middleware = (row, name) => ({
  row, at: name,
  files: {
    [`${name}.js`]: `import { use } from "./use.mjs";
export const ${name} = async () => new Response(await use("${row}/${name}"));
export const config = { matcher: "/guarded" };
`,
  },
  visit: (server) => ask(server, "/guarded"),
});

/** Next.js makes such a page when it is first asked for, and again when it is a second old. */
const kept = (row) => ({
  row, at: "kept", isKept: true,
  files: {
    "app/kept/[id]/page.jsx": `export const revalidate = 1;\nexport const generateStaticParams = () => [];\n${page(`${row}/kept`)}`,
  },
  async visit(server) {
    await sleep(1_200);
    return ask(server, "/kept/one");
  },
});

const ask = (server, path, more) => fetch(server.url + path, { ...more, signal: AbortSignal.timeout(60_000) });

/** What is wrong with an answer: it must be a page's that works, with calls that were recorded. */
async function complaintOf(response) {
  const text = (await response.text()).replaceAll("<!-- -->", "");
  if (response.status === 200 && text.includes(ALL_RECORDED)) return undefined;
  return `it answered ${response.status} ${/CAME TO [^<]*/.exec(text)?.[0] ?? text.slice(0, 300)}`;
}

/** How many requests of each call have arrived from a place. */
function countsOf(service, { row, at }) {
  const asked = service.asked(row);
  return CALLS.map((call) => asked.filter((path) => path === `${at}/${call}`).length);
}

/** Builds the application and visits each place. Answers what is wrong, by row. */
async function visitAll(kit, places, env) {
  const bin = await kit.bin("next");
  await kit.node([bin, "build"], { env });
  const built = places.map((place) => countsOf(kit.service, place));
  const failures = Object.fromEntries(places.map(({ row }) => [row, []]));
  for (let start = 0; start < STARTS; start += 1) {
    const server = await kit.start((port) => [bin, "start", "--hostname=127.0.0.1", `--port=${port}`], { env });
    for (const place of Array(VISITS).fill(places).flat()) {
      const complaint = await complaintOf(await place.visit(server));
      if (complaint) failures[place.row].push(`${place.at}: ${complaint}`);
    }
    await server.stop();
  }
  places.forEach((place, index) => {
    const told = (counts) => `the service got ${CALLS.map((call, n) => `${counts[n]} ${call}`).join(", ")}`;
    const fail = (what, counts) => failures[place.row].push(`${place.at}: ${what}, and ${told(counts)}`);
    if (!place.isTried && built[index].some((count) => count > 0)) fail("it was built", built[index]);
    const counts = countsOf(kit.service, place).map((count, call) => count - built[index][call]);
    const isRight = (count) => (place.isKept ? count >= STARTS : count === VISITS * STARTS);
    if (!counts.every(isRight)) fail(`${VISITS * STARTS} visits`, counts);
  });
  return failures;
}

/** `makePlaces(row)` answers the places, where `row(end, what)` names a row. */
function caches(group, name, config, makePlaces, more) {
  const rows = {};
  const places = makePlaces((end, what) => {
    rows[`${name}-${end}`] = `each call is a request: ${what}`;
    return `${name}-${end}`;
  });
  return {
    name,
    title: "Next.js",
    what: "each call a request, with every cache switched on",
    version: versionOf(group, "next"),
    group,
    atRoot: true,
    isCounted: true,
    rows,
    ...more,
    async run(kit) {
      await Promise.all(["build", "app", "middleware.js", "proxy.js"].map((path) => kit.remove(path)));
      await kit.write({ ...application({ distDir: "build", ...config }, []), "use.mjs": USE, ...Object.assign({}, ...places.map(({ files }) => files)) });
      const failures = await visitAll(kit, places, { SERVICE: kit.service.urlOf("") });
      for (const row of Object.keys(rows)) await kit.row(row, () => ({ failures: failures[row] }));
    },
  };
}

const everyPlace = (middlewareName) => (row) => [
  ...Object.entries(SETTINGS).flatMap(([setting, [what, lines]]) =>
    placesOf(row(setting, what), setting, lines, { isTried: !lines.includes(DYNAMIC), makePage: page })),
  action(row("action", "a server action"), `${DYNAMIC}export const fetchCache = "default-cache";\n`),
  middleware(row(middlewareName, `a ${middlewareName}`), middlewareName),
  kept(row("kept", "a page that is made on demand and kept; it works, too")),
];

/** Here no file has lines of configuration, and none may ask for the edge runtime. */
const componentPlaces = (row) => [
  ...placesOf(row("plain", "Cache Components"), "plain", "", { makePage: suspendedPage }),
  action(row("action", "a server action, with Cache Components"), ""),
];

export const nextCaches = [
  caches("next-14", "next-14-caches", {}, everyPlace("middleware"), { quick: true }),
  caches("next-15", "next-15-caches", {}, everyPlace("middleware")),
  caches("next-16", "next-16-caches", {}, everyPlace("proxy")),
  caches("next-16", "next-16-components", { cacheComponents: true }, componentPlaces),
];
