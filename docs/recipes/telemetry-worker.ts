// OpenTelemetry in a Worker: its own SDK, with an exporter that sends by `fetch` before the invocation ends.

import { trace } from "@opentelemetry/api";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { SimpleSpanProcessor, TracerProvider } from "@opentelemetry/sdk-trace";
import { trackSale } from "./telemetry.ts";

let provider: TracerProvider | undefined;

export default {
  async fetch(request: Request, env: Env, ctx: { waitUntil(work: Promise<unknown>): void }): Promise<Response> {
    provider ??= started(env);
    const refport = { apiKey: env.REFPORT_API_KEY, baseUrl: env.REFPORT_BASE_URL };
    const { outcome } = await trackSale(request, { customerExternalId: "user_1", amount: 4900, invoiceId: "ord_1" }, refport);
    ctx.waitUntil(provider.forceFlush());
    return new Response(outcome);
  },
};

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
