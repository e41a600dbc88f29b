// The whole journey without a person, step by step, each held against what the shop and the ledgers really say.
// In: two shops (one with wrong keys), the services' ledgers, what the Workers printed. Out: one line for each step.
// Not its job: starting anything (demo.mjs), printing.

import { Visitor } from "./visitor.mjs";

/** What every figure was expected to be and was; the first that differs ends the journey. */
export class StepFailed extends Error {
  constructor(step, expected, got) {
    super(`FAIL ${step}: expected ${JSON.stringify(expected)} got ${JSON.stringify(got)}`);
  }
}

/**
 * @param {object} stage `{ shop, shopWithWrongKey, readLedger, readCampaignLedger, keys, printed, output, report }`: two
 *   addresses, the ledgers, the keys to look for, the Workers' output, this process' output, and where each line goes.
 */
export async function playJourney(stage) {
  const referred = new Visitor(stage.shop);
  const others = [];
  const someoneElse = (shop) => {
    const visitor = new Visitor(shop);
    others.push(visitor);
    return visitor;
  };
  const { readLedger: ledger, readCampaignLedger: campaignLedger } = stage;

  await step("a visit through a partner's link sets the click cookie", async (expect) => {
    const page = await referred.open("/r/alice");
    const { totals, clicks } = await ledger();
    const clickId = clicks[0]?.id ?? "a click";
    expect({ clicks: 1, cookie: encodeURIComponent(clickId), clickId }, {
      clicks: totals.clicks, cookie: referred.cookie("refp_id"), clickId: page.clickId,
    });
    return `cookie refp_id=${clickId}`;
  });

  await step("captured: the server keeps the click, of a person who looks at the page, out of shared caches", async (expect) => {
    const clickId = decodeURIComponent(referred.cookie("refp_id"));
    const link = `/?refp_id=${encodeURIComponent(clickId)}`;
    const stranger = someoneElse(stage.shop);
    const kept = (headers) => headers.getSetCookie().filter((line) => line.startsWith("refp_id=")).length;
    const html = { accept: "text/html" };
    expect({ setBy: "private, no-store", person: 1, prefetch: 0, image: 0, bot: 0 }, {
      setBy: referred.headersThatSet("refp_id")?.get("cache-control") ?? null,
      person: kept(await stranger.peek(link, html)),
      prefetch: kept(await stranger.peek(link, { ...html, "sec-purpose": "prefetch" })),
      image: kept(await stranger.peek(link, { accept: "image/*" })),
      bot: kept(await stranger.peek(link, { ...html, "user-agent": "Googlebot/2.1" })),
    });
    return "Cache-Control: private, no-store; no cookie for a prefetch, an image or a bot";
  });

  await step("a sign-up is recorded as a lead", async (expect) => {
    const sent = await referred.submit("/sign-up", { name: "Robin", email: "robin@example.com" });
    const [entry] = await referred.settled(sent);
    expect({ outcome: "recorded", status: 200, attempts: 1, leads: 1 }, {
      ...of(entry, "outcome", "status", "attempts"), leads: (await ledger()).totals.leads,
    });
    return told(entry);
  });

  await step("a checkout of 4900 usd is recorded as a sale", async (expect) => {
    const [entry] = await checkout(referred);
    const { sales } = await ledger();
    expect({ outcome: "recorded", status: 200, sales: [{ amount: 4900, currency: "usd", invoiceId: entry.invoiceId }] }, {
      ...of(entry, "outcome", "status"), sales: sales.map((sale) => of(sale, "amount", "currency", "invoiceId")),
    });
    return told(entry);
  });

  await step("the same checkout again is a duplicate, and still one sale", async (expect) => {
    const [entry] = await checkout(referred);
    const { totals, requests } = await ledger();
    expect({ outcome: "duplicate", status: 409, code: null, sales: 1, answered: "DUPLICATE_INVOICE" }, {
      ...of(entry, "outcome", "status", "code"), sales: totals.sales, answered: requests.at(-1)?.code,
    });
    return told(entry);
  });

  await step("an organic visitor's checkout is skipped, and nothing is sent", async (expect) => {
    const before = (await ledger()).totals.requests;
    const visitor = someoneElse(stage.shop);
    await visitor.open("/");
    const [entry] = await checkout(visitor);
    const sent = (await ledger()).totals.requests - before;
    expect({ outcome: "skipped", attempts: 0, sent: 0 }, { ...of(entry, "outcome", "attempts"), sent });
    return `${told(entry)}, ${sent} requests sent`;
  });

  await step("a checkout with a forged click ID fails, and the service says why", async (expect) => {
    const visitor = someoneElse(stage.shop);
    visitor.setCookie("refp_id", "forged");
    const [entry] = await checkout(visitor);
    expect({ outcome: "failed", status: 400, code: "INVALID_CLICK_ID", sales: 1 }, {
      ...of(entry, "outcome", "status", "code"), sales: (await ledger()).totals.sales,
    });
    return told(entry);
  });

  const campaigned = someoneElse(stage.shop);

  await step("a visit through a RefCampaign link sets the session cookie", async (expect) => {
    const page = await campaigned.open("/rc/bob");
    const { totals, clicks } = await campaignLedger();
    const sessionId = clicks[0]?.sessionId ?? "a session";
    expect({ clicks: 1, cookie: sessionId, sessionId, clickId: null }, {
      clicks: totals.clicks, cookie: campaigned.cookie("_rc_sid"), ...of(page, "sessionId", "clickId"),
    });
    return `cookie _rc_sid=${sessionId}`;
  });

  await step("a RefCampaign visitor's checkout is one conversion of 4900 usd", async (expect) => {
    const before = (await ledger()).totals.requests;
    const [refport, entry] = await checkout(campaigned);
    const { conversions } = await campaignLedger();
    expect(
      {
        refport: "skipped", sent: 0, outcome: "recorded", status: 201, attempts: 1,
        conversions: [{ amount: 4900, currency: "USD", externalId: entry?.invoiceId, attributedBy: "sessionId" }],
      },
      {
        refport: refport.outcome, sent: (await ledger()).totals.requests - before,
        ...of(entry ?? {}, "outcome", "status", "attempts"),
        conversions: conversions.map((one) => of(one, "amount", "currency", "externalId", "attributedBy")),
      },
    );
    return `${told(entry)}, Refport ${told(refport)}`;
  });

  await step("the same RefCampaign checkout again is a duplicate, and still one conversion", async (expect) => {
    const [, entry] = await checkout(campaigned);
    const { totals, requests } = await campaignLedger();
    expect({ outcome: "duplicate", status: 409, code: null, conversions: 1, answered: "ALREADY_EXISTS" }, {
      ...of(entry ?? {}, "outcome", "status", "code"), conversions: totals.conversions, answered: requests.at(-1)?.code,
    });
    return told(entry);
  });

  await step("a wrong API key fails, and no key appears in any output", async (expect) => {
    const visitor = someoneElse(stage.shopWithWrongKey);
    visitor.setCookie("refp_id", referred.cookie("refp_id"));
    visitor.setCookie("_rc_sid", campaigned.cookie("_rc_sid"));
    const entries = await checkout(visitor);
    await visitor.open("/");
    const refused = (service) => ({ service, outcome: "failed", status: 401, code: "UNAUTHORIZED" });
    const got = entries.map((entry) => of(entry, "service", "outcome", "status", "code"));
    expect([refused("Refport"), refused("RefCampaign")], got);
    const places = {
      "the shops' answers": [referred, ...others].flatMap((one) => one.seen).join("\n"),
      "the Workers' output": stage.printed.join("\n"),
      "this output": stage.output.join(""),
      "the ledgers": JSON.stringify([await ledger(), await campaignLedger()]),
    };
    // Looking in an empty place proves nothing: the failures must be visible where the keys must not be.
    const empty = Object.entries(places).filter(([, text]) => text === "").map(([place]) => place);
    const errors = ["RefportAuthError", "RefCampaignError"];
    const logged = errors.filter((name) => places["the Workers' output"].includes(name));
    expect({ empty: [], logged: errors }, { empty, logged });
    const leaks = Object.entries(places).filter(([, text]) => stage.keys.some((key) => text.includes(key)));
    expect({ leaks: [] }, { leaks: leaks.map(([place]) => place) });
    return `${told(entries[0])}, key found in 0 of ${Object.keys(places).length} places`;
  });

  function step(name, act) {
    return playStep(stage, name, act);
  }
}

/** One step of a journey: `act` gets what compares, and resolves what there is to tell. */
export async function playStep(stage, name, act) {
  const expect = (expected, got) => {
    if (JSON.stringify(expected) !== JSON.stringify(got)) throw new StepFailed(name, expected, got);
  };
  stage.report(`ok ${name} (${await act(expect)})`);
}

/** "ledger: 1 click, 1 lead, 1 sale, 490 usd commission": Refport's books in one line. */
export function ledgerLine({ totals }) {
  const { clicks, leads, sales } = totals;
  return `ledger: ${counted(clicks, "click")}, ${counted(leads, "lead")}, ${counted(sales, "sale")}, ${earned(totals)}`;
}

/** "RefCampaign ledger: 1 click, 1 conversion, 490 USD commission": RefCampaign's, which writes currencies its own way. */
export function campaignLedgerLine({ totals }) {
  const { clicks, conversions } = totals;
  return `RefCampaign ledger: ${counted(clicks, "click")}, ${counted(conversions, "conversion")}, ${earned(totals)}`;
}

// The shop answers before a service has heard of it: what became of it is there after the queue's first delivery.
async function checkout(visitor) {
  return visitor.settled(await visitor.submit("/checkout"));
}

export function counted(count, word) {
  return `${count} ${word}${count === 1 ? "" : "s"}`;
}

// In the smallest unit of each currency.
function earned({ money }) {
  return `${money.map(({ commission, currency }) => `${commission} ${currency}`).join(" + ") || "0"} commission`;
}

// Absent is `null`, so that a wrong answer of the shop reads as what it lacks.
function of(object, ...names) {
  return Object.fromEntries(names.map((name) => [name, object[name] ?? null]));
}

function told({ outcome, status, code }) {
  return [outcome, status, code].filter((part) => part !== null && part !== undefined).join(" ");
}
