// #region page
import { Refport } from "refport-edge";

/** Called with an event whose signature your payment provider's own library has verified. */
export async function onInvoicePaid(invoice: Invoice, env: { REFPORT_API_KEY: string }): Promise<Response> {
  const { clickId } = invoice.metadata;
  if (!clickId) return new Response("an organic customer"); // 200
  const refport = new Refport({ apiKey: env.REFPORT_API_KEY });
  const sale = await refport.track.sale({
    clickId,
    customerExternalId: invoice.customer,
    amount: invoice.amount_paid,
    currency: invoice.currency,
    invoiceId: invoice.id, // however often the webhook comes, the sale counts once
  });
  if (sale.error) console.error(sale.error);
  // 503: the provider sends the webhook again later.
  return new Response(sale.outcome, { status: sale.error?.retryable ? 503 : 200 });
}
// #endregion page

interface Invoice {
  id: string;
  customer: string;
  amount_paid: number;
  currency: string;
  metadata: { clickId?: string };
}
