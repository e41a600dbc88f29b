// docs/parity.md: every item of surface.mjs and facts.mjs, with the tests that show it or the reason why it is left out.
//
// In: how each check ended, by `suite: name`. Out: the page, and what is wrong with the list: an item without a test, a test
// that does not exist or that failed.
// Not its job: running anything (parity.mjs).

import { failureName, suiteOf } from "./checks.mjs";
import { FACTS } from "./facts.mjs";
import { ENDPOINTS, OPTIONS } from "./surface.mjs";

const INTRODUCTION = `# What is built of what is documented

Every call, field, default, answer, status and code that the services document, with the tests that show it; and what
is left out, with the reason. The page is made by \`tests/runtimes/parity.mjs --write\` from tests that ran, on the packed package,
and \`cargo xtask test --only parity\` fails when an item has no test, when a test it names failed, or when the page is not what
the tests say. The lists themselves are held against the core's tables of fields, \`pkg/index.d.ts\` and the vectors of the wire.

A test is named by its suite and its name: \`encode.json\` and the like are vectors in \`tests/golden/\`, \`samples\` are the
documentation's own programs against the fake services, \`POST …\` are in \`tests/runtimes/parity/checks.mjs\`.`;

/** Makes the page: `{ page, problems, items, refused }`. */
export function pageOf(ended) {
  const judge = new Judge(ended);
  const endpoints = ENDPOINTS.map((endpoint) => endpointOf(judge, endpoint));
  const options = Object.entries(OPTIONS).map(([provider, { options }]) => [
    `## Options: ${provider}`,
    tableOf(["option", "type", "default", "tests"], options.map(([name, type, byDefault, tests]) =>
      [code(name), type, byDefault, judge.named(`${provider}: ${name}`, tests)])),
  ]);
  const facts = Object.entries(FACTS).map(([title, section]) => [
    `## ${title}`,
    tableOf(["what", "tests, or why not"], section.map(([what, shown]) =>
      [what, Array.isArray(shown) ? judge.named(`${title}: ${what}`, shown) : judge.refused(shown.refused)])),
  ]);
  const { items, left, used, problems } = judge;
  const counts = `**${items} items: ${items - left} built and tested, by ${used.size} tests, and ${left} left out with a reason.**`;
  const page = [INTRODUCTION, counts, ...[...endpoints, ...options, ...facts].flat()].join("\n\n");
  return { page: `${page}\n`, problems, counts: counts.replaceAll("*", "") };
}

function endpointOf(judge, endpoint) {
  const suite = suiteOf(endpoint);
  const own = (name) => judge.own(suite, name);
  const parts = [`## ${endpoint.provider}: \`${endpoint.method} ${endpoint.path}\``, `${endpoint.page}; the call: ${endpoint.calls.map(code).join(", ")}`];
  const calls = [["the request", "method, URL and headers"], ["the answer", "what the service answers comes through whole, unknown members too"]];
  for (const name of endpoint.calls) calls.push([code(name), `${name} is there`]);
  parts.push(tableOf(["what", "tests"], calls.map(([what, name]) => [what, own(name)])));
  const fields = Object.entries(endpoint.fields).map(([name, field]) =>
    [code(name), typeOf(field), field.required ? "yes" : field.one ? "one of these" : "no", defaultOf(field), field.note ?? "", judge.ownAll(suite, `${name}: `, field.also)]);
  if (fields.length > 0) parts.push(tableOf(["parameter", "type", "required", "default", "", "tests"], fields));
  const members = Object.entries(endpoint.members).map(([path, type]) => [code(path), type.replace(/\?$/, ", optional").replace("|", "\\|"), judge.ownAll(suite, `answer ${path}: `)]);
  if (members.length > 0) parts.push(tableOf(["answer", "type", "tests"], members));
  const failures = endpoint.failures.map(([status, name, kind]) => [String(status), name ? code(name) : "not documented", kind === "duplicate" ? "**duplicate**, a success" : `failed: ${kind}`, own(failureName(status, name))]);
  parts.push(tableOf(["status", "code", "outcome", "tests"], failures));
  return parts;
}

const defaultOf = ({ byDefault, byService }) => (byDefault ? code(byDefault) : byService ? `${code(byService)}, the service's` : "");
const typeOf = ({ type, each }) => (each ? each.map(code).join(" ") : type);
const code = (text) => `\`${text}\``;

function tableOf(head, rows) {
  const line = (cells) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

class Judge {
  items = 0;
  left = 0;
  used = new Set();
  problems = [];
  #ended;

  constructor(ended) {
    this.#ended = ended;
  }

  /** Tests by their full names. */
  named(item, tests) {
    this.items += 1;
    if (tests.length === 0) this.problems.push(`${item}: no test`);
    for (const test of tests) this.#use(item, test);
    return tests.map((test) => code(test)).join(", ");
  }

  /** A test of the endpoint's own suite. */
  own(suite, name) {
    this.items += 1;
    this.#use(`${suite}: ${name}`, `${suite}: ${name}`);
    return name;
  }

  /** All tests of the endpoint's own suite whose names begin so, and others by their full names. */
  ownAll(suite, beginning, others = []) {
    this.items += 1;
    const prefix = `${suite}: ${beginning}`;
    const tests = [...this.#ended.keys()].filter((name) => name.startsWith(prefix));
    if (tests.length === 0) this.problems.push(`${prefix}no test`);
    for (const test of [...tests, ...others]) this.#use(prefix, test);
    return [...tests.map((test) => test.slice(prefix.length)), ...others.map(code)].join(", ");
  }

  refused(reason) {
    this.items += 1;
    this.left += 1;
    if (!reason) this.problems.push("left out without a reason");
    return `left out: ${reason}`;
  }

  #use(item, test) {
    this.used.add(test);
    if (!this.#ended.has(test)) this.problems.push(`${item}: there is no test called ${test}`);
    else if (!this.#ended.get(test)) this.problems.push(`${item}: its test failed: ${test}`);
  }
}
