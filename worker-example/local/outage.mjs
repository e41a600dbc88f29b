// An outage without a person: the service goes down, people buy all the same, it comes back, and the queue drains.
// In: a shop, the service's ledger and remote control. Out: one line for each step.
// Not its job: outages of days, killed isolates and poison (`cargo xtask test --only outbox`).

import { counted, playStep } from "./journey.mjs";
import { Visitor } from "./visitor.mjs";

const SALES = 5;

/**
 * @param {object} stage `{ shop, control, report }`: the shop's address, the service's remote control, where each line goes.
 */
export async function playOutage({ shop, control, report }) {
  const visitor = new Visitor(shop);
  const before = (await control.ledger()).sales.length;
  const { id } = await control.click({ link: "alice" });
  visitor.setCookie("refp_id", encodeURIComponent(id));
  let entries = [];

  await playStep({ report }, `queued: ${SALES} sales while the service is down wait in the queue`, async (expect) => {
    await control.outage(503);
    for (let sale = 0; sale < SALES; sale += 1) entries.push(...(await visitor.submit("/checkout-another")));
    expect(Array(SALES).fill("queued"), entries.map(({ outcome }) => outcome));
    entries = await visitor.settled(entries);
    const { backlog } = await visitor.open("/");
    expect({ refused: SALES, waiting: SALES, sales: before }, {
      refused: entries.filter(({ outcome, status }) => outcome === "failed" && status === 503).length,
      waiting: backlog.waiting,
      sales: (await control.ledger()).sales.length,
    });
    return `${backlog.waiting} waiting, each refused with 503 so far; ${counted(backlog.dead, "dead letter")}`;
  });

  await playStep({ report }, "drained: the service is back, each sale is on the books once", async (expect) => {
    await control.outage(null);
    entries = await visitor.settled(entries, ({ queue }) => queue !== "waiting");
    const { backlog } = await visitor.open("/");
    const booked = (await control.ledger()).sales.slice(before).map(({ invoiceId }) => invoiceId);
    expect({ recorded: SALES, waiting: 0, booked: entries.map(({ invoiceId }) => invoiceId).sort() }, {
      recorded: entries.filter(({ outcome }) => outcome === "recorded").length,
      waiting: backlog.waiting,
      booked: booked.sort(),
    });
    const requests = entries.reduce((sum, { attempts }) => sum + attempts, 0);
    return `${SALES} of ${SALES} recorded in ${requests} requests, 0 waiting`;
  });
}
