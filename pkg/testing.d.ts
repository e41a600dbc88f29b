/**
 * refport-edge/testing: Refport and RefCampaign in memory, for tests of your own code.
 *
 * A fake is passed as the option `fetch`. It checks requests and answers them as the documented service does, keeps books to compare
 * with, and misbehaves on request. It needs no network, no WebAssembly and no test runner of its own: it works in vitest, Jest,
 * `node --test`, `deno test`, `bun test` and inside workerd.
 *
 * ```ts
 * const fake = fakeRefport({ script: [429, "recorded"] });
 * const result = await track_sale(request, sale, { apiKey: "rk_test", fetch: fake.fetch });
 * expect(result.outcome).toBe("recorded");
 * expect(fake.ledger.sales).toEqual([{ clickId: "abc123", ...sale }]);
 * ```
 *
 * Waits between attempts are real (at most 250 ms before the second one, unless the answer has a Retry-After). The fake timers of a
 * test runner shorten them.
 */

/** The runtime's own, where the program's types have it. */
type WebResponse = typeof globalThis extends { Response: { prototype: infer Web } } ? Web : any;
type WebRequest = typeof globalThis extends { Request: { prototype: infer Web } } ? Web : any;

/** How a request ends that gets no proper answer. */
export type Ending =
  /** `fetch` rejects with a `TypeError`. */
  | "drop the connection"
  /** `fetch` never settles; it rejects when the request's signal says so. */
  | "never answer"
  /** Status and headers come; the body never ends. */
  | "stall in the body";

/**
 * What the fake does with one request.
 *
 * - `"recorded"`: what the service would do. (An unknown click or a known invoice is still refused.)
 * - a number, such as `429` or `503`: that status, with the service's own body for it. Nothing is recorded. A success, such as
 *   `201`, is `"recorded"` with that status.
 * - `"duplicate"`, `"unattributed"`: that answer, whatever is on the books. Nothing is recorded.
 * - an {@link Ending}. Nothing is recorded.
 * - `"record, then …"`: the event goes on the books, and the client learns nothing of it: `"record, then drop the connection"`,
 *   `"record, then 502"`.
 * - a {@link StepDetails}, for headers, a body or a delay.
 * - a function that answers with a `Response` of its own. Nothing is recorded.
 *
 * @example
 * fake.script("record, then drop the connection", { status: 429, headers: { "retry-after": "1" } }, "recorded");
 */
export type Step =
  | number
  | "recorded"
  | "duplicate"
  | "unattributed"
  | Ending
  | `record, then ${Ending}`
  | `record, then ${number}`
  | StepDetails
  | ((request: SeenRequest) => WebResponse | Promise<WebResponse>);

/** A step that can be taken again and again: see {@link FakeService.outage}. */
export type LastingStep = Exclude<Step, (request: SeenRequest) => unknown>;

/** A step in detail. */
export interface StepDetails {
  /** 200 to 599; default: the service's true answer. */
  status?: number;
  /** Added to the answer's headers. */
  headers?: Record<string, string>;
  /** Takes the place of the answer's body. A text is sent as it is, anything else as JSON. */
  body?: unknown;
  /** Whether the event goes on the books; default `true` without a `status`, else `false`. */
  record?: boolean;
  /** How long the fake waits before it answers, in milliseconds; default 0. */
  delayMs?: number;
}

/** A request as a step's function sees it. */
export interface SeenRequest {
  /** In capitals. */
  method: string;
  /** Without the origin and the query. */
  path: string;
  /** By name in lower case. The Authorization header is among them. */
  headers: Record<string, string>;
  /** The parsed body, or `undefined` where it is no JSON. */
  json: any;
}

/** A request that a fake was sent, as it is kept. Headers are not: the key is nobody's business afterwards. */
export interface NotedRequest {
  /** In capitals. */
  method: string;
  /** Without the origin and the query. */
  path: string;
  /** What was answered, or `null` when nothing was. */
  status: number | null;
  /** The service's error code in the answer, or `null`. */
  code: string | null;
  /** The parsed body; its text where it is no JSON. At most 4,096 characters are kept. */
  body: any;
  /** ISO 8601, by the fake's clock. */
  at: string;
}

/** The time at the fake: what its books, tokens and webhooks say. It does not move the client's waits. */
export interface FakeClock {
  /** Milliseconds since 1970. */
  now(): number;
  /**
   * Stops the clock at a time.
   *
   * @example
   * fake.clock.set("2026-01-31T12:00:00Z");
   * @throws {TypeError} where `time` is none.
   */
  set(time: Date | number | string): void;
  /**
   * Moves the clock.
   *
   * @example
   * fake.clock.advance(6 * 60_000); // the signature of a webhook made before is now too old
   * @throws {TypeError} where `ms` is no number.
   */
  advance(ms: number): void;
}

/** What both fakes have. */
export interface FakeService {
  /**
   * The service. Only the path counts, so no `baseUrl` has to be set. It may be passed on alone; the fake itself may be passed too.
   *
   * @example
   * new Refport({ apiKey: "rk_test", fetch: fake.fetch });
   */
  fetch(input: any, init?: any): Promise<WebResponse>;
  /** The requests so far, the oldest first; the newest 1,000 are kept. */
  readonly requests: NotedRequest[];
  /**
   * Adds steps, one for each request to come. After the last step the fake does what the service would.
   *
   * @example
   * fake.script(503, 503, "recorded");
   * @throws {TypeError} where a step is none, with the list of steps.
   */
  script(...steps: (Step | readonly Step[])[]): void;
  /**
   * Does the same with every request, before any script, until it is called with `null`. A function cannot be one.
   *
   * @example
   * fake.outage("drop the connection");
   * fake.outage(null); // the service is back
   */
  outage(step: LastingStep | null): void;
  /**
   * The next requests with a right key get 429, with this Retry-After.
   *
   * @example
   * fake.rateLimit({ refuseNext: 2, retryAfter: "1" });
   */
  rateLimit(limit?: { refuseNext?: number; retryAfter?: string | null }): void;
  /** The time at the fake. */
  readonly clock: FakeClock;
}

/** Where a fake keeps its rows. Without one it is in memory alone. */
export interface FakeStore {
  /** The rows that are kept, in the order they were first saved. It is called once, when the fake is made. */
  load(): Iterable<[book: string, key: string, row: any]>;
  /** Keeps a row, which is plain JSON, or forgets it where `row` is `null`. It must be done when this returns. */
  save(book: string, key: string, row: any): void;
}

/**
 * What a fake of either service takes.
 *
 * @example
 * const fake = fakeRefport({ script: [429, "recorded"], apiKey: "rk_test" });
 */
export interface FakeOptions {
  /**
   * The first steps: see {@link FakeService.script}.
   *
   * @example
   * fakeRefport({ script: [429, "recorded"] });
   */
  script?: readonly Step[];
  /**
   * The one key that is accepted. Default: any.
   *
   * @example
   * fakeRefport({ apiKey: "rk_test" });
   */
  apiKey?: string;
  /**
   * Keeps the books beyond the life of the fake, for instance in a Durable Object.
   *
   * @example
   * const rows = new Map();
   * const store = {
   *   load: () => rows.values(),
   *   save: (book, key, row) => (row === null ? rows.delete(book + key) : rows.set(book + key, [book, key, row])),
   * };
   */
  store?: FakeStore;
}

/** Sums of one currency. */
export interface Money {
  /** As it was sent to Refport; in capitals at RefCampaign. */
  currency: string;
  /** In the smallest currency unit. */
  amount: number;
  /** The partner's share, 10 %, in the smallest currency unit. */
  commission: number;
}

/** A click that Refport knows. */
export interface RefportClick {
  /** The value of the cookie `refp_id`; default: a random one. */
  id?: string;
  /** What the service calls it in its answers; default: a random one. */
  publicId?: string;
  /**
   * The key of a partner's link, which is made where there is none; `null`: the click belongs to none, and what it brings is
   * `"unattributed"`. Default `null`.
   */
  link?: string | null;
}

/** A partner's link at Refport. */
export interface RefportLink {
  /** The service's own ID of it. */
  id: string;
  /** The short link's domain, which answers name and nothing else uses. */
  domain: string;
  /** What the link is called: `/r/<key>`. */
  key: string;
  /** Where it leads; relative to where it was opened. */
  url: string;
  /** The referral program that it belongs to. */
  programId: string | null;
}

/**
 * What {@link fakeRefport} takes.
 *
 * @example
 * const fake = fakeRefport({ clicks: ["abc123"], script: [429] });
 */
export interface FakeRefportOptions extends FakeOptions {
  /**
   * The clicks that the service knows: IDs, or {@link RefportClick}s. An ID alone belongs to the link `alice`. Any other click ID is
   * answered 400 `INVALID_CLICK_ID`. Default: every click ID is known.
   *
   * @example
   * fakeRefport({ clicks: ["abc123", { id: "nobodys", link: null }] });
   */
  clicks?: readonly (string | RefportClick)[];
}

/** Refport's books, each time as they are now. */
export interface RefportLedger {
  /** The clicks that the service knows. */
  readonly clicks: { id: string; link: string | null }[];
  /** The leads that count, each exactly as it was sent. */
  readonly leads: Record<string, any>[];
  /** The sales that count, each exactly as it was sent. */
  readonly sales: Record<string, any>[];
  /** How many there are, and what the sales come to. */
  readonly totals: {
    /** How many clicks. */
    clicks: number;
    /** How many leads. */
    leads: number;
    /** How many sales. */
    sales: number;
    /** The sums, by currency. */
    money: Money[];
  };
}

/** Refport's books with what the service adds: IDs, commission, times. */
export interface RefportView {
  /** How many there are, and what the sales come to. */
  totals: {
    /** How many clicks. */
    clicks: number;
    /** How many leads. */
    leads: number;
    /** How many sales. */
    sales: number;
    /** The sums, by currency. */
    money: Money[];
    /** How many requests. */
    requests: number;
  };
  /** With the key of their link. */
  clicks: { id: string; link: string | null; at: string }[];
  /** The leads that count. */
  leads: { clickId: string; eventName: string; customerExternalId: string; at: string }[];
  /** The sales that count. Amount and commission are in the smallest currency unit. */
  sales: {
    id: string;
    clickId: string;
    customerExternalId: string;
    amount: number;
    currency: string;
    commission: number;
    invoiceId: string | null;
    at: string;
  }[];
  /** The newest 1,000, with their bodies as text. */
  requests: (Omit<NotedRequest, "body"> & { body: string })[];
}

/** The IDs that the next answers use. */
export interface NextRefportIds {
  /** Of the next sale. */
  sale?: string;
  /** Of the next embed token. */
  publicToken?: string;
  /** When the next embed token ends, ISO 8601. */
  expires?: string;
}

/** Refport in memory. */
export interface FakeRefport extends FakeService {
  /** What is on the books. */
  readonly ledger: RefportLedger;
  /**
   * The books with what the service adds.
   *
   * @example
   * fake.view().sales[0].commission; // 490
   */
  view(): RefportView;
  /**
   * Makes a partner's link; what is left out is as in the link `alice`.
   *
   * @example
   * fake.addLink({ key: "robin", url: "https://shop.example/" });
   */
  addLink(link: Partial<RefportLink> & { key: string }): RefportLink;
  /**
   * Records a click.
   *
   * @example
   * const { id } = fake.addClick({ link: "alice" });
   */
  addClick(click?: RefportClick): {
    /** The click ID: what the cookie holds. */
    id: string;
    /** What the service calls the click in its answers. */
    publicId: string;
    /** The key of its link, or `null`. */
    link: string | null;
  };
  /**
   * Sets the IDs that the next answers use.
   *
   * @example
   * fake.setNextIds({ sale: "sale_1" });
   */
  setNextIds(ids: NextRefportIds): void;
  /**
   * Without an active program an embed token is answered 404.
   *
   * @example
   * fake.setProgram(false);
   */
  setProgram(isActive: boolean): void;
  /**
   * Empties the books; the link `alice` stays. Steps that are left stay too.
   *
   * @example
   * afterEach(() => fake.reset());
   */
  reset(): void;
}

/**
 * Refport in memory: `POST /api/track/lead`, `POST /api/track/sale`, `POST /api/embed/token`, and a partner's link, `GET /r/alice`.
 *
 * @example
 * const fake = fakeRefport({ clicks: ["abc123"], script: ["record, then drop the connection"] });
 * @throws {TypeError} where a step is none, or an option; with the list of what there is.
 */
export function fakeRefport(options?: FakeRefportOptions): FakeRefport;

/** A click that RefCampaign knows, with its session. */
export interface RefCampaignClick {
  /** The value of the cookie `_rc_sid`; default: a random one. */
  sessionId?: string;
  /** The click's own ID; default: a random one. */
  clickId?: string;
  /** The code of the affiliate's link; default `"bob"`. */
  code?: string;
}

/** An affiliate's link at RefCampaign. */
export interface RefCampaignLink {
  /** What the link is called: `/r/<code>`. */
  code: string;
  /** Where it leads; relative to where it was opened. */
  url: string;
}

/**
 * What {@link fakeRefCampaign} takes.
 *
 * @example
 * const fake = fakeRefCampaign({ sessions: ["rcs_12345678"], script: [503] });
 */
export interface FakeRefCampaignOptions extends FakeOptions {
  /**
   * The sessions that the service knows: IDs, or {@link RefCampaignClick}s. What another one brings is credited to nobody. Default:
   * every session is known.
   *
   * @example
   * fakeRefCampaign({ sessions: ["rcs_7fKj2"] });
   */
  sessions?: readonly (string | RefCampaignClick)[];
  /**
   * The secret of its webhooks; default `"whsec_test"`.
   *
   * @example
   * fakeRefCampaign({ webhookSecret: env.REFCAMPAIGN_WEBHOOK_SECRET });
   */
  webhookSecret?: string;
}

/** RefCampaign's books, each time as they are now. */
export interface RefCampaignLedger {
  /** The clicks that the service knows, with their sessions and who was identified. */
  readonly clicks: { sessionId: string; clickId: string; affiliateCode: string; customerEmailHash: string | null }[];
  /** The conversions that count, each exactly as it was sent. */
  readonly conversions: Record<string, any>[];
  /** The refunds that count, each exactly as it was sent. */
  readonly refunds: Record<string, any>[];
  /** How many there are, and what the conversions come to, refunds taken off. */
  readonly totals: {
    /** How many clicks. */
    clicks: number;
    /** How many conversions. */
    conversions: number;
    /** The sums, by currency. */
    money: Money[];
  };
}

/** RefCampaign's books with what the service adds: IDs, commission, status, times. */
export interface RefCampaignView {
  /** How many there are, and what the conversions come to, refunds taken off. */
  totals: {
    /** How many clicks. */
    clicks: number;
    /** How many conversions. */
    conversions: number;
    /** The sums, by currency. */
    money: Money[];
    /** How many requests. */
    requests: number;
  };
  /** With their sessions. */
  clicks: { sessionId: string; clickId: string; affiliateCode: string; customerEmailHash: string | null; at: string }[];
  /** The conversions that count. Amounts are in the smallest currency unit. */
  conversions: {
    conversionId: string;
    externalId: string;
    conversionType: string;
    amount: number;
    currency: string;
    customerId: string | null;
    affiliateCode: string;
    /** Which of the request's identifiers led to the affiliate. */
    attributedBy: string;
    commissionId: string;
    /** What is left of it after a refund. */
    commission: number;
    status: "PENDING" | "APPROVED" | "REFUNDED";
    refunded: number;
    at: string;
  }[];
  /** The newest 1,000, with their bodies as text. */
  requests: (Omit<NotedRequest, "body"> & { body: string })[];
}

/** The IDs that the next answers use. */
export interface NextRefCampaignIds {
  /** Of the next conversion. */
  conversion?: string;
  /** Of its commission. */
  commission?: string;
}

/** RefCampaign in memory. */
export interface FakeRefCampaign extends FakeService {
  /** What is on the books. */
  readonly ledger: RefCampaignLedger;
  /**
   * The books with what the service adds.
   *
   * @example
   * fake.view().conversions[0].status; // "PENDING"
   */
  view(): RefCampaignView;
  /**
   * Makes an affiliate's link.
   *
   * @example
   * fake.addLink({ code: "PARTNER10" });
   */
  addLink(link: Partial<RefCampaignLink> & { code: string }): RefCampaignLink;
  /**
   * Records a click, and begins its session.
   *
   * @example
   * const { sessionId } = fake.addClick({ code: "PARTNER10" });
   */
  addClick(click?: RefCampaignClick): Required<RefCampaignClick>;
  /**
   * Approves a pending conversion: only then it can be refunded. `false`: there was none.
   *
   * @example
   * fake.approve("ord_42");
   */
  approve(externalId: string): boolean;
  /**
   * Sets the IDs that the next answers use.
   *
   * @example
   * fake.setNextIds({ conversion: "cnv_1" });
   */
  setNextIds(ids: NextRefCampaignIds): void;
  /**
   * What a repeated external ID is answered: 409, or the first answer again. It counts once either way. Default `"conflict"`.
   *
   * @example
   * fake.setRepeats("first");
   */
  setRepeats(answer: "conflict" | "first"): void;
  /**
   * With the plan's quota used up, every conversion is answered 429 `LIMIT_EXCEEDED`.
   *
   * @example
   * fake.setQuota(true);
   */
  setQuota(isUsedUp: boolean): void;
  /**
   * Empties the books; the link `bob` stays. Steps that are left stay too.
   *
   * @example
   * afterEach(() => fake.reset());
   */
  reset(): void;
  /** The secret of its webhooks. */
  readonly webhookSecret: string;
  /**
   * A webhook, signed with {@link webhookSecret} at the time of {@link FakeService.clock}. Without `data` it is of the newest
   * conversion.
   *
   * @example
   * const { request } = await fake.webhook("conversion.created");
   * const response = await handler(request());
   */
  webhook(event: string, data?: Record<string, unknown>): Promise<SignedWebhook>;
}

/**
 * RefCampaign in memory: `POST /api/v1/conversions/postback`, `POST /api/v1/conversions/refund`, both ways to identify,
 * `GET /api/v1/ping`, and an affiliate's link, `GET /r/bob`.
 *
 * @example
 * const fake = fakeRefCampaign({ script: [503, "recorded"] });
 * const refcampaign = new RefCampaign({ apiKey: "rc_test", fetch: fake.fetch });
 * @throws {TypeError} where a step is none, or an option; with the list of what there is.
 */
export function fakeRefCampaign(options?: FakeRefCampaignOptions): FakeRefCampaign;

/** A webhook of RefCampaign's, ready to be sent. */
export interface SignedWebhook {
  /** The body. */
  payload: string;
  /** The value of `X-RefCampaign-Signature`. */
  header: string;
  /** All headers, by name in lower case. */
  headers: Record<string, string>;
  /**
   * A new POST request of it; default to `https://shop.example/webhooks/refcampaign`.
   *
   * @example
   * const webhook = await fake.webhook("conversion.created");
   * const response = await handler(webhook.request("https://shop.example/hook"));
   */
  request(url?: string): WebRequest;
}

/**
 * Signs a webhook as RefCampaign does: HMAC-SHA256 over the time and the body.
 *
 * @param event An object, sent as JSON; or the body itself, as text.
 * @param secret The endpoint's secret.
 * @example
 * const { payload, header } = await signRefCampaignWebhook({ event: "webhook.test", data: {} }, "whsec_test");
 * await verifyRefCampaignWebhook({ payload, header }, "whsec_test"); // { valid: true, … }
 * @throws {TypeError} where there is no secret.
 */
export function signRefCampaignWebhook(
  event: object | string,
  secret: string,
  options?: { nowMs?: number },
): Promise<SignedWebhook>;
