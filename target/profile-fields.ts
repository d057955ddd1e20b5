/** The plain fields of a UserProfile: what every operation tells of a user. Source: the official clients' models. */
export const CORE = ['id', 'email', 'name', 'username', 'vanityname', 'picture', 'created', 'updated', 'aesthetics'];

/** Those that may rightly be told by one operation and not by another. Nothing is known of a field beyond the model. */
export const DETAILS = ['schema', 'providers', 'auth0', 'descope', 'apiKeys', 'entities', 'subscriptions'];
