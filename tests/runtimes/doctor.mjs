// `refport-edge doctor`, of the packed package, against services and pages on this machine.
//
// In: nothing. Out: a line for each case, then `N passed, M failed`; exit 1 when M is not 0.

import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { fakeRefCampaign, fakeRefport } from "refport-edge/testing";
import { startNameServer } from "./doctor/name-server.mjs";
import { page, PAGES } from "./doctor/pages.mjs";
import { OUTPUT, record } from "./doctor/record.mjs";
import { runDoctor } from "./doctor/run.mjs";
import { serve } from "./fake-server.mjs";
import { install, programOf } from "./matrix/groups.mjs";

const KEY = "rk_doctor_0123456789";
const CAMPAIGN_KEY = "rc_test_doctor_0123456789";

/** What becomes of Refport's checks, by what answers in its place. */
const SERVICES = {
  "a service that knows the key": [() => fakeRefport({ apiKey: KEY }), { accepted: "ok" }, 0],
  "a service that knows another key": [() => fakeRefport({ apiKey: "rk_other" }), { accepted: "fail" }, 1],
  "a service that refuses the body before it looks at the key": [() => () => new Response("{}", { status: 422 }), { accepted: "warn" }, 0],
  "a service that is not Refport": [() => () => new Response("nothing here", { status: 404 }), { accepted: "warn" }, 0],
  "a service with too much to do": [() => fakeRefport({ script: [429] }), { accepted: "warn" }, 0],
  "a service with a problem": [() => fakeRefport({ script: [503] }), { accepted: "warn" }, 0],
  "a service that drops the connection": [() => fakeRefport({ script: ["drop the connection"] }), { reachable: "fail" }, 1],
  "a service that moved": [() => () => Response.redirect("https://elsewhere.example/", 301), { accepted: "fail" }, 1],
  "a service that repeats the key": [() => ({ headers }) => Response.json({ error: { code: headers.get("authorization") } }, { status: 401 }), { accepted: "fail" }, 1],
};

const CLOCKS = { 0: "ok", 10_000: "ok", [-60_000]: "warn", 60_000: "warn", [-400_000]: "fail", 400_000: "fail" };

const cases = {};

for (const [name, [make, wanted, code]] of Object.entries(SERVICES)) {
  cases[name] = () => with_(make(), async ({ url }) => {
    const run = await runDoctor(["doctor", "--json", "--base-url", url], { REFPORT_API_KEY: KEY });
    for (const [check, status] of Object.entries(wanted)) assert.equal(run.checks[`Refport ${check}`]?.status, status, run.stdout);
    assert.equal(run.code, code, run.stdout);
    assert.ok(!(run.stdout + run.stderr).includes(KEY), "the key was printed");
  });
}

for (const [ahead, status] of Object.entries(CLOCKS)) {
  const date = () => new Date(Date.now() + Number(ahead)).toUTCString();
  cases[`a service whose clock is off by ${ahead} ms: ${status}`] = () =>
    with_(fakeRefport({ apiKey: KEY }), async ({ url }) => {
      const { checks, stdout } = await runDoctor(["doctor", "--json", "--base-url", url], { REFPORT_API_KEY: KEY });
      assert.equal(checks["Refport clock"]?.status, status, stdout);
    }, { date: date() });
}

for (const [name, [handler, odd]] of Object.entries(PAGES)) {
  cases[name] = () => with_(handler, async ({ url }) => {
    const { checks, code, stdout } = await runDoctor(["doctor", "--json", "--page", `${url}/`]);
    const of = (prefix) => Object.entries(checks).filter(([key, { status }]) => key.startsWith(prefix) && !["ok", "skip"].includes(status));
    const found = Object.fromEntries(of("page ").map(([key, { status }]) => [key.slice("page ".length), status]));
    assert.deepEqual(found, odd, stdout);
    assert.equal(code, Object.values(odd).includes("fail") ? 1 : 0);
    for (const [, { text, advice }] of of("page ")) assert.ok(text !== "" && (advice ?? text) !== "", text);
  });
}

const HOSTS = {
  // By the host that is visited: where it redirects, the cookie's Domain, and what the check says.
  "shop.test": ["www.shop.test", "", "fail"],
  "www.shop.test": ["shop.test", "; Domain=shop.test", "ok"],
  "other.co.uk": ["shop.test", "; Domain=other.co.uk", "fail"],
};
for (const [host, [next, domain, status]] of Object.entries(HOSTS)) {
  cases[`a cookie of ${host}${domain}, and a redirect to ${next}: ${status}`] = async () => {
    const names = await startNameServer(NAMES);
    try {
      const handler = (request) => {
        const { hostname, port, search } = new URL(request.url);
        if (hostname !== host) return new Response("<h1>Shop</h1>");
        const answer = page({ attributes: `Max-Age=7776000; Path=/; SameSite=Lax${domain}` })(request);
        return new Response(null, { status: 302, headers: [...answer.headers, ["location", `http://${next}:${port}/${search}`]] });
      };
      await with_(handler, async ({ port }) => {
        const { checks, stdout } = await runDoctor(["doctor", "--json", "--page", `http://${host}:${port}/`, "--dns", names.at]);
        assert.equal(checks["page flags"]?.status, status, stdout);
      });
    } finally {
      await names.stop();
    }
  };
}

const NAMES = {
  "shop.example": { alias: "cname.host.example" },
  "www.shop.example": { alias: "shop.example" },
  "www.shop.test": { alias: "shop.test" },
  "shop.co.uk": { alias: "other.co.uk" },
  "cname.host.example": { address: "127.0.0.1" },
  "shop.test": { address: "127.0.0.1" },
  "other.co.uk": { address: "127.0.0.1" },
};
const ALIASES = { "shop.test": "ok", "www.shop.test": "ok", "shop.example": "warn", "www.shop.example": "warn", "shop.co.uk": "warn" };
for (const [host, status] of Object.entries(ALIASES)) {
  cases[`the name ${host}: ${status}`] = async () => {
    const names = await startNameServer(NAMES);
    try {
      await with_(page(), async ({ port }) => {
        const { checks, stdout } = await runDoctor(["doctor", "--json", "--page", `http://${host}:${port}/`, "--dns", names.at]);
        assert.equal(checks["page alias"]?.status, status, stdout);
        assert.equal(checks["page cookie"]?.status, "ok", stdout);
      });
    } finally {
      await names.stop();
    }
  };
}

const PROGRAMS = {
  "Node.js 20": { packages: "node20-", programs: ["bin/node"], before: [] },
  Bun: { packages: "@oven", programs: ["bin/bun"], before: ["run"] },
  Deno: { packages: "@deno", programs: ["deno"], before: ["run", "--allow-all", "--no-lock", "--node-modules-dir=manual"] },
};
for (const [name, { packages, programs, before }] of Object.entries(PROGRAMS)) {
  cases[`on ${name}`] = async () => {
    const program = await programOf("runtimes", packages, programs);
    const { checks, code, stdout, stderr } = await with_(fakeRefport({ apiKey: KEY }), ({ url }) =>
      with_(page(), (shop) => runDoctor(["doctor", "--json", "--base-url", url, "--page", shop.url], { REFPORT_API_KEY: KEY, DENO_NO_UPDATE_CHECK: "1" }, { program, before })));
    const of = (...names) => names.map((one) => checks[one]?.status);
    assert.deepEqual(of("This machine core", "Refport accepted", "Refport clock", "page cookie", "page cache"), Array(5).fill("ok"), stdout + stderr);
    assert.ok(checks["This machine runtime"].text.startsWith(name.replace("Node.js 20", "Node.js 20.")), stdout);
    assert.equal(code, 0);
  };
}

Object.assign(cases, {
  "RefCampaign's key is accepted, or refused": async () => {
    const run = (apiKey) => with_(fakeRefCampaign({ apiKey }), ({ url }) =>
      runDoctor(["doctor", "--json", "--api-url", url], { REFCAMPAIGN_API_KEY: CAMPAIGN_KEY }));
    const [right, wrong] = [await run(CAMPAIGN_KEY), await run("rc_test_other")];
    assert.equal(right.checks["RefCampaign accepted"].status, "ok", right.stdout);
    assert.deepEqual([wrong.checks["RefCampaign accepted"].status, wrong.code], ["fail", 1]);
    assert.ok(![right, wrong].some(({ stdout }) => stdout.includes(CAMPAIGN_KEY)));
  },
  "whatever answers 200 has not accepted a key": async () => {
    const portal = () => new Response("<h1>Log in to this network</h1>");
    const { checks, code } = await with_(portal, ({ url }) =>
      runDoctor(["doctor", "--json", "--base-url", url, "--api-url", url], { REFPORT_API_KEY: KEY, REFCAMPAIGN_API_KEY: CAMPAIGN_KEY }));
    assert.deepEqual([checks["Refport accepted"].status, checks["RefCampaign accepted"].status, code], ["warn", "warn", 0]);
  },
  "a key that is one of the report's own words changes no check": async () => {
    for (const key of ["fail", "status", "text"]) {
      const { checks, code, stdout } = await with_(() => new Response(key, { status: 401 }), ({ url }) =>
        runDoctor(["doctor", "--json", "--base-url", url], { REFPORT_API_KEY: key }));
      assert.deepEqual([checks["Refport accepted"]?.status, code], ["fail", 1], stdout);
    }
  },
  "a partner's link is taken for its page": async () => {
    const { checks, stdout } = await with_(page(), ({ url }) => runDoctor(["doctor", "--json", "--page", `${url}/?refp_id=robin`]));
    assert.deepEqual([checks["page cookie"]?.status, checks["page stranger"]?.status], ["ok", "ok"], stdout);
  },
  "a page that comes byte by byte is given up": async () => {
    const server = createServer((_, answer) => void setInterval(() => answer.write("x"), 500).unref());
    await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
    try {
      const { checks, code } = await runDoctor(["doctor", "--json", "--page", `http://127.0.0.1:${server.address().port}/`]);
      assert.deepEqual([checks["page page"]?.status, code], ["fail", 1]);
      assert.match(checks["page page"].text, /TIMEOUT|ECONNRESET|aborted/);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  },
  "the password of a page is sent, and not printed": async () => {
    let sent;
    const handler = (request) => {
      sent = request.headers.get("authorization");
      return page()(request);
    };
    const { checks, stdout } = await with_(handler, ({ port }) => runDoctor(["doctor", "--json", "--page", `http://staff:pa%24%24word@127.0.0.1:${port}/`]));
    assert.equal(checks["page cookie"]?.status, "ok", stdout);
    assert.equal(sent, `Basic ${btoa("staff:pa$$word")}`);
    assert.ok(!/pa(%24|\$)/.test(stdout), stdout);
  },
  "a port that no client asks is told": async () => {
    const { checks } = await runDoctor(["doctor", "--json", "--base-url", "http://127.0.0.1:9"], { REFPORT_API_KEY: KEY });
    assert.match(checks["Refport reachable"].text, /bad port/);
  },
  "a name that is not there is told": async () => {
    const { checks, code } = await runDoctor(["doctor", "--json", "--page", "https://shop.invalid/", "--dns", "127.0.0.1:9"]);
    assert.deepEqual([checks["page page"].status, checks["page alias"].status, code], ["fail", "warn", 1]);
  },
  "nothing goes on the books": async () => {
    const fake = fakeRefport({ apiKey: KEY });
    await with_(fake, ({ url }) => runDoctor(["doctor", "--base-url", url], { REFPORT_API_KEY: KEY }));
    assert.deepEqual([fake.ledger.totals.leads, fake.ledger.totals.sales], [0, 0]);
    assert.deepEqual(fake.requests.map(({ path, status }) => [path, status]), [["/api/embed/token", 422], ["/api/embed/token", 401]]);
  },
  "a key with a line break is told apart from a wrong one": async () => {
    const { checks, code } = await runDoctor(["doctor", "--json"], { REFPORT_API_KEY: `${KEY}\n` });
    assert.deepEqual([checks["Refport key"].status, code], ["fail", 1]);
    assert.match(checks["Refport key"].text, /line break/);
  },
  "an address that ends with /api is refused, with the right one": async () => {
    const { checks, code } = await runDoctor(["doctor", "--json", "--base-url", "https://app.refport.co/api"], { REFPORT_API_KEY: KEY });
    assert.deepEqual([checks["Refport address"].status, code], ["fail", 1]);
    assert.match(checks["Refport address"].text, /app\.refport\.co(?!\/api)/);
  },
  "nobody at the address": async () => {
    const { url, stop } = await serve(() => new Response());
    await stop();
    const { checks } = await runDoctor(["doctor", "--json", "--base-url", url], { REFPORT_API_KEY: KEY });
    assert.match(checks["Refport reachable"].text, /ECONNREFUSED/);
  },
  "keys and addresses come from a file": async () => {
    const folder = await mkdtemp(join(tmpdir(), "doctor-"));
    try {
      await with_(fakeRefport({ apiKey: KEY }), async ({ url }) => {
        await writeFile(join(folder, ".dev.vars"), `REFPORT_API_KEY=${KEY}\nREFPORT_BASE_URL="${url}"\n`);
        await writeFile(join(folder, "wrangler.jsonc"), "{}");
        const { checks, code, stdout } = await runDoctor(["doctor", "--json", "--vars", ".dev.vars"], {}, { cwd: folder });
        assert.deepEqual([checks["Refport accepted"]?.status, code], ["ok", 0], stdout);
        assert.match(checks["This machine project"].text, /^wrangler\.jsonc: .*the entry for workerd/);
        assert.equal(checks["This machine entry"].status, "warn");
      });
    } finally {
      await rm(folder, { recursive: true });
    }
  },
  "where WebAssembly cannot run, it says so": async () => {
    const { checks, code } = await runDoctor(["doctor", "--json"], { NODE_OPTIONS: "--jitless" });
    assert.deepEqual([checks["This machine core"].status, code], ["fail", 1]);
  },
  "a wrong command line ends with 2, and says what is right": async () => {
    for (const args of [[], ["doctors"], ["doctor", "--nope"], ["doctor", "--page", "shop"], ["doctor", "--dns", "x"], ["doctor", "--vars", "no-such-file"], ["doctor", "--cookie", "a b"]]) {
      const { code, stdout, stderr } = await runDoctor(args);
      assert.deepEqual([code, stdout], [2, ""], args.join(" "));
      assert.match(stderr, /Usage: npx refport-edge doctor/);
    }
  },
  "--help and --version end with 0": async () => {
    assert.match((await runDoctor(["--help"])).stdout, /^Usage: npx refport-edge doctor/);
    assert.match((await runDoctor(["doctor", "-h"])).stdout, /Exit code: 0/);
    assert.match((await runDoctor(["--version"])).stdout, /^\d+\.\d+\.\d+\n$/);
  },
  "the report for people has every check, and the count": async () => {
    const { stdout, code } = await with_(page({ headers: {} }), ({ url }) => runDoctor(["doctor", "--page", url]));
    assert.equal(code, 0);
    for (const part of [/^refport-edge doctor /, / {2}warn {2}cache /, /→ send Cache-Control/, /\d+ ok, \d+ warnings?, 0 failed/]) assert.match(stdout, part);
    assert.ok(stdout.split("\n").every((line) => line.length <= 100), stdout);
  },
  "docs/doctor.svg shows what it prints": async () => {
    assert.equal(await readFile(OUTPUT, "utf8"), await record(), "write it again: node tests/runtimes/doctor/record.mjs");
  },
});

await install("runtimes", fileURLToPath(new URL("../../target/package/refport-edge.tgz", import.meta.url)));
let [passed, failed] = [0, 0];
for (const [name, check] of Object.entries(cases)) {
  try {
    await check();
    passed += 1;
    console.log(`ok   ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`FAIL ${name}: ${error.message}`);
  }
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;

async function with_(handler, does, headers) {
  const server = await serve(handler, headers);
  try {
    return await does(server);
  } finally {
    await server.stop();
  }
}
