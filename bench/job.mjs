// The one job that every contender is given: a sale of a customer who came through a click.
//
// In: nothing. Out: its parameters, the service's documented answer, and requests that hold the click ID.

export const API_KEY = "rk_bench_0123456789abcdef";

export const SALE = {
  customerExternalId: "user_001",
  amount: 4900,
  currency: "usd",
  eventName: "Purchase",
  invoiceId: "inv_001",
  paymentProcessor: "stripe",
  metadata: { plan: "pro" },
};

/** What the service's documentation shows, with what dub's SDK insists on beside it. */
export const ANSWER = JSON.stringify({
  eventName: "Purchase",
  customer: { id: "cus_1", externalId: "user_001", email: "alice@example.com", name: "Alice", avatar: null },
  sale: {
    id: "sale_xyz",
    amount: 4900,
    currency: "usd",
    commissionAmount: 490,
    status: "pending",
    invoiceId: "inv_001",
    paymentProcessor: "stripe",
    metadata: null,
  },
});

/** As servers send a text of this size: its length is told. */
export const ANSWER_INIT = {
  status: 200,
  headers: { "content-type": "application/json", "content-length": String(ANSWER.length) },
};
/** As they send what they make while they send it. */
export const PIECEMEAL_INIT = { status: 200, headers: { "content-type": "application/json" } };

const CLICK = "refp_id=Zk3JvT9qLm2XwB8c";
/** What shops really have beside it: analytics, a session, preferences. */
const OTHERS = [
  "_ga=GA1.2.1234567890.1700000000",
  "session=eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.c2lnbmF0dXJl",
  "theme=dark",
  "_fbp=fb.1.1700000000000.1234567890",
  "consent=analytics%3Atrue%2Cads%3Afalse",
  "lang=en-GB",
];

export const SIZES = [60, 600, 4096, 16384];
export const PLACES = ["first", "last", "absent"];

/** A Cookie header of exactly `size` characters, the click ID at its `place`. */
export function cookieHeader(size, place) {
  const room = place === "absent" ? size : size - CLICK.length - "; ".length;
  let others = "";
  for (let i = 0; others.length < room; i++) others += `${i > 0 ? "; " : ""}${numbered(OTHERS[i % OTHERS.length], i)}`;
  others = others.slice(0, room).replace(/[; =]+$/, (end) => "x".repeat(end.length));
  if (place === "absent") return others;
  return place === "first" ? `${CLICK}; ${others}` : `${others}; ${CLICK}`;
}

const numbered = (cookie, i) => (i < OTHERS.length ? cookie : cookie.replace("=", `${i}=`));

export const requestWith = (header) => new Request("https://shop.test/checkout?step=2", { headers: { cookie: header } });

/** The request of every sale: a header of middling length. */
export const buyer = () => requestWith(cookieHeader(600, "last"));
