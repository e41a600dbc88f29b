// Payments from the visitor's cookie to the services' books, through each vendor's own library, in workerd.
//
// In: the packed tarball, installed here and beside the fake services. Out: a line for each case, then `N passed, M failed`.
// Not its job: the cases (payments/cases.mjs), every payload there is (tests/golden/checkout.json).

import { join } from "node:path";
import { bundle as bundleService } from "../../worker-example/local/bundle.mjs";
import { ROOT, controlOf, serviceWorker, start } from "../../worker-example/local/workers.mjs";
import * as refcampaignSeed from "../../worker-example/test/services/refcampaign.mjs";
import * as refportSeed from "../../worker-example/test/services/refport.mjs";
import { Checks } from "../runtimes/contract/check.mjs";
import { casesFor } from "./payments/cases.mjs";
import { SECRET } from "./payments/events.mjs";
import { bundle } from "./workerd.mjs";

const services = [];
for (const { folder, KEY } of [refportSeed, refcampaignSeed]) services.push(serviceWorker(await bundleService(join(ROOT, folder)), folder, KEY));
const text = (value) => ({ type: "text", value });
const shop = {
  config: {
    name: "shop", compatibilityDate: "2026-10-01", manifest: await bundle(join(import.meta.dirname, "payments/shop.mjs")),
    env: {
      SECRET: text(SECRET), REFPORT_API_KEY: text(refportSeed.KEY), REFCAMPAIGN_API_KEY: text(refcampaignSeed.KEY),
      REFPORT: { type: "worker", worker: "fake-refport" }, REFCAMPAIGN: { type: "worker", worker: "fake-refcampaign" },
    },
  },
};
const running = await start([shop, ...services]);
const checks = new Checks(console.log);
try {
  const refport = controlOf(await running.addressOf("fake-refport"));
  const refcampaign = controlOf(await running.addressOf("fake-refcampaign"));
  await checks.run("payments", casesFor(running.url, refport, refcampaign).map(([name, check]) => [name, async () => {
    await refportSeed.seed({ control: refport });
    await refcampaignSeed.seed({ control: refcampaign });
    await check();
    console.log(`     ${name}`);
  }]));
} finally {
  await running.stop();
}
console.log(`${checks.passed} passed, ${checks.failed} failed`);
process.exitCode = checks.failed === 0 ? 0 : 1;

