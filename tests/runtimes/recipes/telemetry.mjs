// OpenTelemetry: what arrives at a collector.

import assert from "node:assert/strict";
import { serve } from "../fake-server.mjs";
import { until } from "./checks.mjs";
import { node, worker } from "./ways.mjs";

async function collected(kit, env, run) {
  const spans = [];
  const collector = await serve(async (request) => {
    const { resourceSpans } = await request.json();
    spans.push(...resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans)));
    return Response.json({});
  });
  kit.onEnd(collector.stop);
  const shop = await run(kit, { ...env, OTEL_EXPORTER_OTLP_ENDPOINT: collector.url });
  return { ...shop, spans };
}

export const telemetryInNode = (kit, env) =>
  collected(kit, env, node("telemetry-node.ts", () => ({ OTEL_BSP_SCHEDULE_DELAY: "100" })));
export const telemetryInWorker = (file) => (kit, env) => collected(kit, env, worker(file));

export const telemetry = (answer = "recorded") => async ({ shop, fake }) => {
  fake.script(503, "recorded");
  const { status, text } = await shop.send("GET", "/", { headers: { cookie: "refp_id=abc123" } });
  assert.deepEqual([status, text], [200, answer]);
  await until(() => {
    const span = shop.spans.find(({ attributes }) => attributes.some(({ value }) => value.stringValue === "recorded"));
    assert.ok(span, `no span of it among ${shop.spans.length}`);
    const statuses = span.events.map(({ attributes }) => attributes.find(({ key }) => key === "status").value.intValue);
    assert.deepEqual([span.name, statuses.map(Number)], ["refport sale", [503, 200]]);
    assert.ok(!JSON.stringify(shop.spans).includes("abc123"));
  });
};
