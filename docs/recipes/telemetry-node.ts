// OpenTelemetry in Node.js: its own SDK sends the spans to a collector.

import { createServer } from "node:http";
import { trace } from "@opentelemetry/api";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { BatchSpanProcessor, TracerProvider } from "@opentelemetry/sdk-trace";
import { trackSale } from "./telemetry.ts";

const exporter = new OTLPTraceExporter({ url: `${process.env.OTEL_EXPORTER_OTLP_ENDPOINT}/v1/traces` });
trace.setGlobalTracerProvider(new TracerProvider({ spanProcessors: [new BatchSpanProcessor({ exporter })] }));

const refport = { apiKey: process.env.REFPORT_API_KEY!, baseUrl: process.env.REFPORT_BASE_URL };

createServer(async (req, res) => {
  const { outcome } = await trackSale(req, { customerExternalId: "user_1", amount: 4900, invoiceId: "ord_1" }, refport);
  res.end(outcome);
}).listen(process.env.PORT ?? 3000);
