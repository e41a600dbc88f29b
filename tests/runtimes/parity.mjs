import * as api from "refport-edge";
import { Checks } from "./contract/check.mjs";
import { sampleChecks } from "./parity/samples.mjs";
import { startServices } from "./parity/services.mjs";
const services = await startServices();
const checks = new Checks(console.log);
try {
  for (const [name, suite] of Object.entries(await sampleChecks(api, services))) await checks.run(name, suite);
} finally {
  await Promise.all(Object.values(services).map((one) => one.stop()));
}
console.log(`${checks.passed} passed, ${checks.failed} failed`);
