// OpenTelemetry: one span a sale, with an event for each attempt. It needs no more of the SDK than a tracer.

import { SpanStatusCode, trace } from "@opentelemetry/api";
import { type RefportConfig, type RequestLike, type SaleParams, track_sale } from "refport-edge";

export function trackSale(request: RequestLike, sale: SaleParams, config: RefportConfig) {
  return trace.getTracer("shop").startActiveSpan("refport sale", async (span) => {
    const result = await track_sale(request, sale, {
      ...config,
      onAttempt: ({ attempt, status, kind, durationMs }) =>
        span.addEvent("attempt", { attempt, status: status ?? 0, kind: kind ?? "none", durationMs }),
    });
    span.setAttributes({ "refport.outcome": result.outcome, "refport.attempts": result.attempts });
    if (result.error) span.setStatus({ code: SpanStatusCode.ERROR, message: result.error.kind });
    span.end();
    return result;
  });
}
