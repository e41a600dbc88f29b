// What the shop's Worker is given: its keys, its memory, its queues, and in the demo the fake services.

import type { OutboxRecord } from "refport-edge/outbox";
import type { Books } from "./books.ts";
import type { RefCampaignEnv } from "./refcampaign.ts";
import type { RefportEnv } from "./refport.ts";

export type Env = RefportEnv & RefCampaignEnv & {
  BOOKS: DurableObjectNamespace<Books>;
  OUTBOX: Queue<OutboxRecord>;
  OUTBOX_DEAD: Queue;
};
