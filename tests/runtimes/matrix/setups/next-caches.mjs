// Next.js with its caches switched on: the same call again and again is a request each time, and never an answer of before.
//
// One application for each version, with a place for every way of keeping answers that Next.js documents. It is built, started,
// asked three times in each place, started again (the data cache is on disk) and asked three times more. What arrived at the
// service is counted. Not its job: whether the package loads and runs there at all (next.mjs).

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

const handlers = (at, up) => `import { use } from "${up}use.mjs";
export async function GET() { return new Response(await use("${at}/GET")); }
export async function POST() { return new Response(await use("${at}/POST")); }
`;
const page = (at, up) => `import { use } from "${up}use.mjs";
export default async function Page() { return <p>{await use("${at}")}</p>; }
`;
const DYNAMIC = 'export const dynamic = "force-dynamic";\n';
const EDGE = 'export const runtime = "edge";\n';

/** By the end of a row's name: what the row is, and the lines of configuration that a file of the application has. */
const SETTINGS = {
  plain: ["without any configuration", ""],
  dynamic: ['dynamic = "force-dynamic"', DYNAMIC],
  revalidate: ["revalidate = 3600", "export const revalidate = 3600;\n"],
  ...Object.fromEntries(["auto", "default-cache", "force-cache", "only-cache"].map((mode) =>
    [mode, [`fetchCache = "${mode}"`, `${DYNAMIC}export const fetchCache = "${mode}";\n`]])),
};

/** A setting's files, and its visits: `{ at, path, method? }`, of which `at` is what the calls go to at the service. */
function placesOf(setting, row, withEdge) {
  const [, lines] = SETTINGS[setting];
  const folder = `app/${setting}`;
  const files = {
    [`${folder}/handler/route.js`]: lines + handlers(`${row}/handler`, "../../../"),
    [`${folder}/page/page.jsx`]: lines + page(`${row}/page`, "../../../"),
  };
  const visits = ["GET", "POST"].map((method) => ({ at: `handler/${method}`, path: `/${setting}/handler`, method }));
  visits.push({ at: "page", path: `/${setting}/page` });
  if (withEdge) {
    files[`${folder}/edge/route.js`] = lines + EDGE + handlers(`${row}/edge`, "../../../");
    visits.push(...["GET", "POST"].map((method) => ({ at: `edge/${method}`, path: `/${setting}/edge`, method })));
  }
  return { files, visits };
}

/** Whatever a visitor's browser without JavaScript sends for a form's action is in the form. */
const ACTION = (row) => `import { use } from "../../use.mjs";
${DYNAMIC}export const fetchCache = "default-cache";
async function buy() { "use server"; globalThis.bought = await use("${row}/action"); }
export default function Page() { return <form action={buy}>{globalThis.bought}<button>Buy</button></form>; }
`;
const MIDDLEWARE = (row, name) => `import { use } from "./use.mjs";
export const ${name} = async () => new Response(await use("${row}/${name}"));
export const config = { matcher: "/guarded" };
`;
/** Next.js makes such a page when it is first asked for, and again after a second. */
const KEPT = (row) => `export const revalidate = 1;
export const generateStaticParams = () => [];
${page(`${row}/kept`, "../../../")}`;

async function visit(server, { path, method = "GET" }) {
  const response = await fetch(server.url + path, { method, signal: AbortSignal.timeout(30_000) });
  return comeTo(response);
}

/** What an answer says that the calls came to. */
async function comeTo(response) {
  const text = (await response.text()).replaceAll("<!-- -->", "");
  return `${response.status} ${/CAME TO [^<]*\./.exec(text)?.[0] ?? text.slice(0, 300)}`;
}

async function act(server) {
  const form = await (await fetch(`${server.url}/action`)).text();
  const body = new FormData();
  body.set(/\$ACTION_ID_\w+/.exec(form)[0], "");
  return comeTo(await fetch(`${server.url}/action`, { method: "POST", body }));
}

/** What the places of a row come to, other than what they should. */
class Judge {
  failures = [];
  constructor(service, row) {
    Object.assign(this, { service, row });
  }

  /** An answer must be that of a page which works, with calls that were recorded. */
  answered(at, answer) {
    if (answer !== `200 ${ALL_RECORDED}`) this.failures.push(`${at}: ${answer}`);
  }

  /** How many requests of each call have arrived from a place. */
  counts(at) {
    const asked = this.service.asked(this.row);
    return CALLS.map((call) => asked.filter((path) => path === `${at}/${call}`).length);
  }

  counted(at, wanted) {
    const counts = this.counts(at);
    if (counts.some((count) => count !== wanted)) {
      this.failures.push(`${at}: the service got ${counts.join(", ")} requests for ${wanted} calls each of ${CALLS.join(", ")}`);
    }
  }
}

/** `settings` are those that the rows are about; `isWhole`: with an action, a middleware and a page that is kept. */
const caches = (group, name, { settings, withEdge = true, isWhole = false, middleware = "middleware", more = {} }) => ({
  name,
  title: "Next.js",
  version: versionOf(group, "next"),
  group,
  atRoot: true,
  isCounted: true,
  rows: {
    ...Object.fromEntries(settings.map((setting) => [`${name}-${setting}`, `no answer of a call from a cache: ${SETTINGS[setting][0]}`])),
    ...(isWhole && {
      [`${name}-action`]: "no answer of a call from a cache: a server action",
      [`${name}-${middleware}`]: `no answer of a call from a cache: a ${middleware}`,
      [`${name}-kept`]: "a page that is made on demand and kept works, and makes the calls each time that it is made",
    }),
  },
  ...more,
  async run(kit) {
    const bin = await kit.bin("next");
    await Promise.all(["build", "app", "middleware.js", "proxy.js"].map((path) => kit.remove(path)));
    const places = Object.fromEntries(settings.map((setting) => [setting, placesOf(setting, `${name}-${setting}`, withEdge)]));
    await kit.write({
      ...application({ distDir: "build" }, []), "use.mjs": USE,
      ...Object.assign({}, ...Object.values(places).map(({ files }) => files)),
      ...(isWhole && {
        "app/action/page.jsx": ACTION(`${name}-action`),
        [`${middleware}.js`]: MIDDLEWARE(`${name}-${middleware}`, middleware),
        "app/kept/[id]/page.jsx": KEPT(`${name}-kept`),
      }),
    });
    const env = { SERVICE: kit.service.urlOf("") };
    await kit.node([bin, "build"], { env });
    const judges = new Map();
    const judge = (end) => {
      const row = `${name}-${end}`;
      if (!judges.has(row)) judges.set(row, new Judge(kit.service, row));
      return judges.get(row);
    };
    for (let start = 0; start < STARTS; start += 1) {
      const server = await kit.start((port) => [bin, "start", "--hostname=127.0.0.1", `--port=${port}`], { env });
      for (let again = 0; again < VISITS; again += 1) {
        for (const setting of settings) {
          for (const place of places[setting].visits) judge(setting).answered(place.at, await visit(server, place));
        }
        if (!isWhole) continue;
        judge("action").answered("action", await act(server));
        judge(middleware).answered(middleware, await visit(server, { path: "/guarded" }));
        judge("kept").answered("kept", await visit(server, { path: "/kept/one" }));
        // It is older than it may be then, and made again.
        await sleep(1_200);
      }
      await server.stop();
    }
    for (const setting of settings) {
      for (const { at } of places[setting].visits) judge(setting).counted(at, VISITS * STARTS);
    }
    if (isWhole) {
      judge("action").counted("action", VISITS * STARTS);
      judge(middleware).counted(middleware, VISITS * STARTS);
      const counts = judge("kept").counts("kept");
      if (Math.min(...counts) < STARTS) judge("kept").failures.push(`kept: the service got ${counts.join(", ")} requests`);
    }
    for (const [row, { failures }] of judges) await kit.row(row, () => ({ failures }));
  },
});

const EVERY = { settings: Object.keys(SETTINGS), isWhole: true };

export const nextCaches = [
  caches("next-14", "next-14-caches", { ...EVERY, more: { quick: true } }),
  caches("next-15", "next-15-caches", EVERY),
  caches("next-16", "next-16-caches", { ...EVERY, middleware: "proxy" }),
];
