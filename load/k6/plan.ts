/** The four operations that are measured, by the ids of `contracts/openapi.yaml`. */
export const ENDPOINTS = [
  'users_snapshot',
  'users_specific_user_snapshot',
  'authenticate_from_oauth_token',
  'users_disconnect_user',
] as const;
export type Endpoint = (typeof ENDPOINTS)[number];

/** The journeys, and how many requests to each endpoint one pass of them makes on average. */
export const JOURNEYS = {
  snapshot: { users_snapshot: 1 },
  authenticate: { authenticate_from_oauth_token: 1 },
  lookup: { users_specific_user_snapshot: 1 },
  disconnect: { authenticate_from_oauth_token: 1, users_disconnect_user: 1 },
  mixed: {
    users_snapshot: 0.6,
    users_specific_user_snapshot: 0.2,
    authenticate_from_oauth_token: 0.2,
    users_disconnect_user: 0.2,
  },
} as const satisfies Record<string, { readonly [endpoint in Endpoint]?: number }>;
export type JourneyName = keyof typeof JOURNEYS;

/** What one k6 run is told: a JSON file named by `PLAN`. By hand, `BASE_URL` alone is enough for the snapshot. */
export interface Plan {
  /** Of this run alone; it comes back in the summary, so that an old summary is never taken for a new one. */
  readonly id: string;
  /** No trailing slash. */
  readonly baseUrl: string;
  /** Overrides the workload's: iterations per second, and the length in seconds. */
  readonly rate?: number;
  readonly seconds?: number;
  /** Requests are counted in this many blocks of this length, by the time they started at; the last holds the rest. */
  readonly blocks: number;
  readonly blockMs: number;
  /** The limits in milliseconds, ascending: each block counts how many requests went over how many of them. */
  readonly limitsMs: { readonly [endpoint in Endpoint]?: readonly number[] };
  /** k6's own thresholds: they decide k6's exit code. Assay's verdict is decided on the counts. */
  readonly thresholds: Readonly<Record<string, readonly string[]>>;
  /** JSON `People`, mode 0600: tokens are in no argument and no variable. */
  readonly peopleFile?: string;
  /** One snapshot in this many is read and searched; of the others the status counts. */
  readonly readEach: number;
  /** Where the summary goes; absent: to stdout. */
  readonly summaryFile?: string;
}

/** Somebody who can sign in. */
export interface Visitor {
  /** Absent where the token source chooses the person. */
  readonly email?: string;
  /** The request's body: an OAuthToken as JSON. */
  readonly token: string;
}

/** Somebody who stays signed in during the whole run. */
export interface Resident {
  readonly id: string;
  readonly email: string;
}

export interface People {
  readonly visitors: readonly Visitor[];
  readonly residents: readonly Resident[];
}

/**
 * The counter of an endpoint's answers, tagged with the block and with how many limits they went over: a counter of its own for each
 * of those would cost k6 30 µs in each VU.
 */
export const counterName = (endpoint: Endpoint): string => `${endpoint}_answers`;

/** What k6 calls the answers of a block that went over so many limits. A wrong answer, or none, went over all. */
export const cellName = (endpoint: Endpoint, block: number, over: number): string =>
  `${counterName(endpoint)}{block:${block},over:${over}}`;

/** The counter of an endpoint's requests, answered or not, that were sent while passes still began. A tag would cost k6 more than it tells. */
export const sentName = (endpoint: Endpoint): string => `${endpoint}_sent`;

/**
 * How long k6 waits, after the last pass has begun, for answers that are under way, in seconds. What it breaks off then, and was sent
 * before, has waited longer than that; k6 itself counts none of it.
 */
export const GRACE_SECONDS = 15;
