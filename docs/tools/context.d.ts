// What a reader of an example has already: a request, the environment, an order, the other vendors' own clients.
//
// The types of examples are checked with it; nothing of it is run. What is not this package's own is `any`.

declare const request: Request;
declare const req: Request;
declare let response: Response;
declare const ctx: { waitUntil(promise: Promise<unknown>): void };
declare const env: {
  REFPORT_API_KEY: string;
  REFCAMPAIGN_API_KEY: string;
  REFCAMPAIGN_WEBHOOK_SECRET: string;
  DUB_API_KEY: string;
  DUB_WEBHOOK_SECRET: string;
  TOLT_API_KEY: string;
  REFPORT: { fetch: typeof fetch };
  OUTBOX: any;
  OUTBOX_DEAD: any;
  DELIVER: any;
};
declare const process: { env: Record<string, string> };

// Parameters and clients of this package.
declare const apiKey: string;
declare const config: any;
declare const sale: import("refport-edge").SaleParams;
declare const lead: import("refport-edge").LeadParams;
declare const refport: import("refport-edge").Refport;
declare const refcampaign: import("refport-edge").RefCampaign;
declare const dub: import("refport-edge/dub").Dub;
declare const tolt: import("refport-edge/tolt").Tolt;
declare const order: { id: string; userId: string; cents: number };
declare const user: { id: string; email: string };
declare const sessionId: string;

// What a webhook's or a queue's handler has.
declare const body: string;
declare const headers: any;
declare const secret: string;
declare const signature: string;
declare const batch: any;
declare const message: any;
declare const deliveries: number;
declare const record: any;
declare const letter: any;
declare const step: any;
declare const fake: any;
declare const handler: any;
declare const remove: any;
declare const bury: any;
declare const postpone: any;

// Other vendors' clients, and what they take.
declare const stripe: any;
declare const line_items: any;
declare const success_url: string;
declare const paddle: any;
declare const items: any;
declare const polar: any;
declare const products: any;
declare const validateEvent: any;
declare const createCheckout: any;
declare const storeId: any;
declare const variantId: any;
declare const storefront: any;
declare const CART_CREATE: any;
declare const lines: any;
declare const sqs: any;
declare const SendMessageCommand: any;
declare const ChangeMessageVisibilityCommand: any;
declare const QueueUrl: string;
declare const DEAD_URL: string;

// Frameworks and platforms.
declare const app: any;
declare const context: any;
declare const expect: any;
declare const afterEach: any;
type NextRequest = any;
declare const NextResponse: any;
declare class DurableObject {
  ctx: any;
  env: typeof env;
}
declare class WorkflowEntrypoint {
  env: typeof env;
}
declare module "@vercel/queue";
declare module "next/server";
