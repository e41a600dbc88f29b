// A journey through an outage, on the page a person sees: a service goes down, sales wait, it comes back, the queue drains.
// In: the page and the tools of browser.mjs. Out: its checks and pictures.

import assert from "node:assert/strict";

const SALES = 3;

/**
 * @param {object} tools `{ page, view, size, control, keys, click, check, photograph, settled }`: the page is seen in the view of that
 *   name and size.
 */
export async function playOutage({ page, view, size, control, keys, click, check: checkAnywhere, photograph, settled }) {
  const check = (name, act) => checkAnywhere(`${view}: ${name}`, act);
  await click("Arrive through a partner’s link");
  const before = (await control.ledger()).sales.length;
  const dead = await text("[data-figure=dead]");
  await click("Take Refport down");
  await check("the switch takes the service down, and the page says so", async () => {
    assert.equal(await text("[data-service=Refport] [data-state]"), "is down");
    assert.equal(await text("[data-service=RefCampaign] [data-state]"), "is up");
  });

  await click("Buy it");
  for (let sale = 1; sale < SALES; sale += 1) await click("Buy another");
  await check("sales of an outage wait in the queue, and the page keeps itself fresh", async () => {
    await page.locator("[data-outcome=queued]", { hasText: "answered 503" }).waitFor();
    assert.equal(await text("[data-figure=waiting]"), String(SALES));
    assert.equal(await page.locator(".dots i").count(), SALES);
    assert.equal((await control.ledger()).sales.length, before);
  });
  await check("the outcome stands by its step, within the window", async () => {
    await click("Send the same checkout again");
    await page.locator("#check-out [data-outcome=queued]", { hasText: "answered 503" }).waitFor();
    // In one look: the page replaces the element as deliveries go on.
    const box = 'document.querySelector("#check-out [data-outcome]").getBoundingClientRect()';
    const [top, bottom] = await page.evaluate(`[${box}.top, ${box}.bottom]`);
    assert.ok(top >= 0 && bottom <= size.height, `from ${top} to ${bottom} in ${size.height} px`);
    assert.equal(await page.locator("[data-latest]").isVisible(), view !== "phone");
  });
  await photograph("outage");

  const report = page.locator("tr.unfold details").nth(1);
  const id = await report.getAttribute("id");
  await report.locator("summary").click();
  await check("a report unfolds into the call and the JSON that was sent, without the key", async () => {
    const sent = await report.locator("[data-sent]").first().innerText();
    const call = await report.locator("[data-call]").innerText();
    const { invoiceId, amount } = JSON.parse(sent);
    assert.match(call, /^toOutboxRecord\(request, \{/);
    assert.deepEqual([call.includes(`"invoiceId": "${invoiceId}"`), amount], [true, 4900]);
    const everything = await page.content();
    for (const key of Object.values(keys)) assert.ok(!everything.includes(key));
  });
  await photograph("unfolded");

  // The page is not loaded anew from here on, but for the switch.
  await click("Bring Refport back");
  await page.locator(`#${id} summary`).click();
  await settled();
  await check("the backlog drains, each sale is on the books once, and what was unfolded stays so", async () => {
    const sales = (await control.ledger()).sales.slice(before);
    assert.equal(sales.length, SALES);
    assert.equal(new Set(sales.map(({ invoiceId }) => invoiceId)).size, SALES);
    assert.equal(await text("[data-service=Refport] [data-state]"), "is up");
    assert.equal(await page.locator(".dots i").count(), 0);
    assert.equal(await page.locator(`#${id}`).getAttribute("open"), "");
    assert.equal(await text("[data-figure=dead]"), dead);
  });
  await photograph("drained");

  function text(selector) {
    return page.locator(selector).innerText();
  }
}
