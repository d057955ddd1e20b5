/**
 * When this run began, and when the last pass begins, in milliseconds of the epoch: told by the journey, asked with each request. k6's
 * own clock costs far more.
 */
export const clock = { startedAt: 0, endsAt: 0 };
