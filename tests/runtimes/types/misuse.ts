// What must not compile: each mistake a caller makes is found before it costs a sale.

import { getClickIdFromRequest, track_lead, track_sale } from "refport-edge";
import type { RefportConfig, Result, SaleParams, TrackSaleResponse } from "refport-edge";

const config: RefportConfig = { apiKey: "rk_test" };
const sale: SaleParams = { customerExternalId: "user_001", amount: 4900 };

// @ts-expect-error a promise of a request has to be awaited
getClickIdFromRequest(Promise.resolve({ headers: {} }));
// @ts-expect-error a number is no request
getClickIdFromRequest(42);
// @ts-expect-error a cookie's name is a text
getClickIdFromRequest({}, 42);

// @ts-expect-error a configuration is needed
void track_sale(null, sale);
// @ts-expect-error a key is needed
void track_sale(null, sale, {});
// @ts-expect-error a key is a text
void track_sale(null, sale, { apiKey: undefined });
// @ts-expect-error an amount is needed
void track_sale(null, { customerExternalId: "user_001" }, config);
// @ts-expect-error an amount is a number
void track_sale(null, { ...sale, amount: "49.00" }, config);
// @ts-expect-error an amount is no BigInt
void track_sale(null, { ...sale, amount: BigInt(4900) }, config);
// @ts-expect-error a customer is needed
void track_sale(null, { amount: 4900 }, config);
// @ts-expect-error a field with a slip of the pen
void track_sale(null, { ...sale, invoiceID: "inv_001" }, config);
// @ts-expect-error an invoice ID is a text
void track_sale(null, { ...sale, invoiceId: 1001 }, config);
// @ts-expect-error metadata are an object
void track_sale(null, { ...sale, metadata: "pro" }, config);
// @ts-expect-error a lead needs an event name
void track_lead(null, { customerExternalId: "user_001" }, config);
// @ts-expect-error a lead has no amount
void track_lead(null, { customerExternalId: "user_001", eventName: "Sign Up", amount: 1 }, config);

// @ts-expect-error there is no such option
void track_sale(null, sale, { ...config, timeout: 1000 });
// @ts-expect-error a timeout is a number
void track_sale(null, sale, { ...config, timeoutMs: "1s" });
// @ts-expect-error there is no such replay rule
void track_sale(null, sale, { ...config, retry: { replay: "never" } });
// @ts-expect-error a transport is a function or has one
void track_sale(null, sale, { ...config, fetch: {} });

async function results(result: Result<TrackSaleResponse>): Promise<void> {
  // @ts-expect-error data may be null
  void result.data.sale;
  // @ts-expect-error error may be null
  void result.error.kind;
  // @ts-expect-error there is no such outcome
  void (result.outcome === "ok");
  if (result.outcome === "failed") {
    // @ts-expect-error there is no such kind
    void (result.error.kind === "network");
    // @ts-expect-error an error does not change
    result.error.code = "OTHER";
    // @ts-expect-error a failure has no data
    void result.data.sale;
  }
  if (result.outcome === "recorded") {
    // @ts-expect-error the sale's ID is a text
    void result.data.sale.id.toFixed();
  }
}
void results;
