// What compiles of capture and checkout.

import { RefCampaign, Refport, type Result, type TrackSaleResponse, track_sale } from "refport-edge";
import { type CaptureOptions, type ClickCookie, captureClick, clearClick, clickCookie, shouldClear } from "refport-edge/capture";
import {
  type RefundReading,
  type SaleReading,
  refundFromStripe,
  saleFromLemonSqueezy,
  saleFromPaddle,
  saleFromPolar,
  saleFromShopify,
  saleFromStripe,
  toLemonSqueezy,
  toPaddle,
  toPolar,
  toShopify,
  toStripe,
} from "refport-edge/checkout";

class Page {
  readonly status = 200;
  readonly headers = {};
  readonly title = "Shop";
}
const request = { url: "https://shop.test/?refp_id=abc123", headers: {} };
const options: CaptureOptions = { domain: "shop.test", maxAge: 60, click: "first", consent: () => undefined, renew: null };

// The response stays what it was, for a framework's own members.
const title: string = captureClick(request, new Page(), options).title;
const none: null = captureClick(request, null);
const cleared: Page = clearClick(new Page(), options);
const cookie: ClickCookie | null = clickCookie(request);
const seconds: number | undefined = cookie?.attributes.maxAge;

// @ts-expect-error a Promise has to be awaited first
captureClick(request, Promise.resolve(new Page()));
// @ts-expect-error a Promise has to be awaited first
clickCookie(Promise.resolve(request));
// @ts-expect-error in seconds
clickCookie(request, { maxAge: "90d" });
// @ts-expect-error a slip in a name
clickCookie(request, { maxage: 60 });
// @ts-expect-error as cookies have it, in small letters
clickCookie(request, { sameSite: "Lax" });
// @ts-expect-error it has to answer at once
clickCookie(request, { consent: async () => true });

// What vendors' libraries want: texts by key.
const metadata: Record<string, string | number | null> = toStripe(request, { customerExternalId: "user_001" }).metadata ?? {};
const session = { mode: "payment", ...toStripe(request, { mode: "payment" }), metadata: { ...metadata, order: "42" } };
const custom: Record<string, unknown> | undefined = toPaddle(request).custom_data;
const polar: Record<string, string> | undefined = toPolar(request).metadata;
const lemon: Record<string, unknown> | undefined = toLemonSqueezy(request).checkoutData?.custom;
const attributes: { key: string; value: string }[] | undefined = toShopify(null, { clickId: "abc123" }).attributes;

// @ts-expect-error a number is no ID
toStripe(request, { customerExternalId: 7 });
// @ts-expect-error a slip in a name
toPaddle(request, { customerExternalID: "user_001" });
// @ts-expect-error a mode is Stripe's alone
toPolar(request, { mode: "payment" });

async function report(event: unknown, refport: Refport, refcampaign: RefCampaign): Promise<boolean> {
  const { sale, conversion, reason, message }: SaleReading = saleFromStripe(event);
  if (reason !== null) {
    const text: string = message;
    // @ts-expect-error there is no sale
    await refport.track.sale(sale);
    return text === "" || reason === "unpaid";
  }
  if (conversion) await refcampaign.conversions.postback(conversion);
  if (!sale) return false;
  const result: Result<TrackSaleResponse> = await refport.track.sale(sale);
  const again = await track_sale(null, sale, { apiKey: "rk_test" });
  const { refund }: RefundReading = refundFromStripe(event, { invoiceId: "in_001" });
  if (refund) await refcampaign.conversions.refund(refund);
  return shouldClear(result) && shouldClear(again);
}
void [title, none, cleared, seconds, session, custom, polar, lemon, attributes, report, saleFromLemonSqueezy, saleFromPaddle, saleFromPolar, saleFromShopify];
