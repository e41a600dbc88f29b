// The whole journey without a person, step by step, each held against what the shop and the ledger really say.
// In: two shops (one with a wrong key), the service's ledger, what the Workers printed. Out: one line for each step.
// Not its job: starting anything (demo.mjs), printing.

import { Visitor } from "./visitor.mjs";

/** What every figure was expected to be and was; the first that differs ends the journey. */
export class StepFailed extends Error {
  constructor(step, expected, got) {
    super(`FAIL ${step}: expected ${JSON.stringify(expected)} got ${JSON.stringify(got)}`);
  }
}

/**
 * @param {object} stage `{ shop, shopWithWrongKey, control, keys, printed, output, report }`: two addresses, the
 *   ledger's control, the keys to look for, the Workers' output, this process' output, and where each line goes.
 */
export async function playJourney(stage) {
  const referred = new Visitor(stage.shop);
  const others = [];
  const someoneElse = (shop) => {
    const visitor = new Visitor(shop);
    others.push(visitor);
    return visitor;
  };
  const ledger = () => stage.control.ledger();

  await step("a visit through a partner's link sets the click cookie", async (expect) => {
    const page = await referred.open("/r/alice");
    const { totals, clicks } = await ledger();
    const clickId = clicks[0]?.id ?? "a click";
    expect({ clicks: 1, cookie: encodeURIComponent(clickId), clickId }, {
      clicks: totals.clicks, cookie: referred.cookie("refp_id"), clickId: page.clickId,
    });
    return `cookie refp_id=${clickId}`;
  });

  await step("a sign-up is recorded as a lead", async (expect) => {
    const entry = await referred.submit("/sign-up", { name: "Robin", email: "robin@example.com" });
    expect({ outcome: "recorded", status: 200, attempts: 1, leads: 1 }, {
      ...of(entry, "outcome", "status", "attempts"), leads: (await ledger()).totals.leads,
    });
    return told(entry);
  });

  await step("a checkout of 4900 usd is recorded as a sale", async (expect) => {
    const entry = await referred.submit("/checkout");
    const { sales } = await ledger();
    expect({ outcome: "recorded", status: 200, sales: [{ amount: 4900, currency: "usd", invoiceId: entry.invoiceId }] }, {
      ...of(entry, "outcome", "status"), sales: sales.map((sale) => of(sale, "amount", "currency", "invoiceId")),
    });
    return told(entry);
  });

  await step("the same checkout again is a duplicate, and still one sale", async (expect) => {
    const entry = await referred.submit("/checkout");
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
    const entry = await visitor.submit("/checkout");
    const sent = (await ledger()).totals.requests - before;
    expect({ outcome: "skipped", attempts: 0, sent: 0 }, { ...of(entry, "outcome", "attempts"), sent });
    return `${told(entry)}, ${sent} requests sent`;
  });

  await step("a checkout with a forged click ID fails, and the service says why", async (expect) => {
    const visitor = someoneElse(stage.shop);
    visitor.setCookie("refp_id", "forged");
    const entry = await visitor.submit("/checkout");
    expect({ outcome: "failed", status: 400, code: "INVALID_CLICK_ID", sales: 1 }, {
      ...of(entry, "outcome", "status", "code"), sales: (await ledger()).totals.sales,
    });
    return told(entry);
  });

  await step("a wrong API key fails, and no key appears in any output", async (expect) => {
    const visitor = someoneElse(stage.shopWithWrongKey);
    visitor.setCookie("refp_id", referred.cookie("refp_id"));
    const entry = await visitor.submit("/checkout");
    await visitor.open("/");
    expect({ outcome: "failed", status: 401, code: "UNAUTHORIZED" }, of(entry, "outcome", "status", "code"));
    const places = {
      "the shops' answers": [referred, ...others].flatMap((one) => one.seen).join("\n"),
      "the Workers' output": stage.printed.join("\n"),
      "this output": stage.output.join(""),
      "the ledger": JSON.stringify(await ledger()),
    };
    // Looking in an empty place proves nothing: the failure must be visible where the key must not be.
    const empty = Object.entries(places).filter(([, text]) => text === "").map(([place]) => place);
    expect({ empty: [], logged: true }, { empty, logged: places["the Workers' output"].includes("UNAUTHORIZED") });
    const leaks = Object.entries(places).filter(([, text]) => stage.keys.some((key) => text.includes(key)));
    expect({ leaks: [] }, { leaks: leaks.map(([place]) => place) });
    return `${told(entry)}, key found in 0 of ${Object.keys(places).length} places`;
  });

  async function step(name, act) {
    const expect = (expected, got) => {
      if (JSON.stringify(expected) !== JSON.stringify(got)) throw new StepFailed(name, expected, got);
    };
    stage.report(`ok ${name} (${await act(expect)})`);
  }
}

/** "1 click, 1 lead, 1 sale, 490 usd commission": the ledger in one line, in the smallest unit of each currency. */
export function ledgerLine({ totals }) {
  const counted = (count, word) => `${count} ${word}${count === 1 ? "" : "s"}`;
  const money = totals.money.map(({ commission, currency }) => `${commission} ${currency}`).join(" + ") || "0";
  const { clicks, leads, sales } = totals;
  return `ledger: ${counted(clicks, "click")}, ${counted(leads, "lead")}, ${counted(sales, "sale")}, ${money} commission`;
}

// Absent is `null`, so that a wrong answer of the shop reads as what it lacks.
function of(object, ...names) {
  return Object.fromEntries(names.map((name) => [name, object[name] ?? null]));
}

function told({ outcome, status, code }) {
  return [outcome, status, code].filter((part) => part !== null && part !== undefined).join(" ");
}
