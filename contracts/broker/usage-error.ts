/** The command line or the environment cannot be acted upon as it stands. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
