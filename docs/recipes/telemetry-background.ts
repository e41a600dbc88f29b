// OpenTelemetry for work after the response: the span begins with the call and ends with its report.

import { SpanStatusCode, trace } from "@opentelemetry/api";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { SimpleSpanProcessor, TracerProvider } from "@opentelemetry/sdk-trace";
import { type AttemptReport, type CallReport, track_sale } from "refport-edge";

let provider: TracerProvider | undefined;

export default {
  async fetch(request: Request, env: Env, ctx: ExecutionContext): Promise<Response> {
    provider ??= started(env);
    const sale = { customerExternalId: "user_1", amount: 4900, invoiceId: "ord_1" };
    const refport = { apiKey: env.REFPORT_API_KEY, baseUrl: env.REFPORT_BASE_URL };
    const { outcome } = await track_sale(request, sale, { ...refport, ...observed(provider), waitUntil: ctx });
    return new Response(outcome);
  },
};

/** One span a call, with an event for each attempt. What `onResult` returns is waited for too. */
function observed(provider: TracerProvider) {
  const span = trace.getTracer("shop").startSpan("refport sale");
  return {
    onAttempt: ({ attempt, status, kind, durationMs }: AttemptReport) =>
      void span.addEvent("attempt", { attempt, status: status ?? 0, kind: kind ?? "none", durationMs }),
    onResult({ outcome, attempts, error }: CallReport) {
      span.setAttributes({ "refport.outcome": outcome, "refport.attempts": attempts });
      if (error) span.setStatus({ code: SpanStatusCode.ERROR, message: error.kind });
      span.end();
      return provider.forceFlush();
    },
  };
}

function started(env: Env) {
  const exporter = new OTLPTraceExporter({ url: `${env.OTEL_EXPORTER_OTLP_ENDPOINT}/v1/traces` });
  const provider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] });
  trace.setGlobalTracerProvider(provider);
  return provider;
}

interface Env {
  OTEL_EXPORTER_OTLP_ENDPOINT: string;
  REFPORT_API_KEY: string;
  REFPORT_BASE_URL?: string;
}
