// Which checks are made, and in which order.
//
// In: the options, the environment. Out: `{ version, sections, counts }`; a section is a title and its checks, a check is
// `{ name, status, text, advice }` with a status of "ok", "warn", "fail" or "skip".

import { examineNames } from "./names.js";
import { examinePage } from "./page.js";
import { examineRuntime } from "./runtime.js";
import { examineRefCampaign, examineRefport } from "./services.js";

export async function examine(options) {
  const { env, page } = options;
  const keys = [env.REFPORT_API_KEY, env.REFCAMPAIGN_API_KEY];
  const sections = [
    { title: "This machine", checks: await examineRuntime(options) },
    { title: "Refport", checks: await examineRefport(env.REFPORT_API_KEY, options["base-url"] ?? env.REFPORT_BASE_URL) },
    { title: "RefCampaign", checks: await examineRefCampaign(env.REFCAMPAIGN_API_KEY, options["api-url"] ?? env.REFCAMPAIGN_API_URL) },
  ];
  if (page === undefined) sections.push({ title: "Page", checks: [{ name: "page", status: "skip", text: "none was named: --page URL" }] });
  else sections.push({ title: withoutPassword(page), checks: await examineBoth(options) });
  const clean = sections.map(({ title, checks }) => ({ title: withoutKeys(title, keys), checks: checks.map((check) => cleaned(check, keys)) }));
  return { version: options.version, sections: clean, counts: countsOf(clean) };
}

async function examineBoth(options) {
  const { checks, hostname } = await examinePage(options);
  return [...checks, ...(await examineNames(hostname, options))];
}

/** A page behind a password may be named with it. */
function withoutPassword(page) {
  const url = new URL(page);
  if (url.password === "") return page;
  url.password = "***";
  return url.href;
}

/** No check prints a key. Should a server repeat one, it goes here. */
function withoutKeys(text, keys) {
  const secrets = keys.map((key) => key?.trim()).filter((key) => key?.length >= 4);
  return secrets.reduce((rest, key) => rest.replaceAll(key, "[redacted]"), text);
}

/** A check's own words stay: a key may be one of them. */
const cleaned = ({ name, status, text, advice = null }, keys) => ({
  name, status, text: withoutKeys(text, keys), advice: advice === null ? null : withoutKeys(advice, keys),
});

function countsOf(sections) {
  const count = (status) => sections.flatMap(({ checks }) => checks).filter((check) => check.status === status).length;
  return { ok: count("ok"), warnings: count("warn"), failed: count("fail"), skipped: count("skip") };
}
